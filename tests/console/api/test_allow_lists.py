"""The allow list is read in both nestings, and sent in the one that is documented for bodies."""

import pytest
from pydantic import TypeAdapter

from console.api.models.record import parsed
from console.api.models.usage import AllowList
from console.errors import ApiNonsense

ALLOWED: TypeAdapter[AllowList] = TypeAdapter(AllowList)


@pytest.mark.parametrize(
    "body",
    [
        b'{"projects": {"p": {"environments": ["dev", "prod"]}, "q": {}}}',
        b'{"projects": {"projects": {"p": {"environments": ["dev", "prod"]}, "q": {}}}}',
        b'{"projects": {"p": {"environments": ["dev", "prod"]}, "q": null}, "total": 2}',
        b'{"projects": {"projects": {"p": {"environments": ["dev", "prod"], "x": 1},'
        b' "q": {"environments": null}}}}',
    ],
)
def test_both_nestings_mean_the_same(body: bytes) -> None:
    assert parsed(ALLOWED, body).projects == {"p": ("dev", "prod"), "q": ()}


@pytest.mark.parametrize(
    "body",
    [
        b"{}",
        b'{"projects": {}}',
        b'{"projects": {"projects": {}}}',
    ],
)
def test_a_list_without_projects_is_empty(body: bytes) -> None:
    assert parsed(ALLOWED, body).projects == {}


@pytest.mark.parametrize(
    "body",
    [
        b'{"projects": 5}',
        b'{"projects": null}',
        b'{"projects": {"projects": null}}',
        b'{"projects": ["p"]}',
        b'{"projects": {"p": ["dev"]}}',
        b'{"projects": {"p": "dev"}}',
        b'{"projects": {"p": 5}}',
        b'{"projects": {"p": {"environments": "dev"}}}',
        b'{"projects": {"p": {"environments": 5}}}',
        b'{"projects": {"p": {"environments": {"dev": 1}}}}',
        b'{"projects": {"p": {"environments": [{"name": "dev"}]}}}',
    ],
)
def test_a_list_of_another_shape_is_nonsense_and_never_read_as_allowing_all(body: bytes) -> None:
    with pytest.raises(ApiNonsense):
        parsed(ALLOWED, body)


def test_it_is_sent_in_the_nesting_of_the_documented_bodies() -> None:
    allowed = AllowList(projects={"p": ("dev", "prod"), "q": ()})
    assert allowed.on_the_wire() == {"projects": {"p": {"environments": ["dev", "prod"]}, "q": {}}}
