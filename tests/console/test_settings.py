"""Settings: which source wins, and what a wrong one is told."""

import stat
import traceback
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
        ("MAIA_CONSOLE_POLL_SECONDS", "0", ["“0”", "from 1 to 3600"]),
        ("MAIA_CONSOLE_POLL_SECONDS", "nan", ["“nan”", "from 1 to 3600"]),
        ("MAIA_CONSOLE_TIMEOUT_SECONDS", "301", ["“301”", "at most 300"]),
        ("MAIA_CONSOLE_REQUESTS_PER_MINUTE", "2.5", ["“2.5”", "whole number from 10 to 1000"]),
        ("MAIA_CONSOLE_READ_ONLY", "maybe", ["“maybe”", "true or false"]),
        ("MAIA_CONSOLE_IPV4_ONLY", "maybe", ["“maybe”", "true or false"]),
        ("MATILLION_ACCOUNT_ID", "é", ["“é”", "plain letters"]),
        ("MATILLION_CLIENT_ID", "two\nlines", ["“two�lines”", "plain letters"]),
        ("MAIA_CONSOLE_API_URL", "api.example/dpc", ["“api.example/dpc”", "https://"]),
        ("MAIA_CONSOLE_API_URL", "https:///dpc", ["“https:///dpc”", "whole address"]),
        ("MAIA_CONSOLE_API_URL", "https://[x", ["“https://[x”", "whole address"]),
        ("MAIA_CONSOLE_API_URL", "https://x:99999", ["whole address"]),
        ("MAIA_CONSOLE_API_URL", "https://x y", ["whole address"]),
        ("MAIA_CONSOLE_API_URL", "https://api.example/dpc?a=b", ["without ? or #"]),
        ("MAIA_CONSOLE_API_URL", "http://localhost.example", ["https://"]),
        ("MAIA_CONSOLE_TOKEN_URL", "ftp://id.example", ["MAIA_CONSOLE_TOKEN_URL", "https://"]),
        ("MAIA_CONSOLE_PROXY", "proxy.example:3128", ["http:// or https://"]),
        ("MAIA_CONSOLE_PROXY", "socks5://proxy.example", ["http:// or https://"]),
        ("MAIA_CONSOLE_API_URL", "http://api.example", ["“http://api.example”", "https://"]),
        ("MAIA_CONSOLE_API_URL", "https://me:pw@api.example", ["user name or password"]),
        ("MAIA_CONSOLE_CA_BUNDLE", "/nowhere.pem", ["“/nowhere.pem”", "existing file"]),
        ("MAIA_CONSOLE_CA_BUNDLE", "~nobody-here/ca.pem", ["“~nobody-here/ca.pem”", "existing"]),
        ("MAIA_CONSOLE_RELEASES_FILE", "/nowhere.ics", ["“/nowhere.ics”", "existing file"]),
        ("MAIA_CONSOLE_HISTORY_DAYS", "0", ["“0”", "whole number of days from 1 to 3650"]),
        ("MAIA_CONSOLE_HISTORY_DAYS", "3651", ["“3651”", "from 1 to 3650"]),
        ("MAIA_CONSOLE_HISTORY_DAYS", "2.5", ["“2.5”", "whole number"]),
        ("MAIA_CONSOLE_TIME_ZONE", "Europe", ["“Europe”", "such as Europe/London"]),
        ("MAIA_CONSOLE_TIME_ZONE", "Mars/Olympus", ["“Mars/Olympus”", "such as Europe/London"]),
        ("MAIA_CONSOLE_TIME_ZONE", "../etc/passwd", ["time zone"]),
        ("MAIA_CONSOLE_TIME_ZONE", "x" * 5000, ["time zone"]),
        ("MAIA_CONSOLE_NOTICES", "runner_los", ["“runner_los”", "Did you mean runner_lost?"]),
        ("MAIA_CONSOLE_NOTICE_URLS", "json://a " * 21, ["its value", "at most 20 Apprise"]),
    ],
)
def test_a_wrong_value_names_its_source_itself_and_what_is_allowed(
    variable: str, value: str, told: list[str], tmp_path: Path
) -> None:
    with pytest.raises(SettingError) as caught:
        load_profile(None, {}, {variable: value}, tmp_path / "none.toml")
    assert all(part in str(caught.value) for part in told), str(caught.value)


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("MAIA_CONSOLE_API_URL", "https://me:hidden-thing@api.example"),
        ("MAIA_CONSOLE_PROXY", "ftp://me:hidden-thing@proxy.example"),
        ("MAIA_CONSOLE_PROXY", "hidden-thing"),
        ("MAIA_CONSOLE_DATABASE_URL", "mysql://me:hidden-thing@db/history"),
        ("MAIA_CONSOLE_DATABASE_URL", "postgresql://me:hidden-thing@db"),
        ("MAIA_CONSOLE_DATABASE_URL", "hidden-thing"),
        ("MAIA_CONSOLE_NOTICE_URLS", "hidden-thing"),
        ("MAIA_CONSOLE_NOTICE_URLS", "slack://fine hidden-thing"),
        ("MAIA_CONSOLE_NOTICE_URLS", "slack://hidden-thing\x00"),
        ("MAIA_CONSOLE_NOTICE_URLS", "://hidden-thing"),
    ],
)
def test_a_wrong_address_that_may_hold_a_password_is_not_repeated(
    variable: str, value: str, tmp_path: Path
) -> None:
    with pytest.raises(SettingError) as caught:
        load_profile(None, {}, {variable: value}, tmp_path / "none.toml")
    told = "".join(traceback.format_exception(caught.value))
    assert variable in told
    assert "hidden-thing" not in told


def test_a_database_that_cannot_be_one_is_told_what_is_allowed() -> None:
    for address in ("", " ", "history.sqlite3", "mysql://db/history"):
        with pytest.raises(SettingError, match="sqlite:///PATH or postgresql://USER@HOST/NAME"):
            profile_from({"database_url": address}, {})


@pytest.mark.parametrize(
    "address",
    ["postgresql://me:hidden-thing@db/history", "postgresql://db/history?password=hidden-thing"],
)
def test_a_database_s_password_in_the_file_is_refused_and_not_repeated(
    address: str, path: Path
) -> None:
    path.write_text(f'{TWO}database_url = "{address}"\n', "utf-8")
    with pytest.raises(SettingError, match="set MAIA_CONSOLE_DATABASE_URL") as caught:
        load_profile("us", {}, {}, path)
    assert "hidden-thing" not in str(caught.value)


def test_a_database_without_a_password_may_stand_in_the_file(path: Path) -> None:
    path.write_text(TWO + 'database_url = "postgresql://me@db/history"\n', "utf-8")
    assert load_profile("us", {}, {}, path).database_url is not None
    save_profile(path, load_profile("us", {}, {}, path))
    assert 'database_url = "postgresql://me@db/history"' in path.read_text("utf-8")


def test_a_database_of_the_environment_is_not_written_into_the_file(path: Path) -> None:
    environ = {"MAIA_CONSOLE_DATABASE_URL": "postgresql://me:hidden-thing@db/history"}
    save_profile(path, load_profile("us", {}, environ, path))
    assert "database_url" not in path.read_text("utf-8")


def test_a_time_zone_is_one_that_is_known_everywhere() -> None:
    assert profile_from({"time_zone": "Europe/London"}, {}).time_zone == "Europe/London"
    assert profile_from({}, {}).time_zone is None


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]"])
def test_only_this_machine_s_own_addresses_may_go_without_tls(host: str) -> None:
    assert Profile(api_url=f"http://{host}:8088/dpc/").api_address == f"http://{host}:8088/dpc"


def test_a_wrong_flag_is_named_as_it_is_typed(path: Path) -> None:
    with pytest.raises(SettingError, match=r"\(--region\)\. Did you mean us1\?"):
        load_profile("eu", {"region": "us2"}, {}, path)


def test_a_wrong_value_in_the_file_names_the_file_the_profile_and_the_key(path: Path) -> None:
    path.write_text(TWO.replace("poll_seconds = 20", "poll_seconds = [1]"), "utf-8")
    with pytest.raises(SettingError) as caught:
        load_profile("eu", {}, {}, path)
    assert str(caught.value).startswith(f"poll_seconds in profile eu of {path}: “[1]”")


VALUES = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.lists(st.text())


@given(st.dictionaries(st.sampled_from(sorted(Profile.model_fields)) | st.text(), VALUES))
def test_whatever_a_profile_holds_it_is_one_or_one_sentence(values: dict[str, object]) -> None:
    told = ""
    try:
        profile_from(values, {field: f"{field} in a file" for field in values})
    except SettingError as fault:
        told = str(fault)
    assert told.isprintable()


def test_a_bundle_in_ones_home_is_read_from_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "ca.pem").write_text("")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert profile_from({"ca_bundle": "~/ca.pem"}, {}).ca_bundle == tmp_path / "ca.pem"


@given(st.dictionaries(st.sampled_from(sorted(VARIABLES)), st.text(min_size=1), max_size=4))
def test_whatever_the_environment_holds_is_a_profile_or_one_sentence(
    environ: dict[str, str],
) -> None:
    told = next(iter(environ), "")
    try:
        load_profile(None, {}, environ, Path("/nowhere/config.toml"))
    except SettingError as fault:
        told = str(fault)
    assert told.isprintable()
    assert not environ or any(variable in told for variable in environ)


def test_a_wrong_setting_in_the_file_names_the_file_and_the_nearest(path: Path) -> None:
    path.write_text(TWO.replace("poll_seconds", "pol_seconds"), "utf-8")
    with pytest.raises(SettingError, match=r"pol_seconds.*Did you mean poll_seconds"):
        load_profile("eu", {}, {}, path)


def test_an_unknown_profile_names_the_nearest_and_all(path: Path) -> None:
    with pytest.raises(UnknownName, match=r"“eus”.*Did you mean (eu|us)\?.*eu, us"):
        load_profile("eus", {}, {}, path)


@pytest.mark.parametrize(
    ("environ", "text", "source"),
    [
        ({"MAIA_CONSOLE_PROFILE": "us1"}, TWO, "MAIA_CONSOLE_PROFILE"),
        ({}, TWO.replace('"eu"', '"us1"'), "default_profile"),
        ({"MAIA_CONSOLE_PROFILE": "us1"}, "", "MAIA_CONSOLE_PROFILE"),
    ],
)
def test_an_unknown_profile_that_nobody_typed_names_who_asked_for_it(
    environ: dict[str, str], text: str, source: str, path: Path
) -> None:
    path.write_text(text, "utf-8")
    with pytest.raises(UnknownName, match=rf"“us1” is not a profile \({source}"):
        load_profile(None, {}, environ, path)


def test_a_file_that_may_not_be_read_is_said_to_be_so(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="cannot be read"):
        load_profile(None, {}, {}, tmp_path)


@pytest.mark.parametrize(
    "text",
    [
        "[profiles",
        "profiles = 3",
        "colour = 'red'",
        "\xff",
        "default_profile = 5",
        "[profiles.default]\nname = 'other'",
    ],
)
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


def test_signing_in_again_changes_the_account_and_keeps_how_it_is_used(path: Path) -> None:
    path.write_text(
        "[profiles.us] # the second\n"
        "read_only = true # on purpose\n"
        "poll_seconds = 20\n"
        'region = "us1"\n'
        'api_url = "http://localhost:8088/dpc"\n',
        "utf-8",
    )
    save_profile(path, profile_from({"name": "us", "region": "eu1", "client_id": "me"}, {}))
    assert path.read_text("utf-8") == (
        'default_profile = "us"\n\n'
        "[profiles.us] # the second\n"
        "read_only = true # on purpose\n"
        "poll_seconds = 20\n"
        'region = "eu1"\n'
        'client_id = "me"\n'
    )


def test_a_file_of_comments_alone_keeps_them(path: Path) -> None:
    path.write_text("# nothing yet\n", "utf-8")
    save_profile(path, Profile(name="eu"))
    assert path.read_text("utf-8").startswith("# nothing yet\n")


def test_a_broken_file_is_not_written_over(path: Path) -> None:
    path.write_text("[profiles", "utf-8")
    with pytest.raises(SettingError, match="cannot be read"):
        save_profile(path, Profile(name="eu"))
    assert path.read_text("utf-8") == "[profiles"


def test_a_file_that_is_a_link_stays_one(path: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.toml"
    link.symlink_to(path)
    save_profile(link, Profile(name="ap"))
    assert link.is_symlink()
    assert profile_names(path) == ("eu", "us", "ap")


def test_a_folder_that_cannot_be_made_is_said_to_be_so_and_leaves_nothing(path: Path) -> None:
    with pytest.raises(SettingError, match="cannot be"):
        save_profile(path / "below" / "config.toml", Profile())
    assert [each.name for each in path.parent.iterdir()] == ["config.toml"]


def test_no_secret_is_in_a_profile_s_repr() -> None:
    made = profile_from(
        {
            "client_secret": "hidden-thing",
            "proxy": "http://me:hidden-thing@proxy:1",
            "database_url": "postgresql://me:hidden-thing@db/history",
        },
        {},
    )
    assert "hidden-thing" not in repr(made) + str(made)


def test_each_variable_sets_a_setting_that_exists() -> None:
    assert set(VARIABLES.values()) <= set(Profile.model_fields)
