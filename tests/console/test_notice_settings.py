"""Settings of notifications: off by default, and their addresses are secrets."""

import traceback
from pathlib import Path

import pytest

from console.errors import SettingError
from console.settings import load_profile, profile_from, save_profile

FILE = """
[profiles.eu]
region = "eu1"
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "config.toml"
    file.write_text(FILE, "utf-8")
    return file


def test_notifications_are_off_until_they_are_named(path: Path) -> None:
    assert load_profile("eu", {}, {}, path).notices == ()
    path.write_text(FILE + 'notices = ["runner_lost"]\nnotice_urls = ["json://host/a"]\n', "utf-8")
    environ = {"MAIA_CONSOLE_NOTICE_URLS": " slack://a/b/c  jsons://me:pw@host?a=b "}
    profile = load_profile("eu", {}, {}, path)
    assert profile.notices == ("runner_lost",)
    assert [each.get_secret_value() for each in profile.notice_urls] == ["json://host/a"]
    from_environment = load_profile("eu", {}, environ, path).notice_urls
    assert [each.get_secret_value() for each in from_environment] == [
        "slack://a/b/c",
        "jsons://me:pw@host?a=b",
    ]


@pytest.mark.parametrize(
    "line",
    [
        'notice_urls = ["slack://hidden-thing/b/c"]',
        'notice_urls = "json://host SLACK://hidden-thing"',
        'notice_urls = ["jsons://me:hidden-thing@host"]',
        'notice_urls = ["jsons://host?+Authorization=hidden-thing"]',
        'notice_urls = ["https://hooks.example/hidden-thing"]',
        'notice_urls = ["hidden-thing"]',
        'notice_urls = {a = "slack://hidden-thing"}',
        "notice_urls = 3",
        'notice_urls = [["slack://hidden-thing"]]',
    ],
)
def test_an_address_in_the_file_that_may_be_a_secret_is_refused_and_not_repeated(
    line: str, path: Path
) -> None:
    path.write_text(f"{FILE}{line}\n", "utf-8")
    with pytest.raises(SettingError) as caught:
        load_profile("eu", {}, {}, path)
    told = "".join(traceback.format_exception(caught.value))
    assert "notice_urls" in told
    assert "hidden-thing" not in told


def test_addresses_of_notifications_are_in_no_repr_and_are_not_saved(tmp_path: Path) -> None:
    made = profile_from({"name": "ap", "notice_urls": "slack://hidden-thing"}, {})
    save_profile(tmp_path / "config.toml", made)
    assert "hidden-thing" not in repr(made) + (tmp_path / "config.toml").read_text("utf-8")
    assert "notice_urls" not in (tmp_path / "config.toml").read_text("utf-8")
