"""The sections of the settings that are about people, made of what is known of them now."""

from dataclasses import replace
from datetime import datetime, tzinfo

from console.access.access import Access
from console.access.person import Person
from console.access.users import Origin
from console.view.form import Form
from console.view.listing import Listing
from console.view.people import (
    end_others_form,
    new_token_form,
    new_user_form,
    own_password_form,
    sessions_listing,
    tokens_listing,
    users_listing,
)
from console.view.rights import what_a_role_may, what_each_role_may
from console.view.screens import (
    HOW,
    OPEN_TO_ALL,
    new_screen_form,
    screens_listing,
    waiting_listing,
)
from console.view.settings_page import (
    ACCOUNT,
    KEEPS_NO_USERS,
    SCREENS,
    SESSIONS,
    TOKENS,
    USERS,
    SectionLink,
    SettingsView,
    account_facts,
    nobody_signs_in,
    sections_for,
)
from console.view.table import Cell
from console.view.tone import Tone


def settings_view(
    section: SectionLink, person: Person, access: Access | None, now: datetime, zone: tzinfo
) -> SettingsView:
    """Without lists where somebody else has to read them first."""
    plain = SettingsView(sections_for(person), section.key, section.title, person.name)
    if section == ACCOUNT:
        return _account(plain, person, access, now, zone)
    if section not in (USERS, TOKENS, SESSIONS, SCREENS):
        return plain
    sentences = () if person.session else nobody_signs_in()
    if access is None:
        return replaced(plain, (*sentences, Cell(KEEPS_NO_USERS, Tone.MUTED)))
    if access.problem:
        sentences = (*sentences, Cell(access.problem, Tone.WARNING, "!", "!"))
    if section == USERS:
        users = users_listing(access.users(), access.sessions(), person)
        return replaced(plain, sentences, (users, what_each_role_may()), (new_user_form(),))
    if section == TOKENS:
        tokens = tokens_listing(access.tokens(), now, zone)
        return replaced(plain, sentences, (tokens,), (new_token_form(),))
    if section == SCREENS:
        return _screens(plain, sentences, access, zone)
    signed_in = sessions_listing(access.sessions(), person, now, zone, SESSIONS.title)
    return replaced(plain, sentences, (signed_in,))


def _account(
    plain: SettingsView, person: Person, access: Access | None, now: datetime, zone: tzinfo
) -> SettingsView:
    rights = what_a_role_may(person.role)
    if access is None or not person.session:
        return replaced(plain, nobody_signs_in(), (rights,))
    mine = [each for each in access.sessions() if each.name == person.name]
    own = sessions_listing(mine, person, now, zone, "Your sign-ins")
    user = next((each for each in access.users() if each.name == person.name), None)
    forms = (end_others_form(),) if len(mine) > 1 else ()
    if user is not None and user.origin is Origin.PASSWORD:
        forms = (own_password_form(), *forms)
    told = replaced(plain, (), (own, rights), forms)
    return replace(told, facts=account_facts(person))


def _screens(
    plain: SettingsView, sentences: tuple[Cell, ...], access: Access, zone: tzinfo
) -> SettingsView:
    now = access.now
    listings = (
        screens_listing(access.screens.all(), now, zone),
        waiting_listing(access.screens.all_waiting(), now),
    )
    how = HOW if access.has_users else OPEN_TO_ALL
    return replaced(plain, (*sentences, Cell(how, Tone.MUTED)), listings, (new_screen_form(),))


def replaced(
    plain: SettingsView,
    sentences: tuple[Cell, ...],
    listings: tuple[Listing, ...] = (),
    forms: tuple[Form, ...] = (),
) -> SettingsView:
    return replace(plain, sentences=sentences, listings=listings, forms=forms)
