"""Who makes a request, as the gate has found out; pages ask here and nowhere else."""

from starlette.requests import HTTPConnection
from starlette.types import Scope

from console.access.person import Person
from console.access.roles import Role

NOBODY = Person("", Role.VIEWER)
"""Nobody is signed in, or nothing stands before the page that could tell."""


def person_of(request: HTTPConnection) -> Person:
    return person_in(request.scope)


def person_in(scope: Scope) -> Person:
    state = scope.get("state")
    person = state.get("person") if isinstance(state, dict) else None
    return person if isinstance(person, Person) else NOBODY


def put_person(scope: Scope, person: Person) -> None:
    """For everything further in. The state of the application itself is not touched."""
    scope["state"] = {**scope.get("state", {}), "person": person}
