"""The first admin comes by a link that holds once, and by nothing else."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from console.access.roles import Role
from tests.web.access.stage import ORIGIN, PASSWORD, Stage, staged
from web.access.cookies import PLAIN


async def made(stage: Stage, key: str, **fields: str) -> tuple[int, str]:
    form = {"key": key, "name": "ada", "password": PASSWORD, "again": PASSWORD, **fields}
    async with stage.browser() as browser:
        answer = await browser.post("/first-admin", data=form, headers=ORIGIN)
        return answer.status_code, answer.text + str(browser.cookies.get(PLAIN, ""))


async def test_the_link_makes_an_admin_who_is_signed_in_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with staged(tmp_path, monkeypatch) as stage, stage.browser() as browser:
        key = await stage.access.invite_admin()
        page = await browser.get(f"/first-admin?key={key}")
        assert f'name="key" value="{key}"' in page.text
        form = {"key": key, "name": "ada", "password": PASSWORD, "again": PASSWORD}
        done = await browser.post("/first-admin", data=form, headers=ORIGIN)
        assert (done.status_code, done.headers["location"]) == (303, "/")
        told = (await browser.get("/rows")).json()
        assert (told["name"], told["role"]) == ("ada", "admin")


async def test_it_holds_once_and_only_while_there_is_no_admin(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with staged(tmp_path, monkeypatch) as stage:
        key = await stage.access.invite_admin()
        await stage.add_user("vic", Role.VIEWER)
        assert (await made(stage, key))[0] == 303
        assert (await made(stage, key, name="eve"))[0] == 410
        async with stage.browser() as browser:
            assert (await browser.get(f"/first-admin?key={key}")).status_code == 410
        assert [user.name for user in stage.access.users()] == ["ada", "vic"]


async def test_wrong_old_and_hostile_links_make_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with staged(tmp_path, monkeypatch) as stage, stage.browser() as browser:
        old = await stage.access.invite_admin()
        key = await stage.access.invite_admin()
        for wrong in (old, key[:-1], key + "x", "x", "", "x" * 9000, "\x00", "<b>", "' or 1=1"):
            page = await browser.get("/first-admin", params={"key": wrong})
            assert page.status_code in (200, 410)
            assert "<b>" not in page.text
            status, _ = await made(stage, wrong)
            assert 400 <= status < 500, wrong
            stage.pass_time(timedelta(minutes=1))
        stage.pass_time(timedelta(hours=1))
        assert (await made(stage, key))[0] == 403
        assert stage.access.users() == ()


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"again": "another horse entirely"}, ["again"]),
        ({"password": "short", "again": "short"}, ["password"]),
        ({"password": "x" * 2000, "again": "x" * 2000}, ["password"]),
        ({"name": ""}, ["name"]),
        ({"name": "\u202e", "password": "short"}, ["name", "password"]),
        ({"name": "a" * 500}, ["name"]),
        ({"name": "VIC"}, ["name"]),
    ],
)
async def test_what_cannot_be_taken_says_why_at_its_field_and_leaves_the_link_as_it_was(
    fields: dict[str, str], wrong: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with staged(tmp_path, monkeypatch) as stage:
        key = await stage.access.invite_admin()
        await stage.add_user("vic", Role.VIEWER)
        status, text = await made(stage, key, **fields)
        assert 400 <= status < 500
        inputs = {
            each["id"]: each for each in map(attributes, re.findall(r"<input id=[^>]*>", text))
        }
        assert [name for name, each in inputs.items() if "aria-invalid" in each] == wrong
        assert [name for name, each in inputs.items() if "autofocus" in each] == wrong[:1]
        for name in wrong:
            assert f"{name}-error" in inputs[name]["aria-describedby"].split()
            assert re.search(f'id="{name}-error">[A-Z][^<]+[.]<', text)
        assert 'value="short"' not in text
        assert [user.name for user in stage.access.users()] == ["vic"]
        assert (await made(stage, key))[0] == 303


async def test_a_form_that_is_too_large_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with staged(tmp_path, monkeypatch) as stage:
        key = await stage.access.invite_admin()
        assert (await made(stage, key, password="x" * 9000, again="x" * 9000))[0] == 413


def attributes(element: str) -> dict[str, str]:
    return dict(re.findall(r' ([a-z-]+)(?:="([^"]*)")?', element))
