"""What the settings page may change for whoever has it open: users, tokens, sign-ins, screens,
the own password. Each call asks anew who that is and what the role allows, and checks what was
given.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import tzinfo

from console.access.access import Access
from console.access.audit import Outcome, What
from console.access.person import Person
from console.access.refusals import refusal
from console.access.roles import Right, Role
from console.view.answers import Answers
from console.view.offers import ENDED
from console.view.people_words import (
    DISABLED,
    ENABLED,
    FIRST_IS_ADMIN,
    GONE,
    OTHERS_ENDED,
    OWN_PASSWORD,
    PASSWORD_SET,
    ROLE_SET,
    SESSION_ENDED,
    SESSIONS_ENDED,
    TOKEN_ADDED,
    TOKEN_REVOKED,
    UNKNOWN_FORM,
    USER_ADDED,
)
from console.view.settings_page import refused
from web.deeds import Answer, Doing, Sent, done
from web.screen_deeds import ScreenDeeds
from web.seat import Seat


class Management:
    """For one page. Nothing is changed by anybody whose role does not allow it; that is told to the
    audit instead."""

    def __init__(self, seat: Seat, access: Access, zone: tzinfo) -> None:
        self._seat, self._access, self._zone = seat, access, zone
        self._own: Mapping[str, Doing] = {
            "own-password": self._set_own_password,
            "own-others-end": self._end_own_others,
            "own-session-end": self._end_own,
        }
        self._admins: Mapping[str, Doing] = {
            "user-add": self._add_user,
            "user-role": self._set_role,
            "user-password": self._set_password,
            "user-disable": self._disable,
            "user-enable": self._enable,
            "user-end": self._end_sessions_of,
            "session-end": self._end_session,
            "token-add": self._add_token,
            "token-revoke": self._revoke_token,
            **ScreenDeeds(access.screens).by_form,
        }

    async def send(self, sent: Sent) -> Answer:
        person = self._seat.person(is_used=True)
        if person is None:
            return Answer({"": ENDED})
        if sent.form in self._own:
            return await self._own[sent.form](person, sent.key, Answers(dict(sent.answers)))
        if sent.form not in self._admins:
            return Answer({"": UNKNOWN_FORM})
        if not person.may(Right.MANAGE):
            detail = f"{sent.form}. {refused(person)}"
            self._access.note_of(
                person, What.REQUEST_REFUSED, sent.key[:200], detail, Outcome.REFUSED
            )
            return Answer({"": refused(person)})
        return await self._admins[sent.form](person, sent.key, Answers(dict(sent.answers)))

    async def _set_own_password(self, person: Person, key: str, given: Answers) -> Answer:
        current = given.text("old")
        password = given.new_password("password", person.name, again="again")
        doing = self._access.set_password(person.name, password, by=person, current=current)
        return await done(doing, given, OWN_PASSWORD, "old")

    async def _end_own(self, person: Person, key: str, given: Answers) -> Answer:
        mine = {each.id for each in self._access.sessions() if each.name == person.name}
        if key not in mine:
            return Answer({"": GONE})
        return await done(self._access.end_session(key, by=person), given, SESSION_ENDED)

    async def _end_own_others(self, person: Person, key: str, given: Answers) -> Answer:
        for each in self._access.sessions():
            if each.name == person.name and each.id != person.session:
                await refusal(self._access.end_session(each.id, by=person))
        return Answer(said=OTHERS_ENDED)

    async def _add_user(self, person: Person, key: str, given: Answers) -> Answer:
        name, role = given.new_name("name"), given.role("role")
        password = given.new_password("password", name)
        if not self._access.has_users and role is not Role.ADMIN:
            given.errors.setdefault("role", FIRST_IS_ADMIN)
        doing = self._access.add_user(name, role, password, by=person)
        return await done(doing, given, USER_ADDED, "name", name)

    async def _set_role(self, person: Person, key: str, given: Answers) -> Answer:
        role = given.role("role")
        return await done(
            self._access.set_role(key, role, by=person), given, ROLE_SET, "role", key, role
        )

    async def _set_password(self, person: Person, key: str, given: Answers) -> Answer:
        password = given.new_password("password", key)
        doing = self._access.set_password(key, password, by=person)
        return await done(doing, given, PASSWORD_SET, "password", key)

    async def _disable(self, person: Person, key: str, given: Answers) -> Answer:
        doing = self._access.disable(key, by=person)
        return await done(doing, given, DISABLED, "", key)

    async def _enable(self, person: Person, key: str, given: Answers) -> Answer:
        return await done(self._access.enable(key, by=person), given, ENABLED, "", key)

    async def _end_sessions_of(self, person: Person, key: str, given: Answers) -> Answer:
        doing = self._access.end_sessions_of(key, by=person)
        return await done(doing, given, SESSIONS_ENDED, "", key)

    async def _end_session(self, person: Person, key: str, given: Answers) -> Answer:
        if key not in {each.id for each in self._access.sessions()}:
            return Answer({"": GONE})
        return await done(self._access.end_session(key, by=person), given, SESSION_ENDED)

    async def _revoke_token(self, person: Person, key: str, given: Answers) -> Answer:
        return await done(self._access.revoke_token(key, person), given, TOKEN_REVOKED)

    async def _add_token(self, person: Person, key: str, given: Answers) -> Answer:
        name, scopes = given.token_name("name"), given.scopes("scopes")
        expires = given.last_day("expires", self._access.now, self._zone)
        if given.errors:
            return Answer(given.errors)
        made: list[str] = []

        async def make() -> None:
            _, secret = await self._access.add_token(name, scopes, expires, person)
            made.append(secret)

        answer = await done(make(), given, TOKEN_ADDED, "name", name)
        return replace(answer, secret=made[0]) if made else answer
