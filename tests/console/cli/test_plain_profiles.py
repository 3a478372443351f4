"""Other accounts, in plain lines: how they are listed, opened, and refused."""

import asyncio

from console.cli.exits import Exit
from tests.console.cli.plain_desk import desk


async def test_the_profiles_are_listed_with_how_to_open_them() -> None:
    async with desk() as opened:
        eu, us, note = await opened.say("profiles")
        assert eu == "eu: made up; nothing is sent out. To open it: profile eu"
        assert us.startswith("us: ")
        assert note.startswith("This is the demo.")


async def test_another_profile_is_opened_and_the_marks_go_while_the_filter_stays() -> None:
    async with desk() as opened:
        await opened.say("mark all")
        await opened.say("runners status:running,unknown,paused,stopped")
        said, greeting, verdict, *_ = await opened.say("profile us")
        assert said == "Now open: us. 24 marks are gone."
        assert greeting.startswith("Maia runners, us. ")
        assert "3 runners" in verdict
        assert (await opened.say("mark")) == ["0 marked of 3 runners."]
        listed = await opened.say("wide")
        assert "runners, by attention:" in listed[0]


async def test_what_cannot_be_opened_says_why_and_the_fleet_stays() -> None:
    async with desk() as opened:
        (said,) = await opened.say("profile mars")
        assert said == "“mars” is not an account of the demo. Allowed: demo, eu, us, all."
        assert (await opened.say("mark")) == ["0 marked of 24 runners."]
        assert await opened.say("profile demo") == ["demo is open already."]
        assert await opened.end() == Exit.USAGE


async def test_what_was_begun_is_seen_to_its_end_after_another_was_opened() -> None:
    async with desk() as opened:
        await opened.say("pause prod-eu-fargate")
        await opened.say("yes")
        said, *_ = await opened.say("profile us")
        assert said == "Now open: us. 1 action goes on in demo; how it ends is recorded."
        ending = asyncio.create_task(opened.end())
        await opened.told()
        assert not ending.done()
        opened.clock.now = opened.clock.now.replace(hour=13)
        await opened.session.store.refresh()
        assert await ending == Exit.FINE


async def test_what_was_done_is_filtered_by_who_what_and_how_it_ended() -> None:
    async with desk() as opened:
        await opened.say("pause prod-eu-fargate")
        await opened.say("yes")
        told = await opened.say("activity outcome:running")
        assert told[0] == "1 action:"
        assert "prod-eu-fargate: Pause: under way" in told[1]
        none, note = await opened.say("activity who:nobody")
        assert (none, note) == ("0 of 1 action:", "Nothing that was done is like this.")
        assert "“status” is not a field" in (await opened.say("activity status:x"))[0]
