"""No test reads or writes what the user of this machine has."""

from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True, scope="session")
def _no_history_of_the_user_s(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """For what is started once for many tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(tmp_path_factory.mktemp("data")))
        patch.delenv("MAIA_CONSOLE_DATABASE_URL", raising=False)
        yield


@pytest.fixture(autouse=True)
def _a_history_of_its_own(
    _no_history_of_the_user_s: None, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """A folder for data that no other test uses; it is made when something is put there."""
    with pytest.MonkeyPatch.context() as patch:
        name = f"data-{next(_NUMBERS)}"
        patch.setenv("XDG_DATA_HOME", str(tmp_path_factory.getbasetemp() / name))
        yield


_NUMBERS = iter(range(1_000_000_000))
