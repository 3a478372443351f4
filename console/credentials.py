"""Where a profile's client secret is kept: the system's keyring, or a file only its owner can read.

The environment variable MATILLION_CLIENT_SECRET is not handled here; it wins before this is asked.
"""

import json
import logging
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from pydantic import SecretStr

from console.errors import SettingError
from console.files import replace_file

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

Answer = TypeVar("Answer")

SERVICE = "maia-console"
log = logging.getLogger(__name__)


class Keeper(StrEnum):
    """Who keeps a secret."""

    KEYRING = "keyring"
    FILE = "file"


def secrets_path() -> Path:
    """The file that stands in for a keyring."""
    import platformdirs

    return Path(platformdirs.user_data_dir(SERVICE, appauthor=False)) / "secrets.json"


def read_secret(profile_name: str, path: Path | None = None) -> SecretStr | None:
    """The secret of a profile, from the file if it is there, else from the keyring; or None."""
    kept = _read(path or secrets_path()).get(profile_name)
    if kept is None:
        kept = _from_keyring(profile_name)
    return SecretStr(kept) if kept else None


def store_secret(profile_name: str, secret: SecretStr, path: Path | None = None) -> Keeper:
    """Keeps the secret in the keyring where there is one, else in the file with mode 0600. Tells
    which, so that the caller can warn of the file."""
    path = path or secrets_path()
    if _to_keyring(profile_name, secret):
        _forget_in_file(profile_name, path)
        return Keeper.KEYRING
    _write(path, {**_read(path), profile_name: secret.get_secret_value()})
    return Keeper.FILE


def forget_secret(profile_name: str, path: Path | None = None) -> bool:
    """Removes the secret wherever it is kept; says whether there was one."""

    def forget(ring: "KeyringBackend") -> bool:
        if ring.get_password(SERVICE, profile_name) is None:
            return False
        ring.delete_password(SERVICE, profile_name)
        return True

    was_in_file = _forget_in_file(profile_name, path or secrets_path())
    return bool(_asked(forget)) or was_in_file


def _forget_in_file(profile_name: str, path: Path) -> bool:
    kept = _read(path)
    was_there = kept.pop(profile_name, None) is not None
    if was_there:
        _write(path, kept)
    return was_there


def _from_keyring(profile_name: str) -> str | None:
    return _asked(lambda ring: ring.get_password(SERVICE, profile_name))


def _to_keyring(profile_name: str, secret: SecretStr) -> bool:
    def store(ring: "KeyringBackend") -> bool:
        ring.set_password(SERVICE, profile_name, secret.get_secret_value())
        return True

    return bool(_asked(store))


def _asked(question: "Callable[[KeyringBackend], Answer]") -> "Answer | None":
    """What the system's keyring answers; None without one, and from one that fails.

    A keyring is a plug-in on top of a desktop's own service: there is no telling what it raises
    when it is locked, refused by its user, not running or set up wrongly.
    """
    try:
        import keyring
        from keyring.backends import fail, null

        ring = keyring.get_keyring()
        return None if isinstance(ring, fail.Keyring | null.Keyring) else question(ring)
    except Exception as error:
        log.info("the keyring cannot be used: %s", type(error).__name__)
        return None


def _read(path: Path) -> dict[str, str]:
    try:
        kept = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, RecursionError):
        raise SettingError(
            f"{path} cannot be read. Remove it and run maia-console login."
        ) from None
    if not isinstance(kept, dict):
        raise SettingError(f"{path} is not ours. Remove it and run maia-console login.")
    return {str(name): str(secret) for name, secret in kept.items()}


def _write(path: Path, secrets: dict[str, str]) -> None:
    try:
        replace_file(path, json.dumps(secrets))
    except OSError as error:
        raise SettingError(f"{path} cannot be written: {error.strerror}.") from None
