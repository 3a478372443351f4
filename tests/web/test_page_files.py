"""One script and one sheet for all pages, under addresses that change with what they hold."""

import httpx
import pytest
from fastapi import FastAPI

from web.joining import NotJoinedError, joined
from web.page_files import SCRIPT, STYLES, add_page_files, address, files, head


@pytest.fixture
def client() -> httpx.AsyncClient:
    app = FastAPI()
    add_page_files(app)
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://console")


@pytest.mark.parametrize("name", [SCRIPT, STYLES])
async def test_what_stands_in_the_head_may_be_kept_for_ever(
    client: httpx.AsyncClient, name: str
) -> None:
    assert address(name) in head()
    answer = await client.get(f"/{address(name)}")
    assert answer.content == files()[name]
    assert "immutable" in answer.headers["cache-control"]


@pytest.mark.parametrize("path", ["static/0123456789abcdef/page.js", address("nothing.js")])
async def test_of_another_build_and_of_what_there_is_not_nothing_is_kept(
    client: httpx.AsyncClient, path: str
) -> None:
    answer = await client.get(f"/{path}")
    assert answer.status_code == 404
    assert answer.headers["cache-control"] == "no-store"


def test_scripts_run_after_those_that_they_import_and_see_only_what_they_asked_for() -> None:
    others = {
        "a.js": "const PAUSE = 1;\nexport const one = () => PAUSE;\nexport class Two {}\n",
        "b.js": 'import { one } from "console/a.js";\nexport default (all) => one();\n',
    }
    scripts = {
        "c.js": 'import { h } from "vue";\nimport "console/b.js";\nexport default { h };\n',
        "d.js": 'import c from "console/c.js";\nconst PAUSE = 2;\nexport default [c, PAUSE];\n',
    }
    text = joined(scripts, others, "b.js")
    places = [text.index(f"const ${name} =") for name in "abcd"]
    assert places == sorted(places)
    assert text.startswith('import * as $vue from "vue";\n')
    assert "const { one } = $a;" in text
    assert "return { one, Two };" in text
    assert "const c = $c.default;" in text
    called = (
        "export const page = $b.default({",
        '  "c": $c.default,',
        '  "d": $d.default,',
        "});",
        "",
    )
    assert text.endswith("\n".join(called))


@pytest.mark.parametrize(
    "line",
    [
        'export { one } from "console/b.js";',
        'import * as all from "console/b.js";',
        'import {\n  one,\n} from "console/b.js";',
        "export let changing = 1;",
    ],
)
def test_a_form_that_joining_does_not_know_is_refused(line: str) -> None:
    with pytest.raises(NotJoinedError, match="a line that"):
        joined({"a.js": f"{line}\n"}, {"b.js": "export const one = 1;\n"}, "b.js")


def test_a_script_that_there_is_not_is_named() -> None:
    with pytest.raises(NotJoinedError, match="no script nothing"):
        joined({"a.js": 'import { one } from "console/nothing.js";\n'}, {}, "b.js")
