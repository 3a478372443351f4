"""Where a secret is kept."""

import stat
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail
from pydantic import SecretStr

from console.credentials import Keeper, read_secret, store_secret
from console.errors import SettingError


class Memory(KeyringBackend):
    """A keyring that forgets when the test ends."""

    priority = 1  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password


@pytest.fixture
def no_keyring() -> Iterator[None]:
    before = keyring.get_keyring()
    keyring.set_keyring(fail.Keyring())
    yield
    keyring.set_keyring(before)


@pytest.fixture
def memory() -> Iterator[Memory]:
    before = keyring.get_keyring()
    keyring.set_keyring(Memory())
    kept = keyring.get_keyring()
    assert isinstance(kept, Memory)
    yield kept
    keyring.set_keyring(before)


def test_a_keyring_keeps_the_secret_and_no_file_does(memory: Memory, tmp_path: Path) -> None:
    path = tmp_path / "secrets.json"
    assert store_secret("eu", SecretStr("hidden"), path) is Keeper.KEYRING
    assert not path.exists()
    kept = read_secret("eu", path)
    assert kept is not None
    assert kept.get_secret_value() == "hidden"


@pytest.mark.usefixtures("no_keyring")
def test_without_a_keyring_a_file_keeps_it_that_only_its_owner_can_read(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "secrets.json"
    assert store_secret("eu", SecretStr("hidden"), path) is Keeper.FILE
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    kept = read_secret("eu", path)
    assert kept is not None
    assert kept.get_secret_value() == "hidden"
    assert read_secret("us", path) is None


def test_a_secret_moves_from_the_file_to_a_keyring(memory: Memory, tmp_path: Path) -> None:
    path = tmp_path / "secrets.json"
    path.write_text('{"eu": "old", "us": "other"}')
    store_secret("eu", SecretStr("new"), path)
    assert path.read_text() == '{"us": "other"}'
    kept = read_secret("eu", path)
    assert kept is not None
    assert kept.get_secret_value() == "new"


@pytest.mark.usefixtures("no_keyring")
@pytest.mark.parametrize("text", ["{broken", "[]"])
def test_a_broken_file_is_said_to_be_so(text: str, tmp_path: Path) -> None:
    path = tmp_path / "secrets.json"
    path.write_text(text)
    with pytest.raises(SettingError, match="maia-console login"):
        read_secret("eu", path)
