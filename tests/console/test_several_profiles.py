"""Which profiles are open together, and where each of them has its account from."""

from collections.abc import Mapping
from pathlib import Path

import keyring
import pytest
from keyring.backends import fail
from pydantic import SecretStr

from console.accounts import profiles_for, require_all_credentials, users_database
from console.errors import CredentialsMissing, SettingError, UnknownName
from console.settings import Profile, chosen_names

FILE = """\
default_profile = "us"

[profiles.eu]
region = "eu1"
client_id = "one"
read_only = true

[profiles.us]
region = "us1"
client_id = "two"

[profiles."a, b"]
client_id = "three"
"""


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Three profiles, and a folder without any secret; no keyring."""
    monkeypatch.setattr(keyring, "get_keyring", fail.Keyring)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    path = tmp_path / "config.toml"
    path.write_text(FILE)
    return path


@pytest.mark.parametrize(
    ("text", "environ", "names"),
    [
        ("eu,us", {}, ("eu", "us")),
        ("us, eu", {}, ("us", "eu")),
        ("eu,us,eu,", {}, ("eu", "us")),
        ("all", {}, ("eu", "us", "a, b")),
        ("eu", {}, ("eu",)),
        ("eu,eu", {}, ("eu",)),
        ("a, b", {}, ("a, b",)),
        ("nobody", {}, ("nobody",)),
        (",", {}, (",",)),
        (None, {}, ("us",)),
        (None, {"MAIA_CONSOLE_PROFILE": "eu,us"}, ("eu", "us")),
        (None, {"MAIA_CONSOLE_PROFILE": "all"}, ("eu", "us", "a, b")),
        ("us", {"MAIA_CONSOLE_PROFILE": "eu,us"}, ("us",)),
    ],
)
def test_several_profiles_are_named_with_commas_or_all(
    path: Path, text: str | None, environ: Mapping[str, str], names: tuple[str, ...]
) -> None:
    assert chosen_names(text, environ, path) == names


def test_a_profile_that_is_called_all_is_itself(path: Path) -> None:
    path.write_text(f"{FILE}\n[profiles.all]\n")
    assert chosen_names("all", {}, path) == ("all",)


def test_without_a_file_all_is_a_name_like_any_other(tmp_path: Path) -> None:
    assert chosen_names("all", {}, tmp_path / "none.toml") == ("all",)


def test_each_profile_has_its_own_settings(path: Path) -> None:
    eu, us = profiles_for("eu,us", {}, {}, path)
    assert (eu.name, eu.region, eu.client_id, eu.read_only) == ("eu", "eu1", "one", True)
    assert (us.name, us.region, us.client_id, us.read_only) == ("us", "us1", "two", False)


def test_variables_that_say_which_account_is_meant_do_not_hold_for_several(path: Path) -> None:
    """Else both would be the same account, and one of them would be missing without a word."""
    environ = {
        "MATILLION_CLIENT_ID": "theirs",
        "MATILLION_CLIENT_SECRET": "secret",
        "MATILLION_REGION": "us1",
        "MAIA_CONSOLE_API_URL": "https://elsewhere.example/dpc",
        "MAIA_CONSOLE_POLL_SECONDS": "60",
    }
    several = profiles_for("eu,us", {}, environ, path)
    assert [each.client_id for each in several] == ["one", "two"]
    assert [each.region for each in several] == ["eu1", "us1"]
    assert {each.api_url for each in several} == {""}
    assert {each.client_secret for each in several} == {None}
    assert {each.poll_seconds for each in several} == {60}
    (alone,) = profiles_for("eu", {}, environ, path)
    assert alone.client_id == "theirs"


@pytest.mark.parametrize(
    ("names", "environ", "first"),
    [
        ("eu", {}, "eu"),
        ("us,eu", {}, "us"),
        ("all", {}, "eu"),
        (None, {}, "us"),
        (None, {"MAIA_CONSOLE_PROFILE": "eu,us"}, "eu"),
        (None, {"MAIA_CONSOLE_PROFILE": "all"}, "eu"),
    ],
)
def test_users_are_kept_where_the_first_of_the_profiles_has_its_history(
    names: str | None, environ: Mapping[str, str], first: str, path: Path
) -> None:
    for each in ("eu", "us"):
        in_it = f"[profiles.{each}]\n"
        kept = f'database_url = "sqlite:///{path.parent}/{each}.db"\n'
        path.write_text(path.read_text().replace(in_it, in_it + kept))
    database = users_database(names, {}, environ, path)
    assert database.path == path.parent / f"{first}.db"
    assert database.path == _history_of(profiles_for(names, {}, environ, path)[0])


def _history_of(profile: Profile) -> Path:
    assert profile.database_url is not None
    return Path(profile.database_url.get_secret_value().removeprefix("sqlite:///"))


def test_flags_hold_for_all_of_them(path: Path) -> None:
    several = profiles_for("eu,us", {"time_zone": "Europe/Paris"}, {}, path)
    assert {each.time_zone for each in several} == {"Europe/Paris"}


def test_an_unknown_one_among_several_is_named_with_the_nearest(path: Path) -> None:
    with pytest.raises(UnknownName, match=r"“uss” is not a profile\. Did you mean us\?"):
        profiles_for("eu,uss", {}, {}, path)


def profile(name: str, secret: str | None) -> Profile:
    return Profile(name=name, client_id="x", client_secret=SecretStr(secret) if secret else None)


def test_the_one_without_credentials_is_named_where_several_are_to_be_open() -> None:
    with pytest.raises(SettingError) as raised:
        require_all_credentials([profile("eu", "s"), profile("us", None)])
    assert str(raised.value) == (
        "The profile us has no credentials here."
        " Run maia-console login --profile us, or leave it out."
    )
    require_all_credentials([profile("eu", "s"), profile("us", "s")])
    with pytest.raises(CredentialsMissing):
        require_all_credentials([profile("eu", None)])
