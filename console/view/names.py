"""From what a person typed to runners: by name, by id, with a clear error when neither fits."""

from collections.abc import Iterable

from console.errors import UnknownName
from console.errors import wrong_value as wrong_value_of
from console.fleet.snapshot import Runner, Snapshot
from console.view.text import folded, shown


def runners_named(snapshot: Snapshot, names: Iterable[str]) -> tuple[Runner, ...]:
    """The runners in the order of the names, each once. Case does not matter where only one fits.

    Raises UnknownName for a name that no runner has, or that several share: those need an id.
    """
    found = (_one(snapshot, name) for name in names)
    return tuple({runner.id: runner for runner in found}.values())


def _one(snapshot: Snapshot, name: str) -> Runner:
    by_id = snapshot.by_id.get(name)
    if by_id is not None:
        return by_id
    same = [runner for runner in snapshot.runners if runner.name == name]
    same = same or [r for r in snapshot.runners if folded(r.name) == folded(name)]
    if len(same) == 1:
        return same[0]
    if same:
        ids = ", ".join(runner.id for runner in same)
        raise UnknownName(f"“{shown(name)}” is the name of {len(same)} runners. Use an id: {ids}.")
    if not snapshot.runners:
        raise UnknownName(f"“{shown(name)}” is not a runner. This account has none.")
    names = sorted({shown(runner.name, 60) for runner in snapshot.runners})
    if len(names) > 30:
        nearest = wrong_value_of("a runner", shown(name), names, UnknownName)
        text = str(nearest).split(" Allowed:")[0]
        raise UnknownName(f"{text} See them with maia-console list.")
    raise wrong_value_of("a runner", shown(name), names, UnknownName)
