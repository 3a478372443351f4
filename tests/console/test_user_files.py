"""The user's small files: what is read and written, and that trouble is a sentence."""

from pathlib import Path

import pytest

from console.user_files import REMEMBERED, UserFiles, read_toml, save_text, user_files


def test_they_stand_beside_the_settings_and_in_the_state_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    files = user_files({"MAIA_CONSOLE_CONFIG": str(tmp_path / "own.toml")})
    assert files.keymap == tmp_path / "keymap.toml"
    assert files.state == tmp_path / "state" / "maia-console"
    assert user_files({}, tmp_path / "b" / "c.toml").keymap == tmp_path / "b" / "keymap.toml"


def test_lines_are_remembered_only_for_their_owner_and_only_so_many(tmp_path: Path) -> None:
    files = UserFiles(tmp_path / "config.toml", tmp_path / "state")
    assert files.remembered("commands") == ()
    lines = [f"sort {number}" for number in range(REMEMBERED + 50)]
    assert files.remember("commands", lines) == ""
    assert files.remembered("commands") == tuple(lines[-REMEMBERED:])
    assert (files.state / "commands").stat().st_mode & 0o777 == 0o600


def test_a_line_that_could_act_on_a_terminal_is_not_read_back(tmp_path: Path) -> None:
    (tmp_path / "commands").write_text("runners\n\x1b[2J\nquit\n")
    assert UserFiles(tmp_path, tmp_path).remembered("commands") == ("runners", "quit")


def test_a_state_folder_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("in the way")
    files = UserFiles(tmp_path / "config.toml", tmp_path / "state")
    assert "cannot be written" in files.remember("commands", ["quit"])
    assert files.remembered("commands") == ()


def test_a_table_file_is_read_missed_or_faulted_without_an_error(tmp_path: Path) -> None:
    path = tmp_path / "keymap.toml"
    assert read_toml(path) == ({}, "")
    path.write_text('"a.b" = "x"')
    assert read_toml(path) == ({"a.b": "x"}, "")
    path.write_text("a = [")
    assert "keymap.toml cannot be read" in read_toml(path)[1]
    path.write_bytes(b"\xff\xfe")
    assert "cannot be read" in read_toml(path)[1]


def test_a_saved_file_replaces_another_only_when_told_to(tmp_path: Path) -> None:
    name = str(tmp_path / "runners.csv")
    assert save_text(name, "one", may_replace=False) == ""
    assert save_text(name, "two", may_replace=False).endswith("exists already.")
    assert Path(name).read_text() == "one"
    assert save_text(name, "two", may_replace=True) == ""
    assert Path(name).read_text() == "two"


def test_a_folder_and_a_missing_folder_are_told_and_none_is_made(tmp_path: Path) -> None:
    assert save_text(str(tmp_path), "x", may_replace=True).endswith("is a folder.")
    missing = tmp_path / "no" / "runners.csv"
    assert "There is no folder" in save_text(str(missing), "x", may_replace=False)
    assert not missing.parent.exists()
