"""Who is at the other end of a request, once that is known."""

from dataclasses import dataclass

from console.access.roles import RIGHTS, Right, Role


@dataclass(frozen=True, slots=True)
class Person:
    """`session` is the id of the sign-in, which is no secret; "" where nobody signs in, because
    the console is served to its own machine only. `address` is where the request came from."""

    name: str
    role: Role
    address: str = ""
    session: str = ""

    def may(self, right: Right) -> bool:
        return right in RIGHTS[self.role]
