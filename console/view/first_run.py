"""What is shown where no account can be opened yet: how to connect one, and what else there is to
do; and the form for its credentials."""

from collections.abc import Mapping
from dataclasses import dataclass

from console.view.form import Field, Form, Option
from console.view.text import shown

REGIONS = ("eu1", "us1")
ROLE = (
    "You need an API credential of Maia with the account role Super Admin or Admin: its client id,"
    " and its secret, which Maia shows once, when the credential is made."
)
STORED = (
    "It is tried on the API first. Only if it is taken it is stored: the secret in the system's"
    " keyring, else in a file that only you can read."
)
NEEDED = "It is needed."
UNNAMED = "default"
"""The profile of who names none."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the things to do: by its key in the terminal, by its word in lines."""

    word: str
    key: str
    label: str


CONNECT = Choice("connect", "c", "Connect an account here")
DEMO = Choice("demo", "d", "Look around in a made-up fleet; nothing is sent out")
QUIT = Choice("quit", "q", "Quit")
CHOICES = (CONNECT, DEMO, QUIT)


@dataclass(frozen=True, slots=True)
class FirstRun:
    """`steps` are sentences, of which the last is how to do it from a shell."""

    title: str
    steps: tuple[str, ...]


def first_run(name: str, *, is_known: bool) -> FirstRun:
    """`name` is that of the profile that was to be opened; `is_known` says that the settings file
    has it, without credentials."""
    profile = shown(name, 60)
    title = "No account is connected yet."
    if is_known:
        title = f"The profile {profile} has no credentials here."
    option = "" if name == UNNAMED else f" --profile {profile}"
    return FirstRun(title, (ROLE, STORED, f"The same from a shell: maia-console login{option}"))


def connect_form(name: str, known: Mapping[str, str]) -> Form:
    """`known` is what settings say of it already, by field."""
    region = known.get("region", "")
    fields = (
        Field(
            "region",
            "Region",
            region if region in REGIONS else REGIONS[0],
            hint=" or ".join(REGIONS),
            kind="choice",
            options=tuple(Option(each, each) for each in REGIONS),
        ),
        Field("client_id", "Client id", known.get("client_id", ""), hint="of the API credential"),
        Field("client_secret", "Client secret", kind="password", hint="it is not shown"),
    )
    title = "Connect an account"
    if name != UNNAMED:
        title = f"{title} as the profile {shown(name, 60)}"
    return Form("connect", title, fields, "Try it and store it")


def faults(answers: Mapping[str, str]) -> dict[str, str]:
    """What is wrong with the answers before anybody is asked, by field."""
    told = {
        field: NEEDED
        for field in ("client_id", "client_secret")
        if not answers.get(field, "").strip()
    }
    if answers.get("region", "").strip() not in REGIONS:
        told["region"] = f"It is {' or '.join(REGIONS)}."
    return told
