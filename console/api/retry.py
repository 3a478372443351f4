"""When a GET is tried again, and how long to wait before. The policy is tenacity's.

Vendor's advice: obey Retry-After, back off, at least five tries. Commands never come here.
"""

from collections.abc import Awaitable, Callable

import tenacity

from console.errors import ApiFailed, ApiThrottled, ApiUnreachable

TRIES = 5
LONGEST_WAIT = 60.0
"""The most to wait between two tries, in seconds, whatever the server asks for."""

_RETRIED_STATUSES = (502, 503, 504)
_RETRIED_KINDS = ("timeout", "dropped", "connect")

_backoff = tenacity.wait_exponential_jitter(multiplier=0.5, max=15.0, jitter=0.5)


def retrying(sleep: Callable[[float], Awaitable[None]]) -> tenacity.AsyncRetrying:
    """Five tries; the last error is raised as it is."""
    return tenacity.AsyncRetrying(
        stop=tenacity.stop_after_attempt(TRIES),
        wait=_wait,
        retry=tenacity.retry_if_exception(is_passing),
        sleep=sleep,
        reraise=True,
    )


def is_passing(error: BaseException) -> bool:
    """Whether the same request may well succeed a little later."""
    if isinstance(error, ApiFailed):
        return error.status in _RETRIED_STATUSES
    if isinstance(error, ApiUnreachable):
        return error.kind in _RETRIED_KINDS
    return isinstance(error, ApiThrottled)


def _wait(state: tenacity.RetryCallState) -> float:
    error = state.outcome.exception() if state.outcome else None
    asked = error.retry_after if isinstance(error, ApiThrottled) else None
    if asked is not None:
        return min(asked, LONGEST_WAIT)
    return min(_backoff(state), LONGEST_WAIT)
