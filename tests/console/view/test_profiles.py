"""The profiles of the settings file as they are listed."""

from pathlib import Path

from console.view.profiles import demo_profiles_view, marks_gone, profiles_view
from console.view.tone import Tone

FILE = """
default_profile = "eu"

[profiles.eu]
region = "eu1"
client_id = "x"

[profiles.us]
region = "us1"
read_only = true

[profiles.odd]
region = "mars"
"""


def test_each_profile_tells_its_region_and_how_to_open_it(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(FILE)
    lines = {line.name: line for line in profiles_view(path, {}, ("us",)).lines}
    assert lines["eu"].cell.text == "eu1, https://eu1.api.matillion.com/dpc, the default"
    assert lines["eu"].opening == "To open it: profile eu"
    assert lines["us"].cell.text.endswith(", read-only")
    assert (lines["us"].is_open, lines["us"].opening) == (True, "This one is open.")


def test_a_faulty_profile_says_what_is_wrong_and_hides_no_other(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(FILE)
    lines = profiles_view(path, {}, ("eu",)).lines
    assert [line.name for line in lines] == ["eu", "us", "odd"]
    assert "“mars” is not a region" in lines[2].cell.text
    assert lines[2].cell.tone is Tone.WARNING


def test_no_file_and_a_broken_one_are_told(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    assert "maia-console login makes one" in profiles_view(path, {}, ("demo",)).note.text
    path.write_text("[[[")
    broken = profiles_view(path, {}, ("demo",))
    assert "cannot be read" in broken.note.text
    assert broken.lines == ()


def test_several_can_be_opened_at_once_and_the_note_says_how(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(FILE)
    note = profiles_view(path, {}, ("us",)).note.text
    assert note.endswith("Several at once: profile eu,us, or profile all.")
    path.write_text("[profiles.eu]\n")
    assert profiles_view(path, {}, ()).note.text == f"From {path}."


def test_the_demo_has_accounts_of_its_own() -> None:
    told = demo_profiles_view(("eu", "us"), ("us",))
    assert [(line.name, line.is_open) for line in told.lines] == [("eu", False), ("us", True)]
    assert "start without --demo" in told.note.text


def test_marks_that_go_are_told() -> None:
    said = [marks_gone(count) for count in range(3)]
    assert said == ["", "1 mark is gone with its runner.", "2 marks are gone."]
