"""The tables of the user's pages say what the code says."""

import re
from pathlib import Path

from console.cli.commands import COMMANDS
from console.cli.exits import Exit, PluginState
from console.settings import VARIABLES
from console.view.fields import FIELDS
from console.view.records import FIELDS as RECORD_FIELDS
from console.view.words import FINDINGS

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = [*ROOT.glob("*.md"), *DOCS.glob("**/*.md")]


def rows(page: str, header: str) -> list[list[str]]:
    """The cells of the table that begins with this header line, in the page's order."""
    text = (DOCS / page).read_text("utf-8")
    body = text.split(f"\n{header}\n", 1)[1].split("\n\n")[0].splitlines()[1:]
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in body]


def names(page: str, header: str) -> list[str]:
    return [row[0].strip("`") for row in rows(page, header)]


def test_every_command_is_documented_in_the_order_of_the_help() -> None:
    assert names("commands.md", "| command | what it does |") == list(COMMANDS)


def test_every_command_line_on_the_pages_names_a_command_that_exists() -> None:
    named = {
        f"{page.name}: {word}"
        for page in PAGES
        for word in re.findall(
            r"(?:^ +|`|/)maia-console ([a-z][\w-]*)", page.read_text("utf-8"), re.M
        )
        if word not in COMMANDS
    }
    assert not named


def test_every_make_target_on_the_pages_exists() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    for page in PAGES:
        named = set(re.findall(r"(?:^ +|`)make ([a-z-]+)", page.read_text("utf-8"), re.MULTILINE))
        assert named <= targets, page.name


def test_every_exit_code_is_documented() -> None:
    first, second = _code_tables()
    assert first == [str(int(code)) for code in Exit]
    assert second == [f"{int(state)} {state.name}" for state in PluginState]


def test_every_field_of_the_data_is_documented_in_its_order() -> None:
    assert names("commands.md", "| field | type | meaning |") == list(RECORD_FIELDS)


def test_every_finding_is_documented() -> None:
    table = (DOCS / "commands.md").read_text("utf-8").split("## Findings")[1].split("## ")[0]
    assert re.findall(r"^\| `(\w+)` ", table, re.MULTILINE) == list(FINDINGS)


def test_every_environment_variable_is_documented_with_its_setting() -> None:
    table = rows("commands.md", "| variable | setting in the file | meaning |")
    documented = {row[0].strip("`"): row[1].strip("`") for row in table}
    secret = "MATILLION_CLIENT_SECRET"
    assert documented == {**VARIABLES, secret: "never in the file"}


def test_every_filter_field_is_documented_with_the_words_it_takes() -> None:
    table = rows("filters.md", "| field | what it looks at | values |")
    assert [row[0].strip("`") for row in table] == list(FIELDS)
    for name, looks_at, values in ((row[0].strip("`"), row[1], row[2]) for row in table):
        field = FIELDS[name]
        assert ("`<=`" in looks_at) is (field.measure is not None)
        if name != "finding":
            expected = ", ".join(field.allowed) if field.allowed else "any text"
            assert values.split(":")[0] == expected


def _code_tables() -> tuple[list[str], list[str]]:
    text = (DOCS / "commands.md").read_text("utf-8").split("## Exit codes")[1].split("## ")[0]
    ours, plugin = text.split("`check` follows")
    return (
        re.findall(r"^\| (\d+) \|", ours, re.MULTILINE),
        [f"{code} {word}" for code, word in re.findall(r"^\| (\d+) \| ([A-Z]+)", plugin, re.M)],
    )
