"""Words for versions: currency, support and its forecast, what a restart would do, and why a runner
is not updated. The sentences of a restart are its action's own (`console.actions.restart`), which
is not imported here, as a wall has these words too."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from console.ages import day, duration, short_day
from console.fleet.snapshot import Runner
from console.rules.assessment import Assessment
from console.rules.currency import Currency, Oddity
from console.rules.releases import Sureness
from console.rules.restart import RestartEffect
from console.rules.support import Basis, Support
from console.rules.updating import Cause
from console.view.table import Cell
from console.view.text import shown
from console.view.tone import Tone

NOT_KNOWN = Cell("Not known", Tone.MUTED, "?", "?")
NOTHING = Cell("–", Tone.MUTED)
LATEST = Cell("Latest", Tone.MUTED, "✓", "+")

ARMED = (
    "Auto-update is off, yet any restart, a crash or a scale-out included, is expected to update"
    " it."
)

SUPPORT = {
    Support.SUPPORTED: Cell("Supported", Tone.GOOD, "✓", "+"),
    Support.ENDING: Cell("Ending", Tone.WARNING, "!", "!", badge=True),
    Support.UNSUPPORTED: Cell("Out of support", Tone.CRITICAL, "✕", "x", badge=True),
    Support.UNKNOWN: Cell("Not known", Tone.MUTED, "?", "?"),
}

_BASES: Mapping[Basis, str] = {
    Basis.NEXT_RELEASE: "Expected to leave support on {leaves}, with the next release of its"
    " track, unless it is updated.",
    Basis.SECOND_RELEASE: "Supported until about {leaves}, the release after the next of its track,"
    " unless it is updated.",
    Basis.FOLLOWS: "It updates itself, so it is not expected to leave support. Its version alone"
    " would on {ends}.",
    Basis.OUT_ALREADY: "The API says that it is out of support.",
    Basis.PAST_WINDOW: "The API says that it is supported, although its track has had two newer"
    " releases. It may end at any time.",
    Basis.AHEAD: "It is ahead of its track, so no date can be expected.",
    Basis.NOT_COMPARABLE: "Its version cannot be compared with its track's, so no date can be"
    " expected.",
    Basis.NO_CADENCE: "No release dates are known for its track, so no date can be expected.",
    Basis.NOT_TOLD: "The API does not say whether it is supported.",
    Basis.HOSTED: "The vendor keeps it on a supported version.",
    Basis.SNOWFLAKE: "The vendor publishes no support window for the Snowflake app, so no date can"
    " be expected.",
}

_SURENESS = {
    Sureness.SCHEDULED: " The date is that of an announced release.",
    Sureness.CADENCE: " The date is the usual one, not a promise.",
    Sureness.UNKNOWN: "",
}


@dataclass(frozen=True, slots=True)
class CauseWords:
    """Why a runner is not updated, and what to do about it."""

    sentence: str
    remedy: str


CAUSES: Mapping[Cause, CauseWords] = {
    Cause.HOSTED: CauseWords("The vendor updates it.", "Nothing to do."),
    Cause.SNOWFLAKE: CauseWords(
        "Snowflake's app is upgraded on its own schedule, the second Tuesday of the month.",
        "Wait, or upgrade the app in Snowflake.",
    ),
    Cause.TRACK_CHANGED: CauseWords(
        "Its track was changed on {since}, but its image was not.",
        "Change the image tag in its cloud to its new track, then restart it.",
    ),
    Cause.PINNED: CauseWords(
        "It came back from a restart on {since} on the same version, so its image is probably"
        " pinned.",
        "Look for a digest or a custom tag, a mirror that was not refreshed, the pull policy"
        " IfNotPresent, or ECS version consistency.",
    ),
    Cause.AUTO_OFF: CauseWords(
        "Auto-update is off.", "Restart it at a quiet moment, or switch auto-update on."
    ),
    Cause.OFFLINE: CauseWords(
        "It is not connected, so it cannot be updated.", "Bring it back in its cloud first."
    ),
    Cause.DRAINING: CauseWords(
        "It is finishing the tasks it has.", "Wait: long tasks can hold it for 12 h."
    ),
    Cause.PAUSED: CauseWords(
        "It is paused.", "Restart it while it is paused, or resume it when the work is done."
    ),
    Cause.STALE_IMAGE: CauseWords(
        "Auto-update is on, yet it has missed releases since {since}.",
        "Look for a pinned image, a mirror that was not refreshed, or a pull policy that keeps the"
        " old image.",
    ),
    Cause.SETTLING: CauseWords(
        "Auto-update is on, and the newer release came out on {since}.",
        "Nothing yet: instances are replaced one after the other.",
    ),
    Cause.UNKNOWN: CauseWords(
        "The API tells too little to say why.", "Look at its image and its settings in its cloud."
    ),
}


def support_cell(assessed: Assessment) -> Cell:
    """The badge; its hint is the forecast, or the API's own text where it is not supported."""
    cell = SUPPORT[assessed.support]
    forecast = assessed.judged.support
    if assessed.support is Support.UNSUPPORTED:
        hint = f"The API says: {shown(assessed.runner.api_support or '')}"
        return replace(cell, hint=hint)
    if assessed.support is Support.ENDING and forecast.leaves is not None:
        text = f"Ends {short_day(forecast.leaves)}"
        return replace(cell, text=text, hint=forecast_sentence(assessed))
    return cell


def forecast_sentence(assessed: Assessment) -> str:
    """When it is expected to leave support and why, or why no date can be told; one or two
    sentences."""
    forecast = assessed.judged.support
    dated = forecast.version_ends is not None
    return _BASES[forecast.basis].format(
        leaves=day(forecast.leaves) if forecast.leaves else "",
        ends=day(forecast.version_ends) if forecast.version_ends else "",
    ) + (_SURENESS[forecast.sureness] if dated else "")


def leaves_cell(assessed: Assessment) -> Cell:
    """How long it is expected to stay in support: "6 days", "today", or nothing without a date."""
    if assessed.support is Support.UNSUPPORTED:
        return Cell("Has left", Tone.CRITICAL)
    span = assessed.judged.leaves_in
    if span is None:
        return NOTHING
    tone = Tone.WARNING if assessed.support is Support.ENDING else Tone.NEUTRAL
    text = duration(span) if span.days else "Today"
    return Cell(text, tone)


def behind_cell(assessed: Assessment) -> Cell:
    """The currency in words, with the number of releases where it is known."""
    stands = assessed.judged.standing
    if stands.currency is Currency.BEHIND:
        text = f"{stands.behind}" if stands.behind else "Behind"
        return Cell(text, Tone.INFO, "↓", "v")
    if stands.currency is Currency.LATEST:
        return NOTHING
    return _CURRENCIES[stands.currency]


def currency_sentence(assessed: Assessment) -> str:
    """The currency in full: "3 releases behind", "The latest of its track"."""
    stands, runner = assessed.judged.standing, assessed.runner
    text = {
        Currency.LATEST: "The latest of its track",
        Currency.BEHIND: _behind(stands.behind),
        Currency.AHEAD: "Ahead of its track",
        Currency.UNKNOWN: "Not known" if not runner.version else "Cannot be compared",
    }[stands.currency]
    if stands.oddity is Oddity.OTHER_TRACK:
        text = f"{text}; a version of {shown(stands.other_track.title(), 24)}"
    if stands.oddity is Oddity.UNPARSABLE:
        text = f"{text}; its version holds no number"
    return text


def restart_cell(assessed: Assessment) -> Cell:
    """What a restart would do, short: the version it moves to, "No change" or "Not known". An
    armed runner is marked: it is updated although its auto-update is off."""
    forecast = assessed.judged.restart
    if forecast.effect is RestartEffect.MOVES:
        text = shown(forecast.after, 24)
        if assessed.judged.is_armed:
            return Cell(text, Tone.INFO, "↻", "~", hint=ARMED)
        return Cell(text, Tone.INFO, "→", ">")
    if forecast.effect is RestartEffect.NOTHING:
        return Cell("No change", Tone.MUTED)
    if forecast.reason == "pinned":
        return Cell("Pinned?", Tone.MUTED, "?", "?")
    return NOTHING if forecast.reason in ("hosted", "vendor_managed") else NOT_KNOWN


def cause_words(assessed: Assessment) -> CauseWords | None:
    """Why it is not updated, with its date filled in; None when there is nothing to update to."""
    why = assessed.judged.why
    if why is None:
        return None
    words = CAUSES[why.cause]
    since = day(why.since) if why.since else ""
    return CauseWords(words.sentence.format(since=since), words.remedy)


def latest_cell(assessed: Assessment) -> Cell:
    latest = assessed.runner.latest_version
    if assessed.currency is Currency.LATEST:
        return LATEST
    if not latest:
        return Cell("Update available", Tone.INFO, "↑", "^") if assessed.has_update else NOTHING
    if assessed.has_update:
        return Cell(shown(latest, 24), Tone.INFO, "↑", "^")
    if assessed.currency is Currency.AHEAD:
        return Cell(f"{shown(latest, 24)}, ahead", Tone.MUTED, "↓", "v")
    return Cell(shown(latest, 24), Tone.MUTED)


def version_cell(runner: Runner) -> Cell:
    return Cell(shown(runner.version, 24)) if runner.version else NOTHING


def _behind(number: int | None) -> str:
    if not number:
        return "Behind its track, by an unknown number of releases"
    return "1 release behind" if number == 1 else f"{number} releases behind"


_CURRENCIES = {
    Currency.AHEAD: Cell("Ahead", Tone.MUTED, "↑", "^"),
    Currency.UNKNOWN: NOTHING,
}
