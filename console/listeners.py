"""Those who are told of something, one after another."""

import logging
from collections.abc import Callable, Iterable
from typing import TypeVarTuple, Unpack

log = logging.getLogger(__name__)

Told = TypeVarTuple("Told")


def tell_all(listeners: Iterable[Callable[[Unpack[Told]], object]], *told: *Told) -> None:
    """Calls each with the same. One that raises is logged, and the others are told all the same:
    what goes wrong in one page must stop neither the other pages nor the reading of the fleet.
    Who comes or goes meanwhile changes nothing for those who are there."""
    for listener in tuple(listeners):
        try:
            listener(*told)
        except Exception:  # the others must be told, whatever befalls one
            log.exception("one of those who listen could not be told")
