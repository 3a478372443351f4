"""Copying through the terminal: what is copied of runners, and what can be known of a terminal that
does not take it. A terminal never says whether it did."""

from collections.abc import Iterable, Mapping

from console.fleet.snapshot import Snapshot
from console.view.text import shown

MOST = 50_000
"""Characters; some terminals drop what is much longer."""


def copied_text(snapshot: Snapshot, runner_ids: Iterable[str], what: str) -> str:
    """Name, id or version of each runner, a line each; without control characters, because it is
    going to be pasted into a shell."""
    runners = [snapshot.by_id[each] for each in runner_ids if each in snapshot.by_id]
    values = {
        "name": [runner.name for runner in runners],
        "id": [runner.id for runner in runners],
        "version": [runner.version or "" for runner in runners],
    }[what]
    return "\n".join(shown(value) for value in values if value)


def copied_sentence(what: str, text: str, doubt: str) -> str:
    """What was copied, and the doubt: "Copied the name: prod-eu." """
    lines = text.splitlines()
    if not lines:
        return f"There is no {what} to copy."
    if len(text) > MOST:
        return f"{len(text)} characters are more than a terminal takes. Mark fewer, or use :save."
    many = f"{len(lines)} {_MANY.get(what, what)}"
    told = f"the {what}: {shown(lines[0], 60)}" if len(lines) == 1 else many
    return f"Copied {told}. {doubt}"


_MANY = {
    "name": "names",
    "id": "ids",
    "version": "versions",
    "entry": "entries",
    "JSON": "lines of JSON",
}


def clipboard_doubt(environ: Mapping[str, str], tmux_setting: str = "") -> str:
    """Whether this terminal takes it, as far as that can be known. `tmux_setting` is the value of
    tmux's option set-clipboard, "" where it is not known."""
    if environ.get("TERM", "") == "linux":
        return "But the Linux console has no clipboard, so it went nowhere."
    if environ.get("STY"):
        return "But GNU screen keeps it to itself, so it went nowhere."
    if environ.get("TMUX") and tmux_setting in ("off", "external"):
        return (
            f"But tmux has set-clipboard {tmux_setting} and keeps it out: run"
            " tmux set -g set-clipboard on"
        )
    return "If it does not paste, this terminal refuses OSC 52."
