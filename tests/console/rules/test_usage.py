"""Who uses a runner: what is known, what is an estimate, and what cannot be told."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.fleet.snapshot import ProblemKind
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
from console.rules.usage import Answer, Gap, used_by
from tests.console.fleets import HEALTHY, HOSTED, NOW, STREAMING

FINANCE, COMMERCE = Project("f", "Finance"), Project("c", "Commerce")
PROD = Environment(FINANCE, "prod", HEALTHY.id)
DEV = Environment(COMMERCE, "dev", HEALTHY.id)
DENIED = Trouble(ProblemKind.NOT_ALLOWED, "HTTP 403")
MINUTE = timedelta(minutes=1)


def read(*items: Any, taken: datetime = NOW, is_cut: bool = False) -> Part[Any]:
    return Part(items, is_cut, taken, taken)


def due(name: str, minutes: float | None, environment: str | None = "prod") -> Due:
    return Due(environment, name, name, None if minutes is None else NOW + minutes * MINUTE)


FAILED: Part[Any] = Part(tried=NOW, trouble=DENIED)

WHOLE = Usage(
    projects=read(FINANCE, COMMERCE),
    environments={"f": read(PROD), "c": read(DEV)},
    running=read(Run(PROD.place, "Ledger"), Run(("f", "other"), "Else")),
    due={"f": read(due("late", 20), due("soon", 14), due("other", 1, "test")), "c": read()},
    streams={"f": read(Stream("orders-cdc", STREAMING.id)), "c": read()},
)


def test_what_was_read_whole_is_known() -> None:
    used = used_by(HEALTHY, WHOLE, NOW)
    assert used.environments == Answer((PROD, DEV))
    assert used.running == Answer(("Ledger",))
    assert used.next_run == Answer((due("soon", 14),))
    assert used.streams is None


def test_a_hosted_runner_is_answered_for_like_any_other() -> None:
    hosted = Environment(FINANCE, "dev", HOSTED.id)
    usage = replace(WHOLE, environments={"f": read(hosted), "c": read()})
    assert used_by(HOSTED, usage, NOW).environments == Answer((hosted,))


def test_a_runner_that_is_no_default_has_no_estimates() -> None:
    used = used_by(replace(HEALTHY, id="other"), WHOLE, NOW)
    assert used.environments == Answer(())
    assert (used.running, used.next_run) == (None, None)


def test_nothing_is_known_before_anybody_has_asked() -> None:
    used = used_by(STREAMING, NOT_ASKED, NOW)
    assert used.environments == Answer(gap=Gap.NOT_READ)
    assert used.streams == Answer(gap=Gap.NOT_READ)


def test_what_is_being_read_is_said_of_the_runner_it_is_read_for() -> None:
    asked = replace(NOT_ASKED, asked=frozenset({HEALTHY.id}))
    assert used_by(HEALTHY, asked, NOW).environments.gap is Gap.BEING_READ
    assert used_by(HOSTED, asked, NOW).environments.gap is Gap.NOT_READ


def test_projects_that_may_not_be_seen_leave_nothing_to_tell() -> None:
    usage = Usage(projects=FAILED, running=read())
    assert used_by(HEALTHY, usage, NOW).environments == Answer(gap=Gap.UNREADABLE, trouble=DENIED)


def test_a_credential_that_sees_no_project_cannot_tell() -> None:
    usage = Usage(projects=read(), running=read())
    assert used_by(HEALTHY, usage, NOW).environments == Answer(gap=Gap.NO_PROJECTS)
    assert used_by(STREAMING, usage, NOW).streams == Answer(gap=Gap.NO_PROJECTS)


def test_a_project_that_failed_makes_it_at_least() -> None:
    usage = replace(WHOLE, environments={"f": read(PROD), "c": FAILED})
    answer = used_by(HEALTHY, usage, NOW).environments
    assert answer == Answer((PROD,), Gap.UNREADABLE, DENIED)
    assert answer.is_partial


def test_a_runner_not_found_while_a_project_failed_may_still_be_used() -> None:
    usage = replace(WHOLE, environments={"f": read(PROD), "c": FAILED})
    other = used_by(replace(HEALTHY, id="other"), usage, NOW).environments
    assert other == Answer(gap=Gap.UNREADABLE, trouble=DENIED)


def test_where_there_may_be_more_environments_more_may_run_and_come() -> None:
    usage = replace(WHOLE, environments={"f": read(PROD), "c": FAILED})
    used = used_by(HEALTHY, usage, NOW)
    assert used.running == Answer(("Ledger",), Gap.UNREADABLE, DENIED)
    assert used.next_run == Answer((due("soon", 14),), Gap.UNREADABLE, DENIED)
    idle = used_by(HEALTHY, replace(usage, running=read(), due={"f": read()}), NOW)
    assert idle.running == Answer(gap=Gap.UNREADABLE, trouble=DENIED)
    assert idle.next_run == Answer(gap=Gap.UNREADABLE, trouble=DENIED)


def test_more_projects_than_are_read_make_it_at_least() -> None:
    usage = replace(WHOLE, projects=read(FINANCE, COMMERCE, is_cut=True))
    assert used_by(HEALTHY, usage, NOW).environments == Answer((PROD, DEV), Gap.TOO_MANY)
    assert used_by(HOSTED, usage, NOW).environments == Answer(gap=Gap.TOO_MANY)


def test_a_default_that_is_named_without_its_id_could_be_any_runner() -> None:
    usage = replace(WHOLE, environments={"f": read(replace(PROD, runner_id="")), "c": read()})
    assert used_by(HEALTHY, usage, NOW).environments == Answer(gap=Gap.UNNAMED)


@pytest.mark.parametrize(
    ("part", "answer"),
    [
        (Part(), Answer(gap=Gap.NOT_READ)),
        (FAILED, Answer(gap=Gap.UNREADABLE, trouble=DENIED)),
        (read(), Answer(())),
        (read(is_cut=True), Answer(gap=Gap.TOO_MANY)),
        (read(Run(None, "x")), Answer(gap=Gap.UNNAMED)),
        (read(Run(PROD.place, "a"), is_cut=True), Answer(("a",), Gap.TOO_MANY)),
    ],
)
def test_what_runs_is_none_only_when_all_that_runs_was_read(
    part: Part[Run], answer: Answer[str]
) -> None:
    assert used_by(HEALTHY, replace(WHOLE, running=part), NOW).running == answer


@pytest.mark.parametrize(
    ("part", "answer"),
    [
        (Part(), Answer(gap=Gap.NOT_READ)),
        (FAILED, Answer(gap=Gap.UNREADABLE, trouble=DENIED)),
        (read(), Answer(())),
        (read(due("a", 5, "test")), Answer(())),
        (read(due("a", None)), Answer(gap=Gap.UNDATED)),
        (read(due("a", -1)), Answer(gap=Gap.UNDATED)),
        (read(due("a", 5, None)), Answer(gap=Gap.UNNAMED)),
        (read(due("a", 0)), Answer((due("a", 0),))),
        (read(due("a", -1), due("b", 5)), Answer((due("b", 5),), Gap.UNDATED)),
    ],
)
def test_what_is_next_is_nothing_only_when_each_schedule_told(
    part: Part[Due], answer: Answer[Due]
) -> None:
    usage = replace(WHOLE, due={"f": part, "c": read()})
    assert used_by(HEALTHY, usage, NOW).next_run == answer


def test_a_streaming_runner_has_the_one_pipeline_that_names_it_whatever_else_failed() -> None:
    usage = replace(WHOLE, streams={"f": WHOLE.streams["f"], "c": FAILED})
    assert used_by(STREAMING, usage, NOW).streams == Answer(("orders-cdc",))
    other = replace(STREAMING, id="other")
    assert used_by(other, usage, NOW).streams == Answer(gap=Gap.UNREADABLE, trouble=DENIED)
    assert used_by(other, WHOLE, NOW).streams == Answer(())


def test_what_is_older_than_it_is_kept_carries_its_age() -> None:
    assert used_by(HEALTHY, WHOLE, NOW + 2 * MINUTE).running == Answer(("Ledger",))
    used = used_by(HEALTHY, WHOLE, NOW + 3 * MINUTE)
    assert used.running == Answer(("Ledger",), as_of=NOW)
    assert used.environments.as_of is None
    assert used_by(HEALTHY, WHOLE, NOW + 21 * MINUTE).environments.as_of == NOW


def test_a_new_failure_leaves_what_was_known_with_its_age() -> None:
    later = NOW + 30 * MINUTE
    kept = replace(WHOLE, projects=replace(WHOLE.projects, tried=later, trouble=DENIED))
    assert used_by(HEALTHY, kept, later).environments == Answer((PROD, DEV), as_of=NOW)


def parts(*items: Any) -> st.SearchStrategy[Part[Any]]:
    return st.one_of(
        st.sampled_from([Part(), FAILED]),
        st.builds(
            Part,
            st.lists(st.sampled_from(items), max_size=3).map(tuple),
            st.booleans(),
            st.sampled_from([NOW, NOW - 40 * MINUTE]),
            st.just(NOW),
            st.sampled_from([None, DENIED]),
        ),
    )


ENVIRONMENTS = [
    Environment(project, "prod", runner_id)
    for project in (FINANCE, COMMERCE)
    for runner_id in (HEALTHY.id, STREAMING.id, "other", "", None)
]
IDS = ("f", "c")

usages = st.builds(
    Usage,
    projects=parts(FINANCE, COMMERCE),
    environments=st.dictionaries(st.sampled_from(IDS), parts(*ENVIRONMENTS)),
    running=parts(Run(PROD.place, "a"), Run(None, "b"), Run(("c", "prod"), "c")),
    due=st.dictionaries(
        st.sampled_from(IDS), parts(due("a", 5), due("b", -5), due("c", None), due("d", 1, None))
    ),
    streams=st.dictionaries(
        st.sampled_from(IDS),
        parts(Stream("a", STREAMING.id), Stream("b", None), Stream("c", "other")),
    ),
    asked=st.sampled_from([frozenset(), frozenset({HEALTHY.id, STREAMING.id})]),
)


def is_whole(part: Part[Any] | None) -> bool:
    return part is not None and part.items is not None and not part.is_cut


@given(usage=usages, runner=st.sampled_from([HEALTHY, STREAMING]))
def test_nothing_is_said_to_be_absent_unless_all_that_could_show_it_was_read(
    usage: Usage, runner: Any
) -> None:
    used = used_by(runner, usage, NOW)
    listed = usage.projects.items or ()
    whole_list = is_whole(usage.projects) and bool(listed)
    if used.environments.found == ():
        assert whole_list
        assert all(is_whole(usage.environments.get(each.id)) for each in listed)
    if used.streams is not None and used.streams.found == ():
        assert whole_list
        assert all(is_whole(usage.streams.get(each.id)) for each in listed)
    if used.running is not None and used.running.found == ():
        assert is_whole(usage.running)
        assert not used.environments.is_partial
    if used.next_run is not None and used.next_run.found == ():
        assert used.environments.found
        assert not used.environments.is_partial
        assert all(is_whole(usage.due.get(each.project.id)) for each in used.environments.found)


@given(usage=usages, runner=st.sampled_from([HEALTHY, STREAMING]))
def test_an_answer_is_found_or_says_why_not(usage: Usage, runner: Any) -> None:
    used = used_by(runner, usage, NOW)
    for answer in (used.environments, used.running, used.next_run, used.streams):
        if answer is not None:
            assert answer.found is not None or answer.gap is not None
            assert (answer.trouble is not None) == (answer.gap is Gap.UNREADABLE)
            assert not (answer.gap and answer.found == ())
