"""Switch automatic updates on or off. Off does not pin: with a floating tag a restart updates."""

from typing import TYPE_CHECKING

from console.actions.action import SETTING_PATIENCE, Action, Danger, Progress
from console.fleet.kinds import is_snowflake, is_streaming
from console.fleet.snapshot import Runner
from console.rules.currency import Currency, currency

if TYPE_CHECKING:
    from console.api.client import RunnerApi


def refuse_auto_update(runner: Runner, on: bool) -> str | None:
    if is_snowflake(runner):
        return "Snowflake runners follow their own schedule; auto-update cannot be changed."
    if is_streaming(runner):
        return "Streaming runners have no auto-update."
    if runner.auto_updates is on:
        return f"Auto-update is already {'on' if on else 'off'}."
    return None


def auto_update_consequences(runner: Runner, on: bool) -> tuple[str, ...]:
    if not on:
        return (
            "It is updated by hand from now on, and falls out of support when nobody does.",
            "With a floating image tag, any restart or scale-out still updates it.",
        )
    if currency(runner) is Currency.BEHIND:
        return (
            f"Maia may restart it soon to move it to {runner.latest_version or 'the latest'}.",
            "Instances are replaced one after the other; with a single one there is a gap.",
        )
    return ("It is updated soon after each release of its track, one instance after the other.",)


def _switch(on: bool) -> Action:
    word = "on" if on else "off"

    async def call(api: "RunnerApi", runner_id: str) -> None:
        from console.api.models.runners import RunnerChange

        await api.update_runner(runner_id, RunnerChange(auto_updates=on))

    def is_done(progress: Progress) -> bool:
        return progress.now.auto_updates is on

    return Action(
        id=f"auto-update-{word}",
        command="auto-update",
        choice=word,
        key="a",
        label=f"Switch auto-update {word}",
        doing=f"switching auto-update {word}",
        explains=("Let Maia update it soon after each release" if on else "Update it only by hand"),
        danger=Danger.DISRUPTIVE if on else Danger.SAFE,
        patience=SETTING_PATIENCE,
        refuse=lambda runner: refuse_auto_update(runner, on),
        consequences=lambda runner, snapshot, now: auto_update_consequences(runner, on),
        call=call,
        is_done=is_done,
        disturbs=on,
    )


AUTO_UPDATE_ON = _switch(True)
AUTO_UPDATE_OFF = _switch(False)
