"""Where a record comes from."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Origin:
    """The profile, the front end and its user, and this run of the program: a word of its own."""

    account: str
    face: str
    who: str
    run: str
