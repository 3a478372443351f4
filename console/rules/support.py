"""Support: whether the vendor stands behind the installed version, and when that is to end.

For now the API's word decides: only the value SUPPORTED is documented, anything else that is not
empty is taken as unsupported. The forecast rests on the published window, the newest release of the
track and the one before it (deployment library, "Runner Release Tracks"), and never contradicts it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from console.fleet.kinds import is_hosted, is_native_app
from console.fleet.snapshot import Runner
from console.rules.currency import Currency, Standing
from console.rules.releases import Expected, Sureness


class Support(StrEnum):
    SUPPORTED = "supported"
    ENDING = "ending"
    UNSUPPORTED = "unsupported"
    UNKNOWN = "unknown"


class Basis(StrEnum):
    """Why a date is expected, or why there is none."""

    NEXT_RELEASE = "next_release"
    SECOND_RELEASE = "second_release"
    FOLLOWS = "follows"
    OUT_ALREADY = "out_already"
    PAST_WINDOW = "past_window"
    AHEAD = "ahead"
    NOT_COMPARABLE = "not_comparable"
    NO_CADENCE = "no_cadence"
    NOT_TOLD = "not_told"
    HOSTED = "hosted"
    SNOWFLAKE = "snowflake"


@dataclass(frozen=True, slots=True)
class SupportForecast:
    """`leaves` is when this runner is expected to leave support if nobody does anything, None when
    it is not expected to or no date is known; `release` is the one that pushes it out. A runner
    that follows its track by itself is not expected to leave: `version_ends` is when the version
    that it has now would."""

    support: Support
    basis: Basis
    leaves: datetime | None = None
    version_ends: datetime | None = None
    sureness: Sureness = Sureness.UNKNOWN


def support(runner: Runner) -> Support:
    """The API's own word: SUPPORTED, UNSUPPORTED or UNKNOWN."""
    if not runner.api_support:
        return Support.UNKNOWN
    return Support.SUPPORTED if runner.api_support == "supported" else Support.UNSUPPORTED


def support_forecast(
    runner: Runner, standing: Standing, follows: bool, coming: Sequence[Expected]
) -> SupportForecast:
    """The forecast. `follows` says that it is expected to update itself, `coming` are the next
    releases of its line."""
    word = support(runner)
    basis = _undated(runner, word, standing)
    if basis is not None:
        return SupportForecast(word, basis)
    is_last = standing.currency is Currency.BEHIND
    needed = 1 if is_last else 2
    if len(coming) < needed:
        return SupportForecast(word, Basis.NO_CADENCE)
    ends, sureness = coming[needed - 1].at, _weakest(coming[:needed])
    if follows:
        return SupportForecast(word, Basis.FOLLOWS, None, ends, sureness)
    if is_last:
        return SupportForecast(Support.ENDING, Basis.NEXT_RELEASE, ends, ends, sureness)
    return SupportForecast(word, Basis.SECOND_RELEASE, ends, ends, sureness)


def _undated(runner: Runner, word: Support, standing: Standing) -> Basis | None:
    """Why no date can be worked out, or None when one can."""
    if word is Support.UNSUPPORTED:
        return Basis.OUT_ALREADY
    if is_hosted(runner):
        return Basis.HOSTED
    if word is Support.UNKNOWN:
        return Basis.NOT_TOLD
    if is_native_app(runner):
        return Basis.SNOWFLAKE
    if standing.currency is Currency.AHEAD:
        return Basis.AHEAD
    if standing.currency is Currency.UNKNOWN:
        return Basis.NOT_COMPARABLE
    if standing.newer_known > 1:
        return Basis.PAST_WINDOW
    return None


def _weakest(releases: Sequence[Expected]) -> Sureness:
    """A date that counts releases is as sure as the least sure of them."""
    sure = all(each.sureness is Sureness.SCHEDULED for each in releases)
    return Sureness.SCHEDULED if sure else Sureness.CADENCE
