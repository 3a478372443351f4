"""Every word, badge and sentence about states, findings and problems. Actions word themselves, and
versions have `version_words`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from console.ages import duration, moment, short_day
from console.errors import ConsoleError, CredentialsMissing, UsageError
from console.fleet.kinds import MAIA, STREAMING, is_hosted
from console.fleet.problems import problem_kind
from console.fleet.snapshot import Problem, ProblemKind, Runner, Status
from console.rules.findings import Finding, Severity
from console.view.table import Cell
from console.view.text import shown
from console.view.tone import Tone

DASH = "–"

STATUS = {
    Status.RUNNING: Cell("Running", Tone.GOOD, "●", "*"),
    Status.PAUSING: Cell("Pausing", Tone.WARNING, "◐", "~"),
    Status.PAUSED: Cell("Paused", Tone.WARNING, "‖", "="),
    Status.STOPPING: Cell("Stopping", Tone.WARNING, "▼", "v"),
    Status.STOPPED: Cell("Stopped", Tone.MUTED, "○", "o"),
    Status.PENDING: Cell("Pending", Tone.INFO, "◌", "."),
    Status.UNKNOWN: Cell("Unknown", Tone.CRITICAL, "?", "?"),
}

OFFLINE = {
    Status.RUNNING: Cell("Running, offline", Tone.CRITICAL, "✕", "x"),
    Status.PAUSING: Cell("Pausing, offline", Tone.CRITICAL, "✕", "x"),
    Status.PAUSED: Cell("Paused, offline", Tone.WARNING, "✕", "x"),
}

STATUS_EXPLAINED = {
    Status.RUNNING: "Connected and ready for work.",
    Status.PAUSING: "Finishing the tasks it has; new ones wait.",
    Status.PAUSED: "Holds new tasks in its queue; pipelines wait.",
    Status.STOPPING: "Shutting down after the tasks it has.",
    Status.STOPPED: "Stopped. It takes no work.",
    Status.PENDING: "Created, but it has never connected.",
    Status.UNKNOWN: "Lost without a clean stop, or its credentials were refreshed.",
}

TRACK = {
    "current": Cell("Current", Tone.INFO, badge=True),
    "stable": Cell("Stable", Tone.NEUTRAL, badge=True),
}

PROVIDERS = {
    "aws": "AWS",
    "azure": "Azure",
    "gcp": "Google Cloud",
    "snowflake": "Snowflake",
    "matillion": "Matillion",
}

DEPLOYMENTS = {
    "fargate": "Fargate",
    "eks": "EKS",
    "container app": "Container App",
    "aks": "AKS",
    "aci": "ACI",
    "native app": "Native App",
    "gke": "GKE",
    "gce": "GCE",
    "hosted": "hosted",
}

KINDS = {MAIA: "Maia runner", STREAMING: "Streaming runner"}

SEVERITY_TONE = {
    Severity.CRITICAL: Tone.CRITICAL,
    Severity.WARNING: Tone.WARNING,
    Severity.NOTICE: Tone.INFO,
}

SEVERITY_SYMBOL = {
    Severity.CRITICAL: ("✕", "x"),
    Severity.WARNING: ("!", "!"),
    Severity.NOTICE: ("•", "-"),
}


@dataclass(frozen=True, slots=True)
class FindingWords:
    """A finding in words: `label` for a cell, `sentence` for a reader, `remedy` for what to do."""

    label: str
    sentence: str
    remedy: str


FINDINGS: Mapping[str, FindingWords] = {
    "out_of_support": FindingWords(
        "Out of support",
        "Version {version} is out of support. It keeps running, without fixes.",
        "Update it: restart it if its image tag floats, else change the image first.",
    ),
    "state_unknown": FindingWords(
        "State unknown",
        "Maia does not know its state. No pipeline runs on it.",
        "Look at its container in the cloud. After a credentials refresh, store the new secret"
        " there and restart it.",
    ),
    "offline": FindingWords(
        "Offline",
        "It should be working, but it is not connected.",
        "Look at its container and its way out to the network; restart it in its cloud.",
    ),
    "offline_paused": FindingWords(
        "Offline while paused",
        "It is paused and not connected. Its queue waits for it.",
        "Start it in its cloud before it is resumed.",
    ),
    "stuck_stopping": FindingWords(
        "Stopping for {hours} h",
        "It has been stopping for at least {hours} h, seen from here.",
        "Long tasks can hold it for 12 h. If none is running, stop it in its cloud.",
    ),
    "stuck_pausing": FindingWords(
        "Pausing for {hours} h",
        "It has been pausing for at least {hours} h, seen from here.",
        "Long tasks can hold it for 12 h. Resume it, or wait.",
    ),
    "support_ending": FindingWords(
        "Leaves support {until_day}",
        "Version {version} is expected to leave support on {until_day}, with the next release of"
        " its track.",
        "Update it before then: restart it if its image tag floats, else change the image first.",
    ),
    "track_unmatched": FindingWords(
        "Not on its track yet",
        "It was moved from {left} to {track} on {since_day}, but it still reports {version}.",
        "Change the image tag in its cloud to its new track, then restart it.",
    ),
    "other_track": FindingWords(
        "Version of {other}",
        "It follows {track}, but it runs {version}, a version of {other}.",
        "Make its track and its image tag the same: change one of them.",
    ),
    "probably_pinned": FindingWords(
        "Probably pinned",
        "It came back from a restart on {since_day} on the same version, {version}, although there"
        " was a newer one.",
        "Look for a digest or a custom tag, a mirror that was not refreshed, or a pull policy that"
        " keeps the old image.",
    ),
    "auto_update_behind": FindingWords(
        "Not updating itself",
        "Auto-update is on, but it has missed releases for {days} days.",
        "Look for a pinned image, a stale mirror, or a pull policy that keeps the old image.",
    ),
    "stopped": FindingWords(
        "Stopped", "It is stopped and takes no work.", "Start it in its cloud, or delete it."
    ),
    "pending": FindingWords(
        "Never connected",
        "It was created, but it has never connected.",
        "Finish its installation: account, runner id, credentials, and a way out to the network.",
    ),
    "paused": FindingWords(
        "Paused",
        "It is paused; new tasks wait in its queue.",
        "Resume it when the work on it is done.",
    ),
    "status_unrecognised": FindingWords(
        "Unfamiliar status",
        "The API gives a status that this console does not know: “{status}”.",
        "Look at the vendor's page. No action is offered until the status is known.",
    ),
    "update_available": FindingWords(
        "Update available",
        "It runs {version}; the latest of its track is {latest}.",
        "Update it at a quiet moment.",
    ),
}


def finding_words(finding: Finding, now: datetime) -> FindingWords:
    """The words for a finding, filled with its facts; the facts are made safe to show."""
    words = _STATUS_MISSING if finding.facts == (("status", ""),) else FINDINGS[finding.code]
    facts = {key: shown(value) or "an unknown version" for key, value in finding.facts}
    facts["until_day"] = short_day(finding.until) if finding.until else ""
    facts["since_day"] = short_day(finding.since) if finding.since else ""
    label, sentence = words.label.format(**facts), words.sentence.format(**facts)
    if finding.until is not None and finding.code == "paused":
        label = f"{label} until {moment(finding.until, now)}"
        sentence = f"{sentence} It resumes by itself at {moment(finding.until, now)}."
    return FindingWords(label, sentence, words.remedy)


_STATUS_MISSING = FindingWords(
    "No status",
    "The API does not tell its status.",
    "Look at the vendor's page. No action is offered until the status is known.",
)


def status_cell(runner: Runner) -> Cell:
    """The status in words; a status nobody documented is shown as the API gives it."""
    if runner.connected is False and runner.status in OFFLINE:
        return OFFLINE[Status(runner.status)]
    if runner.status in STATUS:
        return STATUS[Status(runner.status)]
    text = shown(runner.status, 24).capitalize() if runner.status else "Not told"
    return Cell(text, Tone.MUTED, "?", "?")


def track_cell(runner: Runner) -> Cell:
    if not runner.track:
        return Cell(DASH, Tone.MUTED)
    return TRACK.get(runner.track) or Cell(shown(runner.track, 24), Tone.MUTED, badge=True)


def platform(runner: Runner) -> str:
    """Where it runs: "AWS Fargate", "Matillion hosted", or what the API says."""
    if is_hosted(runner):
        return "Matillion hosted"
    return _platform(runner.provider or "", runner.deployment or "")


@lru_cache(maxsize=256)
def _platform(provider: str, deployment: str) -> str:
    names = (PROVIDERS.get(provider, provider), DEPLOYMENTS.get(deployment, deployment))
    return " ".join(shown(name, 24) for name in names if name) or DASH


def kind(runner: Runner) -> str:
    if is_hosted(runner):
        return "Hosted runner"
    return KINDS.get(runner.kind or "") or shown(runner.kind or "not told", 40)


NO_CREDENTIALS = "No account is connected yet. Run maia-console login, or look around with --demo."

NOTHING = Cell(DASH, Tone.MUTED)

_PROBLEMS = {
    ProblemKind.NOT_SIGNED_IN: "Maia did not accept the credentials. Run maia-console login.",
    ProblemKind.NOT_ALLOWED: "The credentials may not manage runners: Maia wants the account role"
    " Super Admin or Admin.",
    ProblemKind.ADDRESS_NOT_ALLOWED: "Maia does not allow this machine's address. If IPv4 is on the"
    " account's list and this machine uses IPv6, set ipv4_only.",
    ProblemKind.UNREACHABLE: "The Maia API cannot be reached ({detail}).",
    ProblemKind.THROTTLED: "The Maia API asks to slow down.",
    ProblemKind.FAILED: "The Maia API has a fault of its own ({detail}).",
    ProblemKind.NONSENSE: "What answers is not the Maia API, or it is broken ({detail}).",
    ProblemKind.REFUSED: "The Maia API refused the request ({detail}).",
}


ANSWERS_AGAIN = "The API answers again."


def answers_again(account: str) -> str:
    """The end of a problem; of several accounts it begins with whose it was."""
    return f"{shown(account, 24)}: {ANSWERS_AGAIN}" if account else ANSWERS_AGAIN


def problem_sentence(kind: ProblemKind, detail: str) -> str:
    """One sentence on why the API could not be read, and what to do where that is known."""
    return _PROBLEMS[kind].format(detail=shown(detail, 160))


def error_sentence(error: ConsoleError) -> str:
    """The sentence for an error of ours. A usage error words itself, where it names its value."""
    if isinstance(error, CredentialsMissing):
        return NO_CREDENTIALS
    if isinstance(error, UsageError):
        return shown(str(error), 600)
    return problem_sentence(problem_kind(error), str(error))


def problem_words(problem: Problem) -> str:
    """The sentence without its times; of several accounts it begins with whose it is."""
    sentence = problem_sentence(problem.kind, problem.detail)
    return f"{shown(problem.account, 24)}: {sentence}" if problem.account else sentence


def problem_banner(problem: Problem, now: datetime) -> str:
    """The same with since when, and when it is tried again."""
    since = duration(now - problem.since)
    wait = duration(problem.next_try - now)
    return f"{problem_words(problem)} For {since}; next try in {wait}."
