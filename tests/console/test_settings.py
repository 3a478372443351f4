"""Settings: which source wins, and what a wrong one is told."""

import stat
from pathlib import Path

import pytest

from console.errors import SettingError, UnknownName
from console.settings import (
    VARIABLES,
    Profile,
    default_name,
    load_profile,
    profile_from,
    profile_names,
    save_profile,
)

TWO = """
# the company's accounts
default_profile = "eu"

[profiles.eu]
region = "eu1"
poll_seconds = 20

[profiles.us]
region = "us1"
read_only = true
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "config.toml"
    file.write_text(TWO, "utf-8")
    return file


def test_a_flag_wins_over_the_environment_the_file_and_the_default(path: Path) -> None:
    environ = {"MAIA_CONSOLE_POLL_SECONDS": "30"}
    assert load_profile("us", {}, {}, path).poll_seconds == 15
    assert load_profile("eu", {}, {}, path).poll_seconds == 20
    assert load_profile("eu", {}, environ, path).poll_seconds == 30
    assert load_profile("eu", {"poll_seconds": 40}, environ, path).poll_seconds == 40


def test_the_vendor_s_variables_and_ours_are_read(tmp_path: Path) -> None:
    environ = {
        "MATILLION_CLIENT_ID": "id",
        "MATILLION_CLIENT_SECRET": "secret",
        "MATILLION_REGION": "us1",
        "MATILLION_ACCOUNT_ID": "account",
        "MAIA_CONSOLE_API_URL": "https://api.example/dpc/",
        "MAIA_CONSOLE_TOKEN_URL": "http://127.0.0.1:9/token",
    }
    profile = load_profile(None, {}, environ, tmp_path / "none.toml")
    assert (profile.client_id, profile.region, profile.account_id) == ("id", "us1", "account")
    assert profile.client_secret is not None
    assert profile.client_secret.get_secret_value() == "secret"
    assert profile.api_address == "https://api.example/dpc"
    assert profile.token_url == "http://127.0.0.1:9/token"


def test_the_region_decides_the_address_unless_one_is_given() -> None:
    assert Profile(region="us1").api_address == "https://us1.api.matillion.com/dpc"


def test_the_default_profile_is_named_by_the_environment_the_file_or_by_being_the_only_one(
    path: Path, tmp_path: Path
) -> None:
    assert profile_names(path) == ("eu", "us")
    assert default_name(path, {}) == "eu"
    assert default_name(path, {"MAIA_CONSOLE_PROFILE": "us"}) == "us"
    only = tmp_path / "only.toml"
    only.write_text("[profiles.lone]\n")
    assert default_name(only, {}) == "lone"


@pytest.mark.parametrize(
    ("variable", "value", "told"),
    [
        ("MATILLION_REGION", "eu2", ["MATILLION_REGION", "“eu2”", "Did you mean eu1?", "us1"]),
        ("MAIA_CONSOLE_POLL_SECONDS", "soon", ["MAIA_CONSOLE_POLL_SECONDS", "“soon”", "number"]),
        ("MAIA_CONSOLE_POLL_SECONDS", "0", ["“0”", "greater than or equal to 1"]),
        ("MAIA_CONSOLE_READ_ONLY", "maybe", ["MAIA_CONSOLE_READ_ONLY", "“maybe”"]),
        ("MAIA_CONSOLE_API_URL", "http://api.example", ["“http://api.example”", "https://"]),
        ("MAIA_CONSOLE_API_URL", "https://me:pw@api.example", ["user name or password"]),
        ("MAIA_CONSOLE_CA_BUNDLE", "/nowhere.pem", ["“/nowhere.pem”", "existing file"]),
    ],
)
def test_a_wrong_value_names_its_source_itself_and_what_is_allowed(
    variable: str, value: str, told: list[str], tmp_path: Path
) -> None:
    with pytest.raises(SettingError) as caught:
        load_profile(None, {}, {variable: value}, tmp_path / "none.toml")
    assert all(part in str(caught.value) for part in told), str(caught.value)


def test_a_wrong_setting_in_the_file_names_the_file_and_the_nearest(path: Path) -> None:
    path.write_text(TWO.replace("poll_seconds", "pol_seconds"), "utf-8")
    with pytest.raises(SettingError, match=r"pol_seconds.*Did you mean poll_seconds"):
        load_profile("eu", {}, {}, path)


def test_an_unknown_profile_names_the_nearest_and_all(path: Path) -> None:
    with pytest.raises(UnknownName, match=r"“eus”.*Did you mean (eu|us)\?.*eu, us"):
        load_profile("eus", {}, {}, path)


@pytest.mark.parametrize("text", ["[profiles", "profiles = 3", "colour = 'red'", "\xff"])
def test_a_file_that_cannot_be_used_is_said_to_be_so(text: str, path: Path) -> None:
    path.write_bytes(text.encode("latin-1"))
    with pytest.raises(SettingError, match=r"config\.toml"):
        load_profile(None, {}, {}, path)


def test_a_secret_in_the_file_is_refused_and_not_repeated(path: Path) -> None:
    path.write_text(TWO + 'client_secret = "hidden-thing"\n', "utf-8")
    with pytest.raises(SettingError, match="maia-console login") as caught:
        load_profile("us", {}, {}, path)
    assert "hidden-thing" not in str(caught.value)


def test_a_saved_profile_keeps_what_else_stands_there_and_leaves_the_secret_out(
    path: Path,
) -> None:
    made = profile_from({"name": "ap", "client_id": "me", "client_secret": "hidden-thing"}, {})
    save_profile(path, made)
    text = path.read_text("utf-8")
    assert "# the company's accounts" in text
    assert "hidden-thing" not in text
    assert profile_names(path) == ("eu", "us", "ap")
    assert load_profile("ap", {}, {}, path).client_id == "me"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_no_secret_is_in_a_profile_s_repr() -> None:
    made = profile_from(
        {"client_secret": "hidden-thing", "proxy": "http://me:hidden-thing@proxy:1"}, {}
    )
    assert "hidden-thing" not in repr(made) + str(made)


def test_each_variable_sets_a_setting_that_exists() -> None:
    assert set(VARIABLES.values()) <= set(Profile.model_fields)
