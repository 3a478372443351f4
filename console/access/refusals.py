"""What is said when the shared console says no: errors whose text is the full sentence, and the way
from them to that sentence for pages, which catch no errors."""

from collections.abc import Awaitable

from console.errors import AccessError


class SignInRefused(AccessError):
    """Not the API's refusal, which is `console.errors.SignInRefused`. `wait` is after how many
    seconds another attempt is looked at, 0 where that is at once. `about` is the one thing told
    that is at fault, such as "name", "" where that is not one."""

    def __init__(self, sentence: str, *, wait: float = 0.0, about: str = "") -> None:
        super().__init__(sentence)
        self.wait = wait
        self.about = about


class AccessRefused(AccessError):
    """What was asked of users, sessions or tokens cannot be done, and has not been."""


class AccessUnavailable(AccessError):
    """The database of users cannot be used at present. `is_ours` says that trying again cannot
    help: what was to be written is at fault."""

    def __init__(self, sentence: str, *, is_ours: bool = False) -> None:
        super().__init__(sentence)
        self.is_ours = is_ours


async def refusal(doing: Awaitable[object]) -> str:
    """Does it. Returns why it was refused, in one sentence, or ""."""
    try:
        await doing
    except AccessError as error:
        return str(error)
    return ""
