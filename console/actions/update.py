"""Update: a restart of a runner that is behind, done only when it reports the newer version.

The API has no update command; a restart pulls the latest of the track where the image tag floats.
"""

from dataclasses import replace

from console.actions.action import Progress
from console.actions.restart import RESTART, has_restarted, refuse_restart
from console.fleet.kinds import is_native_app
from console.fleet.snapshot import Runner
from console.rules.currency import Currency, currency, has_update


def refuse_update(runner: Runner) -> str | None:
    if is_native_app(runner):
        return "Snowflake upgrades its native app once a month; it cannot be updated from here."
    if not has_update(runner):
        if currency(runner) is Currency.LATEST:
            return "It already runs the latest version of its track."
        return "No update is known for it."
    return refuse_restart(runner)


def has_updated(progress: Progress) -> bool:
    """Back, and on another version than before: a pinned image comes back on the same one."""
    return has_restarted(progress) and progress.now.version != progress.before.version


def came_back_unchanged(progress: Progress) -> str | None:
    if has_restarted(progress) and progress.now.version == progress.before.version:
        return (
            "It restarted on the same version. Its image is probably pinned: by a digest or tag,"
            " a stale mirror, or a pull policy that keeps the old image."
        )
    return None


UPDATE = replace(
    RESTART,
    id="update",
    command="update",
    key="u",
    label="Update",
    doing="updating",
    explains="Restart it so that it takes the latest version of its track",
    refuse=refuse_update,
    is_done=has_updated,
    has_failed=came_back_unchanged,
)
