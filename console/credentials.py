"""Where a profile's client secret is kept: the system's keyring, or a file only its owner can read.

The environment variable MATILLION_CLIENT_SECRET is not handled here; it wins before this is asked.
"""

import json
import os
from enum import StrEnum
from pathlib import Path

from pydantic import SecretStr

from console.errors import SettingError

SERVICE = "maia-console"


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
    if kept is not None:
        return SecretStr(kept)
    from_keyring = _from_keyring(profile_name)
    return SecretStr(from_keyring) if from_keyring else None


def store_secret(profile_name: str, secret: SecretStr, path: Path | None = None) -> Keeper:
    """Keeps the secret in the keyring where there is one, else in the file with mode 0600. Tells
    which, so that the caller can warn of the file."""
    path = path or secrets_path()
    if _to_keyring(profile_name, secret):
        forget_in_file(profile_name, path)
        return Keeper.KEYRING
    _write(path, {**_read(path), profile_name: secret.get_secret_value()})
    return Keeper.FILE


def forget_in_file(profile_name: str, path: Path) -> None:
    kept = _read(path)
    if kept.pop(profile_name, None) is not None:
        _write(path, kept)


def _from_keyring(profile_name: str) -> str | None:
    import keyring
    from keyring.errors import KeyringError

    try:
        return keyring.get_password(SERVICE, profile_name)
    except KeyringError:
        return None


def _to_keyring(profile_name: str, secret: SecretStr) -> bool:
    import keyring
    from keyring.backends import fail, null
    from keyring.errors import KeyringError

    if isinstance(keyring.get_keyring(), fail.Keyring | null.Keyring):
        return False
    try:
        keyring.set_password(SERVICE, profile_name, secret.get_secret_value())
    except KeyringError:
        return False
    return True


def _read(path: Path) -> dict[str, str]:
    if not path.exists():
        return {}
    try:
        kept = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        raise SettingError(
            f"{path} cannot be read. Remove it and run maia-console login."
        ) from None
    if not isinstance(kept, dict):
        raise SettingError(f"{path} is not ours. Remove it and run maia-console login.")
    return {str(name): str(secret) for name, secret in kept.items()}


def _write(path: Path, secrets: dict[str, str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    temporary = path.with_suffix(".new")
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(secrets, file)
    temporary.replace(path)
