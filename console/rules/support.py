"""Support: whether the vendor still stands behind the installed version. The API's word decides.

Only the value SUPPORTED is documented; anything else that is not empty is taken as unsupported
and shown with the API's own text. Dates of the end of support are not known to the API.
"""

from enum import StrEnum

from console.fleet.snapshot import Runner


class Support(StrEnum):
    SUPPORTED = "supported"
    ENDING = "ending"
    UNSUPPORTED = "unsupported"
    UNKNOWN = "unknown"


def support(runner: Runner) -> Support:
    if not runner.api_support:
        return Support.UNKNOWN
    return Support.SUPPORTED if runner.api_support == "supported" else Support.UNSUPPORTED
