"""Acting in the plain dialogue: the plan in lines, the agreement, and what comes of it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from console.actions.action import Action
from console.actions.catalogue import ACTIONS
from console.actions.plan import plan
from console.cli.exits import Exit
from console.cli.plain.acting import is_agreed, question_line
from console.view.plan import PlanText, plan_lines, plan_text
from tests.console.cli.plain_desk import Desk, desk
from tests.console.fleets import NOW


async def done(opened: Desk, minutes: int = 5) -> list[str]:
    """What is announced while so much time goes by."""
    told = []
    for _ in range(12 * minutes):
        opened.clock.now += timedelta(seconds=5)
        told += await opened.poll()
    return told


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.id)
async def test_the_plan_of_every_action_is_told_in_the_words_of_the_dry_run(
    action: Action,
) -> None:
    async with desk() as opened:
        store = opened.session.store
        ids = (opened.id_of("sales-aca"), opened.id_of("saas-shared"))
        made = plan(action, ids, store.snapshot, NOW)
        lines = await opened.say(f"{action.command} {action.choice} sales-aca saas-shared")
        assert tuple(lines[: len(plan_lines(made))]) == plan_lines(made)
        if made.allowed:
            assert lines[-1] == question_line(plan_text(made))
            assert await opened.say("no") == ["Nothing was done."]
        else:
            assert lines[-1] == "Nothing to do."
        assert opened.cable.commands == []


async def test_yes_sends_it_once_and_the_end_is_announced() -> None:
    async with desk() as opened:
        *_, question = await opened.say("restart sales-aca")
        assert question == "Restart: sales-aca? Type yes or no."
        assert opened.cable.commands == []
        assert await opened.say("yes") == ["12:00 sales-aca: Restarting"]
        told = await done(opened)
        assert len(opened.cable.commands) == 1
        assert any("sales-aca: Status: running → stopping" in line for line in told)
        assert any("sales-aca: Restart: done after" in line for line in told)
        assert sum("Restart: done" in line for line in told) == 1


async def test_what_is_neither_yes_nor_no_is_asked_again() -> None:
    async with desk() as opened:
        *_, question = await opened.say("pause sales-aca")
        for typed in ("perhaps", "runners", "yes please", "quit"):
            assert await opened.say(typed) == [question]
        assert await opened.say("Y") == ["12:00 sales-aca: Pausing"]


async def test_enter_alone_agrees_to_nothing() -> None:
    async with desk() as opened:
        await opened.say("pause sales-aca")
        assert await opened.say("") == ["Nothing was done."]
        assert opened.cable.commands == []


async def test_what_is_safe_begins_at_once() -> None:
    async with desk() as opened:
        lines = await opened.say("auto-update off prod-eu-fargate")
        assert not any("Type yes or no" in line for line in lines)
        assert len(opened.cable.commands) == 1


async def test_marked_runners_are_acted_on_together_and_then_no_longer_marked() -> None:
    async with desk() as opened:
        said = await opened.say("mark sales-aca iot-gke")
        assert said == ["2 marked of 24 runners: sales-aca, iot-gke."]
        assert (await opened.say("runners name:iot-gke"))[1].endswith(" Marked.")
        await opened.say("pause")
        await opened.say("yes")
        await done(opened, 1)
        assert len(opened.cable.commands) == 2
        assert await opened.say("mark") == ["0 marked of 24 runners."]


async def test_all_marks_what_is_listed_and_a_mark_can_be_taken_away() -> None:
    async with desk() as opened:
        await opened.say("runners name:prod*")
        assert (await opened.say("mark all"))[0].startswith("3 marked of 24 runners: ")
        assert (await opened.say("unmark prod-eu-fargate"))[0].startswith("2 marked of 24")
        assert await opened.say("unmark") == ["0 marked of 24 runners."]


async def test_a_long_plan_comes_in_pages_and_is_asked_about_all_the_same() -> None:
    async with desk(200) as opened:
        await opened.say("runners status:running connected:yes")
        await opened.say("mark all")
        *lines, more, question = await opened.say("pause")
        assert len(lines) == 20
        assert more.endswith("Type more for the next.")
        assert await opened.say("") == ["Nothing was done."]
        await opened.say("pause")
        *others, again = await opened.say("more")
        assert again == question
        assert others[0] not in lines
        assert await opened.say("no") == ["Nothing was done."]


async def test_a_name_with_spaces_needs_quotes_only_beside_others() -> None:
    async with desk() as opened:
        runner = opened.world.named("iot-gke")
        opened.world.rewrite([replace(runner, name="iot gke’s own")])
        await opened.poll()
        assert await opened.say("mark iot gke’s own") == ["1 marked of 24 runners: iot gke’s own."]
        said = await opened.say('mark sales-aca "iot gke’s own"')
        assert said == ["2 marked of 24 runners: iot gke’s own, sales-aca."]


def test_only_the_word_itself_agrees_to_what_destroys() -> None:
    text = PlanText("Delete: x", "Delete: x?", "Delete", "", (), (), (), "", "", True, "prod-eu")
    assert question_line(text) == "Delete: x? Type prod-eu to go on, anything else to leave it."
    for typed, agreed in (("prod-eu", True), ("yes", False), ("", False), ("PROD-EU", False)):
        assert is_agreed(text, typed) is agreed


async def test_after_the_last_line_of_a_script_what_was_begun_is_seen_to_its_end() -> None:
    async with desk() as opened:
        await opened.say("restart sales-aca")
        await opened.say("yes")
        opened.hands.lines.put_nowait(None)
        told = await done(opened)
        assert any("Restart: done" in line for line in told)
        assert await opened.dialogue == Exit.FINE


async def test_a_script_that_ends_at_a_question_has_agreed_to_nothing() -> None:
    async with desk() as opened:
        await opened.say("restart sales-aca")
        assert await opened.end() == Exit.REFUSED
        assert opened.cable.commands == []


async def test_leaving_says_that_what_is_under_way_is_not_taken_back() -> None:
    async with desk(on_terminal=True) as opened:
        await opened.say("restart sales-aca")
        await opened.say("yes")
        opened.type("quit")
        assert await opened.dialogue == Exit.FINE
        assert opened.lines[-1] == "What is still under way is not taken back."


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        (("counts",), Exit.FINE),
        (("cuonts",), Exit.USAGE),
        (("restart saas-shared",), Exit.REFUSED),
        (("restart sales-aca", "no"), Exit.REFUSED),
        (("cuonts", "restart saas-shared"), Exit.REFUSED),
    ],
)
async def test_a_script_is_told_by_the_exit_code(lines: tuple[str, ...], code: Exit) -> None:
    async with desk() as opened:
        for line in lines:
            await opened.say(line)
        assert await opened.end() == code


async def test_a_command_that_fails_makes_a_script_end_with_1() -> None:
    async with desk() as opened:
        await opened.say("restart sales-aca")
        opened.world.rewrite([replace(opened.world.named("sales-aca"), status="stopped")])
        failed, *_ = await opened.say("yes")
        assert failed.startswith("12:00 sales-aca: ")
        assert opened.cable.commands == []
        assert await opened.end() == Exit.REFUSED
