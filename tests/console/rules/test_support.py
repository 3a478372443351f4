"""Support is the API's word, read tolerantly and shown raw where it is not known."""

import pytest

from console.api.models.runners import RunnerRecord
from console.fleet.reading import runner_from
from console.fleet.snapshot import Runner
from console.rules.assessment import assess
from console.rules.support import Support, support
from console.view.version_words import support_cell
from tests.console.fleets import NOW, snapshot_of


def runner_with(word: object) -> Runner:
    details = {} if word is None else {"support": word}
    return runner_from(
        RunnerRecord.model_validate({"agentId": "1", "name": "a", "versionDetails": details})
    )


@pytest.mark.parametrize("word", ["SUPPORTED", "supported", "Supported", " SUPPORTED "])
def test_supported_is_read_in_any_case(word: str) -> None:
    assert support(runner_with(word)) is Support.SUPPORTED


@pytest.mark.parametrize("word", [None, "", "  "])
def test_a_missing_word_is_unknown(word: str | None) -> None:
    assert support(runner_with(word)) is Support.UNKNOWN


@pytest.mark.parametrize("word", ["OUT_OF_SUPPORT", "UNSUPPORTED", "END_OF_LIFE", "not supported"])
def test_any_other_word_is_unsupported_and_shown_as_the_api_gave_it(word: str) -> None:
    runner = runner_with(word)
    assert support(runner) is Support.UNSUPPORTED
    cell = support_cell(assess(runner, snapshot_of(runner), NOW))
    assert cell.text == "Out of support"
    assert word.casefold() in cell.hint


def test_a_hostile_word_is_made_safe_in_the_hint() -> None:
    runner = runner_with("\x1b[31mgone\u202e")
    assert support_cell(assess(runner, snapshot_of(runner), NOW)).hint.isprintable()
