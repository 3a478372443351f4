"""Users, sign-ins and tokens as lists, with what may be done to each, and forms that add one."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, tzinfo

from console.access.person import Person
from console.access.roles import Right, Role
from console.access.sessions import SignedIn, Way
from console.access.tokens import Scope, Token
from console.access.users import Origin, User
from console.ages import duration
from console.view.audit import AuditFilter
from console.view.dates import local_moment
from console.view.form import Field, Form, Option
from console.view.listing import Deed, ListedRow, Listing
from console.view.rights import ABOUT
from console.view.table import Cell
from console.view.text import shown
from console.view.tone import Tone

LONGEST_NAME = 60

WAYS: dict[str, str] = {
    Way.PASSWORD: "password",
    Way.INVITATION: "one-time link",
    Way.OIDC: "OpenID Connect",
    Way.PROXY: "the proxy in front",
}

SCOPES: dict[str, str] = {
    Scope.RUNNERS: "read runners by /api",
    Scope.METRICS: "read /metrics",
}


def users_listing(users: Iterable[User], sessions: Iterable[SignedIn], person: Person) -> Listing:
    """Nobody disables or ends themselves here."""
    signed_in = Counter(each.name for each in sessions)
    rows = tuple(_user(each, signed_in[each.name], each.name == person.name) for each in users)
    return Listing("Users", ("Name", "Role", "Signs in by", "State"), rows, "There is no user.")


def sessions_listing(
    sessions: Iterable[SignedIn], person: Person, now: datetime, zone: tzinfo, title: str
) -> Listing:
    """In the order given. Whose they are decides what ending one takes."""
    rows = tuple(_session(each, person, now, zone) for each in sessions)
    columns = ("Who", "From", "Signed in by", "Since", "Last seen")
    return Listing(title, columns, rows, "Nobody is signed in.")


def tokens_listing(tokens: Iterable[Token], now: datetime, zone: tzinfo) -> Listing:
    rows = tuple(_token(each, now, zone) for each in tokens)
    columns = ("Name", "May", "Ends", "Made by", "Last used", "State")
    return Listing("Tokens", columns, rows, "There is no token.")


def new_user_form() -> Form:
    fields = (
        Field("name", "Name", hint="as it is typed to sign in"),
        Field("role", "Role", Role.VIEWER, kind="choice", options=_roles()),
        Field("password", "Password", kind="password", hint="at least 12 characters"),
    )
    return Form("user-add", "Add a user", fields, "Add")


def own_password_form() -> Form:
    fields = (
        Field("old", "Present password", kind="password"),
        Field("password", "New password", kind="password", hint="at least 12 characters"),
        Field("again", "New password again", kind="password"),
    )
    said = "All your sign-ins end, this one too: you sign in anew."
    return Form("own-password", "Change your password", fields, "Change", explains=said)


def new_token_form() -> Form:
    scopes = tuple(Option(scope, words) for scope, words in SCOPES.items())
    fields = (
        Field("name", "Name", hint="what it is for"),
        Field("scopes", "May", Scope.RUNNERS, kind="several", options=scopes),
        Field("expires", "Ends on", kind="date", hint="empty: never"),
    )
    return Form("token-add", "Make a token", fields, "Make")


def end_others_form() -> Form:
    said = "Only this one stays. Their pages close at once."
    return Form("own-others-end", "End all other sign-ins", (), "End them", said)


def _user(user: User, signed_in: int, is_own: bool) -> ListedRow:
    state = Cell("disabled", Tone.MUTED, "–", "-") if user.is_disabled else Cell("enabled")
    if signed_in and not user.is_disabled:
        often = "" if signed_in == 1 else f", {signed_in} times"
        state = Cell(f"signed in{often}", Tone.GOOD, "●", "*")
    name = shown(user.name, LONGEST_NAME)
    cells = (
        Cell(f"{name} (you)" if is_own else name),
        Cell(user.role, hint=ABOUT[user.role]),
        Cell(WAYS.get(user.origin, shown(user.origin, 24))),
        state,
    )
    deeds = _user_deeds(user, name, signed_in, is_own)
    return ListedRow(user.name, cells, deeds, AuditFilter(who=user.name).address)


def _user_deeds(user: User, name: str, signed_in: int, is_own: bool) -> tuple[Deed, ...]:
    role = Field("role", "Role", user.role, kind="choice", options=_roles())
    password = Field("password", "New password", kind="password", hint="at least 12 characters")
    ends = f"{name} is signed out everywhere."
    deeds = []
    if not is_own and user.origin is Origin.PASSWORD:
        deeds.append(_deed("user-role", "Role", f"Role of {name}", "Set", ends, role))
        deeds.append(
            _deed("user-password", "Password", f"New password for {name}", "Set", ends, password)
        )
    if signed_in and not is_own:
        deeds.append(_deed("user-end", "End sign-ins", f"End the sign-ins of {name}?", "End", ends))
    if user.is_disabled:
        said = f"{name} can sign in again."
        deeds.append(_deed("user-enable", "Enable", f"Enable {name}?", "Enable", said))
    elif not is_own:
        said = f"{ends} {name} cannot sign in until enabled again."
        deeds.append(_deed("user-disable", "Disable", f"Disable {name}?", "Disable", said))
    return tuple(deeds)


def _session(each: SignedIn, person: Person, now: datetime, zone: tzinfo) -> ListedRow:
    name, is_this = shown(each.name, LONGEST_NAME), each.id == person.session
    seen = Cell("this one", Tone.GOOD, "●", "*") if is_this else Cell(_ago(each.seen, now))
    cells = (
        Cell(name, hint=each.role),
        Cell(shown(each.address, 60), hint=shown(each.agent, 200)),
        Cell(WAYS.get(each.way, shown(each.way, 24))),
        Cell(local_moment(each.since, zone)),
        seen,
    )
    said = f"Its pages close at once; {name} may sign in again."
    id = "own-session-end" if each.name == person.name else "session-end"
    deed = _deed(id, "End", f"End this sign-in of {name}?", "End", said)
    leads = AuditFilter(who=each.name).address if person.may(Right.MANAGE) else ""
    return ListedRow(each.id, cells, () if is_this else (deed,), leads)


def _token(token: Token, now: datetime, zone: tzinfo) -> ListedRow:
    name = shown(token.name, LONGEST_NAME)
    ends = Cell(local_moment(token.expires, zone)) if token.expires else Cell("never", Tone.WARNING)
    cells = (
        Cell(name),
        Cell(", ".join(SCOPES.get(scope, scope) for scope in token.scopes)),
        ends,
        Cell(shown(token.by, LONGEST_NAME)),
        Cell(_ago(token.used, now) if token.used else "never", Tone.MUTED),
        _token_state(token, now),
    )
    said = "Whoever uses it is refused from now on. This cannot be undone."
    deed = _deed("token-revoke", "Revoke", f"Revoke the token “{name}”?", "Revoke", said)
    leads = AuditFilter(target=token.name).address
    return ListedRow(token.id, cells, () if token.is_revoked else (deed,), leads)


def _token_state(token: Token, now: datetime) -> Cell:
    if token.is_revoked:
        return Cell("revoked", Tone.MUTED, "–", "-")
    if token.has_expired(now):
        return Cell("has ended", Tone.MUTED, "–", "-")
    return Cell("in force", Tone.GOOD, "●", "*")


def _deed(id: str, label: str, title: str, submit: str, explains: str, *fields: Field) -> Deed:
    return Deed(id, label, Form(id, title, fields, submit, explains))


def _roles() -> tuple[Option, ...]:
    return tuple(Option(role, f"{role}: {about}") for role, about in ABOUT.items())


def _ago(when: datetime, now: datetime) -> str:
    return f"{duration(now - when)} ago"
