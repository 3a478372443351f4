"""From what a person typed to runners, by name or by id, with a clear error when neither fits; and
from a runner to what can be typed for it."""

from collections.abc import Iterable

from console.errors import UnknownName
from console.errors import wrong_value as wrong_value_of
from console.fleet.snapshot import Runner, Snapshot
from console.view.text import folded, shown


def runners_named(snapshot: Snapshot, names: Iterable[str]) -> tuple[Runner, ...]:
    """The runners in the order of the names, each once. Case does not matter where only one fits.

    Of several accounts "eu/name" picks the one of the profile eu. Raises UnknownName for a name
    that no runner has, or that several share: those need their account, or an id.
    """
    found = (_one(snapshot, name) for name in names)
    return tuple({runner.id: runner for runner in found}.values())


def runner_label(runner: Runner) -> str:
    """Its name, safe to show; of several accounts with its own before it: "eu/name"."""
    name = shown(runner.name, 60)
    return f"{shown(runner.account, 24)}/{name}" if runner.account else name


def not_there(runner_id: str, label: str = "") -> str:
    """What to say of a runner that was to be shown; `label` is what it was called when it was."""
    if label:
        return f"{label} is no longer there."
    return f"No runner has the id “{shown(runner_id, 60)}”."


def _one(snapshot: Snapshot, name: str) -> Runner:
    by_id = snapshot.by_id.get(name)
    if by_id is not None:
        return by_id
    same = _named(snapshot.runners, name) or _in_account(snapshot, name)
    if len(same) == 1:
        return same[0]
    if same:
        raise _shared(name, same)
    raise _unknown(snapshot, name)


def _named(runners: Iterable[Runner], name: str) -> list[Runner]:
    """Those of this very name, else those whose name differs from it in case alone."""
    alike = [runner for runner in runners if folded(runner.name) == folded(name)]
    return [runner for runner in alike if runner.name == name] or alike


def _in_account(snapshot: Snapshot, name: str) -> list[Runner]:
    account, _, rest = name.partition("/")
    if account not in snapshot.by_account:
        return []
    mine = [runner for runner in snapshot.runners if runner.account == account]
    return [runner for runner in mine if runner.id == rest] or _named(mine, rest)


def _shared(name: str, same: list[Runner]) -> UnknownName:
    many = f"“{shown(name)}” is the name of {len(same)} runners."
    accounts = {runner.account for runner in same}
    if len(accounts) == len(same) > 1:
        return UnknownName(f"{many} Name one: {', '.join(map(runner_label, same))}.")
    return UnknownName(f"{many} Use an id: {', '.join(runner.id for runner in same)}.")


def _unknown(snapshot: Snapshot, name: str) -> UnknownName:
    error = _not_there(snapshot, name)
    unread = [shown(each.name, 24) for each in snapshot.accounts if each.taken is None]
    return UnknownName(f"{error} Not read: {', '.join(unread)}.") if unread else error


def _not_there(snapshot: Snapshot, name: str) -> UnknownName:
    if not snapshot.runners:
        who = "These accounts have" if snapshot.accounts else "This account has"
        return UnknownName(f"“{shown(name)}” is not a runner. {who} none.")
    names = sorted({shown(runner.name, 60) for runner in snapshot.runners})
    nearest = wrong_value_of("a runner", shown(name), names, UnknownName)
    if len(names) > 30:
        text = str(nearest).split(" Allowed:")[0]
        return UnknownName(f"{text} See them with maia-console list.")
    return UnknownName(str(nearest))
