"""What the plain dialogue answers: the same words as everywhere, in lines that stand alone."""

import json

import pytest

from console.actions.catalogue import ACTIONS
from console.actions.plan import READ_ONLY
from console.cli.plain.commands import WORDS
from console.cli.plain.pages import PAGE
from console.view.commands import COMMANDS
from console.view.detail import runner_detail
from console.view.overview import overview
from console.view.query import Query
from console.view.releases import releases_view
from console.view.runners import runners_table
from tests.console.cli.plain_desk import Desk, desk
from tests.console.fleets import NOW

MORE = "Type more for the next."

ARGUMENTS = {
    "show": "sandbox",
    "json": "sandbox",
    "history": "sandbox",
    "sort": "version",
    "set-track": "stable sandbox",
    "auto-update": "off sandbox",
    **{word: "sandbox" for word in ("mark", "unmark", "update", "restart", "pause", "resume")},
}


async def whole(opened: Desk, typed: str) -> list[str]:
    """All pages of an answer."""
    lines = await opened.say(typed)
    while lines[-1].endswith(MORE):
        lines = [*lines[:-1], *await opened.say("more")]
    return lines


async def test_it_begins_with_whose_fleet_it_is_the_verdict_the_counts_and_the_worst() -> None:
    async with desk() as opened:
        told = overview(opened.session.store.snapshot, NOW)
        table = runners_table(opened.session.store.snapshot, Query(), NOW)
        first, verdict, counts, outlook, caption, *rows, more, hint = opened.lines
    assert first == "Maia runners, demo. Wed 7 Oct 2026, 12:00 UTC."
    assert (verdict, outlook) == (told.verdict, told.outlook)
    for number, each in enumerate(told.headlines, start=1):
        assert f"{number}) {each.count} {each.label}" in counts
    assert caption == "24 runners, by attention:"
    names = [row.cells[0].text for row in table.rows[:10]]
    assert [row.split(":")[0] for row in rows] == names
    assert (more, hint) == ("14 more lines. Type more for the next.", "Type help for the commands.")


async def test_a_row_says_its_cells_with_their_titles_and_without_symbols() -> None:
    async with desk() as opened:
        narrow = (await opened.say("runners name:old-aci"))[1]
        await opened.say("wide on")
        (_, every) = await opened.say("runners name:old-aci")
        row = runners_table(opened.session.store.snapshot, Query(), NOW).rows[2]
    assert narrow.startswith(
        "old-aci: Status Paused, offline; Track Stable; Support Out of support"
    )
    columns = runners_table(opened.session.store.snapshot, Query(), NOW).columns
    for column, cell in zip(columns[1:], row.cells[1:], strict=True):
        assert cell.text == "–" or f"{column.title} {cell.text}" in every
        assert not cell.symbol or cell.symbol not in every


@pytest.mark.parametrize("word", WORDS)
async def test_every_word_of_the_help_is_answered(word: str) -> None:
    async with desk() as opened:
        pages = await opened.say("help")
        pages += await opened.say("more")
        assert any(line.startswith(f"{word} ") or line.startswith(f"{word}:") for line in pages)
        told = await opened.say(f"{word} {ARGUMENTS.get(word, '')}")
        assert word in ("quit", "show") or told
        assert not any("is not a command" in line for line in told)


def test_the_words_are_those_of_the_terminals_command_line() -> None:
    missing = [each.name for each in COMMANDS if each.name not in WORDS]
    assert missing == ["copy", "save", "colours"], "those of a screen; the shell writes files"
    for shared in COMMANDS:
        if shared.name in WORDS:
            assert WORDS[shared.name].explains == shared.explains
            assert WORDS[shared.name].acts is shared.acts


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("shwo sandbox", "“shwo” is not a command. Did you mean show? Type help for all of them."),
        ("xyzzy", "“xyzzy” is not a command. Type help for all of them."),
        ("show", "Name a runner: show NAME."),
        ("99", "There is no count 99: they go from 1 to 8."),
        ("releases now", "Nothing can stand after “releases”."),
        ("wide open", "After “wide” only on or off can stand."),
        ("restart", "Name the runners, or mark them first: restart NAME …"),
        ('restart "sales', 'A quote is opened in “"sales” and not closed.'),
        ("more", "There is no more."),
    ],
)
async def test_what_makes_no_sense_is_told_in_one_line(typed: str, sentence: str) -> None:
    async with desk() as opened:
        await opened.say("counts")
        assert await opened.say(typed) == [sentence]


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("show sales-acca", "Did you mean sales-aca?"),
        ("runners stats:running", "Did you mean status?"),
        ("sort statsu", "Did you mean status?"),
        ("set-track curent sandbox", "Did you mean current?"),
    ],
)
async def test_a_slip_is_answered_with_the_nearest(typed: str, hint: str) -> None:
    async with desk() as opened:
        (line,) = await opened.say(typed)
        assert hint in line


async def test_a_number_lists_what_its_count_counts() -> None:
    async with desk() as opened:
        told = overview(opened.session.store.snapshot, NOW)
        for number, each in enumerate(told.headlines, start=1):
            lines = await whole(opened, str(number))
            assert len(lines) == 1 + each.count


async def test_words_have_shorter_and_longer_forms() -> None:
    async with desk() as opened:
        listed = await opened.say("runners support:unsupported")
        assert len(listed) == 3
        for typed in (":runners support:unsupported", "/support:unsupported", "RUNNERS 3", "3"):
            said = await opened.say(typed)
            assert (said == listed) is ("RUNNERS" not in typed)
        assert await opened.say("!") == await opened.say("problems")


async def test_a_thousand_runners_come_in_pages_each_once() -> None:
    async with desk(1000) as opened:
        assert len(opened.lines) < 20
        told = await opened.say("sort name")
        assert len(told) == PAGE + 1
        assert told[-1] == "981 more lines. Type more for the next."
        rows = told[1:-1]
        while told[-1].endswith(MORE):
            told = await opened.say("next")
            assert len(told) <= PAGE + 1
            rows += [line for line in told if "; " in line]
        store = opened.session.store
        names = [row.cells[0].text for row in runners_table(store.snapshot, Query(), NOW).rows]
        assert [row.split(": ")[0] for row in rows] == sorted(names)


async def test_the_details_say_all_that_is_known_of_every_runner() -> None:
    async with desk() as opened:
        store = opened.session.store
        for runner in store.snapshot.runners:
            lines = await whole(opened, f"show {runner.id}")
            detail = runner_detail(store.snapshot, runner.id, NOW)
            assert detail is not None
            assert lines[0] == detail.title
            for finding in detail.findings:
                assert f"{finding.sentence} {finding.remedy}" in lines
            for section in detail.sections:
                assert f"{section.title}:" in lines
                for fact in section.facts:
                    assert f"  {fact.label}: {fact.cell.text}" in lines
            assert sum(": " in line for line in lines) > 10
            for action in detail.actions:
                assert any(line.endswith(action.refusal or f"{action.explains}.") for line in lines)


async def test_the_releases_are_those_of_the_calendar() -> None:
    async with desk() as opened:
        lines = await whole(opened, "releases")
        store = opened.session.store
        calendar = releases_view(store.snapshot, NOW, opened.session.zone)
    for line in calendar.lines:
        assert f"{line.title}:" in lines
        assert f"  {line.newest}" in lines
        for coming in line.coming:
            assert any(coming.date in told and coming.sure.text in told for told in lines)
        for out in line.out:
            assert any(told.startswith(f"  {out.version}, {out.date}") for told in lines)


async def test_json_is_the_runner_as_data() -> None:
    async with desk() as opened:
        lines = await whole(opened, "json sandbox")
    assert json.loads("\n".join(lines))["name"] == "sandbox"


async def test_a_read_only_session_says_so_first_and_offers_no_action() -> None:
    async with desk(read_only=True) as opened:
        assert opened.lines[0].endswith(" READ-ONLY.")
        pages = [*await opened.say("help"), *await opened.say("more")]
        for word in {action.command for action in ACTIONS} | {"mark", "unmark"}:
            assert not [line for line in pages if line.startswith(word)]
            assert await opened.say(f"{word} sandbox") == [READ_ONLY]
        assert "Actions:" not in [*await opened.say("show sandbox"), *await opened.say("more")]
        assert opened.cable.commands == []


async def test_no_hostile_name_writes_anything_but_its_line() -> None:
    async with desk(hostile=True) as opened:
        store = opened.session.store
        await opened.say("wide on")
        for runner in store.snapshot.runners:
            for typed in (f"runners {runner.id}", f"show {runner.id}", f"mark {runner.id}"):
                lines = await opened.say(typed)
                assert lines
        for line in opened.lines:
            assert all(letter.isprintable() for letter in line.replace("␛", "")), line
