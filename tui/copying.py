"""What one key copies of runners: each time something else, as long as they are the same."""

from console.view.commands import COPIED


class CopyCycle:
    """Begins anew with other runners."""

    def __init__(self) -> None:
        self._targets: tuple[str, ...] = ()
        self._times = 0

    def next(self, targets: tuple[str, ...]) -> str:
        """The name, then the id, then the version."""
        self._times = self._times + 1 if targets == self._targets else 0
        self._targets = targets
        return COPIED[self._times % len(COPIED)]
