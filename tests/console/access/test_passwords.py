"""Which passwords and names are taken, and how passwords are kept."""

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.access.passwords import COMMON, LONGEST, SHORTEST, Passwords, password_fault
from console.access.users import LONGEST_NAME, name_fault, spoken, user_key
from tests.console.access.desk import GOOD, quick_hasher


@pytest.mark.parametrize(
    "password",
    [
        "",
        "short",
        "eleven char",
        "x" * (LONGEST + 1),
        "aaaaaaaaaaaaaaaa",
        "abcabcabcabc",
        "12341234123412",
        "123456789012",
        "210987654321",
        "QwertyUiopAs",
        "Password1234",
        "ＰＡＳＳＷＯＲＤ１２３４",
        "ada.lovelace",
        "Ada.Lovelace1",
        *sorted(COMMON),
    ],
)
def test_a_password_that_is_guessed_first_is_refused_with_the_reason(password: str) -> None:
    fault = password_fault(password, "ada.lovelace")
    assert fault.endswith(".")
    assert password not in fault or not password


@pytest.mark.parametrize(
    "password",
    [GOOD, "correct horse battery", "пароль-подлиннее", "  spaces count  ", "x7" * 50 + "!"],
)
def test_any_other_is_taken_whatever_its_letters(password: str) -> None:
    assert password_fault(password, "ada") == ""


@given(password=st.text(max_size=300), name=st.text(max_size=300))
def test_whatever_is_typed_as_a_password_or_a_name_is_answered_by_a_sentence(
    password: str, name: str
) -> None:
    for fault in (password_fault(password, name), name_fault(name)):
        assert fault == "" or fault.endswith(".")
    if password_fault(password, name) == "":
        assert SHORTEST <= len(password) <= LONGEST


@given(password=st.text(st.characters(exclude_categories=()), max_size=LONGEST))
async def test_a_password_matches_its_own_hash_and_no_other(password: str) -> None:
    passwords = Passwords(quick_hasher())
    try:
        stored = await passwords.hashed(password)
        assert await passwords.matches(stored, password)
        assert not await passwords.matches(stored, f"{password}!")
        assert not await passwords.matches("", password)
    finally:
        await passwords.close()


async def test_hashing_is_done_by_a_thread_of_its_own() -> None:
    used: list[threading.Thread] = []

    class Watched(type(quick_hasher())):  # type: ignore[misc]
        def verify(self, *arguments: object) -> bool:
            used.append(threading.current_thread())
            return bool(super().verify(*arguments))

    passwords = Passwords(Watched(time_cost=1, memory_cost=8, parallelism=1))
    await passwords.matches("", GOOD)
    await passwords.matches(await passwords.hashed(GOOD), GOOD)
    await passwords.close()
    assert len(used) == 2
    assert threading.main_thread() not in used


async def test_what_is_stored_is_argon2id_of_its_standard_cost() -> None:
    passwords = Passwords()
    stored = await passwords.hashed(GOOD)
    assert stored.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert not passwords.is_outdated(stored)
    assert await passwords.matches(stored, GOOD)
    await passwords.close()


@pytest.mark.parametrize("stored", ["", "nonsense", "$argon2id$v=19$m=65536", "$2b$12$abc", "\0"])
async def test_a_stored_hash_that_is_damaged_matches_nothing(stored: str) -> None:
    passwords = Passwords(quick_hasher())
    assert not await passwords.matches(stored, GOOD)
    await passwords.close()


@pytest.mark.parametrize(
    "name",
    [
        "",
        "   ",
        "x" * (LONGEST_NAME + 1),
        "two\nlines",
        "bell\a",
        "zero\0",
        "right-to-left \u202e",
        "zero\u200bwidth",
        "half \ud800",
        "\u3164filler",
        " space before",
        "space after ",
        "---",
        "\ufdfa" * 100,
    ],
)
def test_a_name_that_cannot_be_read_or_told_from_another_is_refused(name: str) -> None:
    assert name_fault(name).endswith(".")


@pytest.mark.parametrize(
    "name", ["ada", "Ada Lovelace", "ada@example.com", "Зоя", "李", "o'brien", "<script>alert(1)"]
)
def test_any_other_name_is_taken_as_text(name: str) -> None:
    assert name_fault(name) == ""


def test_names_that_read_alike_are_one() -> None:
    assert len({user_key(name) for name in ("Ada", "ADA", "ａｄａ", "ada")}) == 1
    assert user_key("Straße") == user_key("STRASSE")
    assert user_key("re\u0301mi") == user_key("R\u00c9MI")


@given(st.text(st.characters(exclude_categories=()), max_size=500))
def test_any_text_can_stand_as_a_name_in_a_sentence(name: str) -> None:
    assert len(spoken(name)) <= LONGEST_NAME + 1
    assert spoken(name).isprintable()
    assert user_key(user_key(name)) == user_key(name) or len(user_key(name)) > LONGEST_NAME
