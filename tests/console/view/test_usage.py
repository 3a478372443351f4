"""Who uses a runner, in words: calm, short, and never "none" for what nobody could see."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.fleet.snapshot import ProblemKind, Runner
from console.fleet.usage import (
    NOT_ASKED,
    Due,
    Environment,
    Part,
    Project,
    Run,
    Stream,
    Trouble,
    Usage,
)
from console.view.section import Section
from console.view.tone import Tone
from console.view.usage import usage_sentences, used_by_section
from tests.console.fleets import HEALTHY, HOSTED, NOW, STREAMING

FINANCE = Project("f", "Finance")
MINUTE = timedelta(minutes=1)
NOTE = "estimate: an execution does not say on which runner"
HOSTILE = "\x1b[31m=cmd()\n\u202ered[/]<b>"


def read(*items: Any, is_cut: bool = False) -> Part[Any]:
    return Part(items, is_cut, NOW, NOW)


def failed(kind: ProblemKind = ProblemKind.NOT_ALLOWED) -> Part[Any]:
    return Part(tried=NOW, trouble=Trouble(kind, "HTTP 403: Access denied"))


def used_in(*names: str, runner: Runner = HEALTHY) -> Usage:
    """Read whole: the runner is the default of these, nothing runs, nothing is scheduled."""
    return Usage(
        projects=read(FINANCE),
        environments={"f": read(*(Environment(FINANCE, name, runner.id) for name in names))},
        running=read(),
        due={"f": read()},
        streams={"f": read()},
    )


def due(name: str, after: timedelta, environment: str = "prod") -> Due:
    return Due(environment, name, "", NOW + after)


def facts(section: Section) -> dict[str, str]:
    return {fact.label: fact.cell.text for fact in section.facts}


def told(usage: Usage, runner: Runner = HEALTHY, after: timedelta = timedelta()) -> dict[str, str]:
    section = used_by_section(runner, usage, NOW + after)
    assert section.title == "Used by"
    return facts(section)


def said(usage: Usage, runner: Runner = HEALTHY, after: timedelta = timedelta()) -> str:
    return " ".join(usage_sentences(runner, usage, NOW + after))


BUSY = replace(
    used_in("prod", "test", "dev"),
    running=read(Run(("f", "prod"), "Ledger"), Run(("f", "dev"), "Smoke test")),
    due={"f": read(due("nightly-load", 14 * MINUTE))},
)


def test_all_that_is_known_is_told() -> None:
    assert told(BUSY) == {
        "Default of": "3 environments (Finance / prod, Finance / test, Finance / dev)",
        "Running now": f"2 pipelines: Ledger, Smoke test ({NOTE})",
        "Next": "nightly-load in 14 min (estimate)",
    }
    assert said(BUSY) == (
        "Default of 3 environments; 2 pipelines running (estimate); next schedule in 14 min."
    )


def test_one_is_not_many() -> None:
    usage = replace(used_in("prod"), running=read(Run(("f", "prod"), "Ledger")))
    assert told(usage)["Default of"] == "1 environment (Finance / prod)"
    assert told(usage)["Running now"] == f"1 pipeline: Ledger ({NOTE})"
    assert said(usage).startswith("Default of 1 environment; 1 pipeline running (estimate);")


def test_an_idle_runner_is_said_to_be_idle_as_an_estimate() -> None:
    usage = used_in("prod")
    assert told(usage)["Running now"] == f"No pipeline ({NOTE})"
    assert told(usage)["Next"] == "Nothing scheduled (estimate)"
    assert said(usage) == (
        "Default of 1 environment; no pipeline running (estimate); nothing scheduled."
    )


def test_no_default_is_said_of_what_these_credentials_can_see() -> None:
    assert told(used_in()) == {"Default of": "No environment that these credentials can see"}
    assert said(used_in()) == "No environment that these credentials can see has it as its default."


def test_of_many_names_a_few_are_told() -> None:
    usage = used_in(*(f"e{number}" for number in range(8)))
    assert told(usage)["Default of"] == (
        "8 environments (Finance / e0, Finance / e1, Finance / e2 and 5 more)"
    )


@pytest.mark.parametrize(
    ("after", "words"),
    [
        (timedelta(), "within a minute"),
        (timedelta(seconds=59), "within a minute"),
        (MINUTE, "in 1 min"),
        (timedelta(hours=3), "in 3 h"),
    ],
)
def test_what_is_next_is_told_without_counting_seconds(after: timedelta, words: str) -> None:
    usage = replace(used_in("prod"), due={"f": read(due("load", after))})
    assert told(usage)["Next"] == f"load {words} (estimate)"
    assert said(usage).endswith(f"next schedule {words}.")


def test_a_streaming_runner_tells_its_pipeline() -> None:
    usage = replace(used_in(), streams={"f": read(Stream("orders-cdc", STREAMING.id))})
    assert told(usage, STREAMING)["Streams"] == "orders-cdc"
    assert said(usage, STREAMING) == "It streams orders-cdc."
    assert told(used_in(), STREAMING)["Streams"] == "No pipeline that these credentials can see"
    assert said(used_in(), STREAMING) == "No pipeline that these credentials can see streams on it."
    denied = replace(used_in(), streams={"f": failed()})
    assert said(denied, STREAMING) == (
        "Which pipeline it streams cannot be told:"
        " these credentials may not see streaming pipelines."
    )


def test_a_streaming_runner_that_is_a_default_tells_both() -> None:
    usage = replace(
        used_in("prod", runner=STREAMING), streams={"f": read(Stream("cdc", STREAMING.id))}
    )
    assert said(usage, STREAMING).startswith("It streams cdc. Default of 1 environment;")


def test_a_hosted_runner_has_its_facts_but_no_sentence_in_a_plan() -> None:
    usage = used_in("prod", runner=HOSTED)
    assert told(usage, HOSTED)["Default of"] == "1 environment (Finance / prod)"
    assert usage_sentences(HOSTED, usage, NOW) == ()


def test_before_the_reading_nothing_is_claimed() -> None:
    assert told(NOT_ASKED) == {"Default of": "Not read yet"}
    assert said(NOT_ASKED) == "Who uses it is not read yet."
    asked = replace(NOT_ASKED, asked=frozenset({HEALTHY.id}))
    assert told(asked) == {"Default of": "Being read …"}
    assert said(asked) == "Who uses it is being read."
    (fact,) = used_by_section(HEALTHY, asked, NOW).facts
    assert fact.cell.tone is Tone.MUTED


def test_parts_that_are_still_being_read_say_so() -> None:
    asked = frozenset({HEALTHY.id})
    usage = replace(used_in("prod"), running=Part(), due={}, asked=asked)
    assert told(usage)["Running now"] == told(usage)["Next"] == "Being read …"
    assert said(usage) == (
        "Default of 1 environment; what runs there is being read;"
        " what is scheduled next is being read."
    )


@pytest.mark.parametrize("kind", ProblemKind)
def test_what_cannot_be_read_says_why(kind: ProblemKind) -> None:
    usage = Usage(projects=failed(kind))
    (fact,) = used_by_section(HEALTHY, usage, NOW).facts
    assert fact.cell.text.startswith("Cannot tell: ")
    assert fact.cell.text.endswith(".")
    assert fact.cell.hint == "HTTP 403: Access denied"
    assert said(usage).startswith("Who uses it cannot be told: ")


def test_credentials_that_may_not_see_projects_cannot_tell() -> None:
    usage = Usage(projects=failed())
    assert told(usage) == {"Default of": "Cannot tell: these credentials may not see projects."}
    empty = Usage(projects=read())
    assert told(empty) == {"Default of": "Cannot tell: these credentials see no project."}


def test_what_runs_and_what_is_next_may_be_denied_alone() -> None:
    usage = replace(used_in("prod"), running=failed(), due={"f": failed()})
    assert told(usage)["Running now"] == "Cannot tell: these credentials may not see executions."
    assert told(usage)["Next"] == "Cannot tell: these credentials may not see schedules."
    assert said(usage) == (
        "Default of 1 environment; what runs there cannot be told;"
        " what is scheduled next cannot be told."
    )


def test_what_was_read_in_part_is_at_least() -> None:
    usage = replace(BUSY, projects=read(FINANCE, Project("c", "")))
    usage = replace(usage, environments={**usage.environments, "c": failed()})
    assert told(usage)["Default of"].startswith("At least 3 environments (")
    assert told(usage)["Default of"].endswith("; not all projects could be read")
    assert told(usage)["Running now"].startswith("At least 2 pipelines: ")
    assert said(usage) == (
        "Default of at least 3 environments; at least 2 pipelines running (estimate);"
        " next known schedule in 14 min."
    )


def test_what_is_old_tells_its_age() -> None:
    assert told(BUSY, after=8 * MINUTE)["Running now"].endswith(f", as read 8 min ago ({NOTE})")
    assert said(BUSY, after=8 * MINUTE) == (
        "Default of 3 environments; 2 pipelines running 8 min ago (estimate);"
        " next schedule in 6 min."
    )
    assert told(BUSY, after=30 * MINUTE)["Default of"].endswith(", as read 30 min ago")


@given(
    names=st.lists(st.one_of(st.text(), st.just(HOSTILE)), min_size=1, max_size=5),
    is_streaming=st.booleans(),
)
def test_names_are_made_safe(names: list[str], is_streaming: bool) -> None:
    runner = STREAMING if is_streaming else HEALTHY
    project = Project("f", names[0])
    usage = Usage(
        projects=read(project),
        environments={"f": read(*(Environment(project, name, runner.id) for name in names))},
        running=read(*(Run(("f", name), name) for name in names)),
        due={"f": read(*(Due(name, name, name, NOW + MINUTE) for name in names))},
        streams={"f": read(*(Stream(name, runner.id) for name in names))},
    )
    lines = [*told(usage, runner).values(), *usage_sentences(runner, usage, NOW)]
    for line in lines:
        assert not set(line) & set("\x1b\n\r\u202e\u200b\x00")
        assert len(line) < 500
        assert line.strip()


DEFAULT = Environment(FINANCE, "prod", HEALTHY.id)
PARTS = st.sampled_from([Part(), failed(), read(), read(is_cut=True)])


@given(
    projects=st.sampled_from([Part(), failed(), read(), read(FINANCE), read(FINANCE, is_cut=True)]),
    environments=st.one_of(PARTS, st.just(read(DEFAULT)), st.just(None)),
    running=PARTS,
    schedules=PARTS,
    streams=PARTS,
    runner=st.sampled_from([HEALTHY, STREAMING]),
    asked=st.sampled_from([frozenset(), frozenset({HEALTHY.id})]),
)
def test_nothing_is_called_none_unless_it_was_read_whole(
    projects: Part[Project],
    environments: Part[Environment] | None,
    running: Part[Run],
    schedules: Part[Due],
    streams: Part[Stream],
    runner: Runner,
    asked: frozenset[str],
) -> None:
    by_project = {} if environments is None else {"f": environments}
    usage = Usage(projects, by_project, running, {"f": schedules}, {"f": streams}, asked)
    told_of = told(usage, runner)
    text = said(usage, runner).lower()
    is_listed = projects == read(FINANCE)
    if told_of["Default of"].startswith("No env") or "no environment" in text:
        assert is_listed
        assert environments in (read(), read(DEFAULT))
        assert environments == read() or runner is not HEALTHY
    if told_of.get("Running now", "").startswith("No ") or "no pipeline running" in text:
        assert is_listed
        assert running == read()
    if told_of.get("Next", "").startswith("Nothing") or "nothing scheduled" in text:
        assert is_listed
        assert schedules == read()
    if told_of.get("Streams", "").startswith("No ") or "no pipeline that" in text:
        assert is_listed
        assert streams == read()
