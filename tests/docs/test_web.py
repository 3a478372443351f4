"""docs/web.md tells every setting for serving, with its flag."""

import re
import tomllib
from argparse import ArgumentParser
from pathlib import Path

from console.serving_settings import SECRET_VARIABLE, ServingSettings
from web.face import FLAGS, add_arguments

PAGE = (Path(__file__).parents[2] / "docs" / "web.md").read_text("utf-8")


def test_every_setting_stands_on_the_page_in_its_order_with_its_flag() -> None:
    rows = re.findall(r"^\| `(\w+)` \| (?:`(--[\w-]+)`|–) \| (.+) \|$", PAGE, re.MULTILINE)
    assert [name for name, _, _ in rows] == list(ServingSettings.model_fields)
    assert {name for name, flag, _ in rows if flag} == set(FLAGS)
    parser = ArgumentParser()
    add_arguments(parser)
    for name, flag, _ in rows:
        if flag:
            assert {action.dest for action in parser._actions if flag in action.option_strings} == {
                name
            }


def test_the_secret_is_told_to_come_from_where_it_does() -> None:
    assert SECRET_VARIABLE in PAGE


def test_the_examples_can_be_used_as_they_stand() -> None:
    examples = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    assert len(examples) == 3
    for example in examples:
        ServingSettings.model_validate(tomllib.loads(example)["web"])
