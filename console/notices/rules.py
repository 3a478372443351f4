"""What can be told of, in the order in which it is told. Each is off until the profile names it."""

from enum import StrEnum


class Rule(StrEnum):
    """The values are those of the setting `notices`."""

    RUNNER_LOST = "runner_lost"
    RUNNER_RECOVERED = "runner_recovered"
    LEFT_SUPPORT = "left_support"
    LEAVES_SUPPORT = "leaves_support"
    UPDATE_AVAILABLE = "update_available"
    ACTION_FAILED = "action_failed"


LEAVES_WITHIN = (1, 7, 14, 30)
"""Days before a runner leaves support; each is told once."""
