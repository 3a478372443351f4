"""The filter grammar: what each term finds, and where each fault is said to be."""

import re
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from console.errors import FilterError
from console.fleet.snapshot import Runner
from console.rules.assessment import assess
from console.view.fields import FIELDS
from console.view.filter import EVERYTHING, completions, parse_filter
from console.view.query import Typing
from tests.console.fleets import (
    HEALTHY,
    HOSTED,
    NOW,
    SNOWFLAKE,
    STREAMING,
    demo_snapshot,
    snapshot_of,
)

PAUSED = replace(HEALTHY, id="2", name="prod-us", status="paused", connected=False)
OLD = replace(
    HEALTHY,
    id="3",
    name="EU prod",
    description="Month end, close",
    provider="azure",
    deployment="container app",
    track="stable",
    version="10.1289.1",
    latest_version="10.1291.0",
    update_available=True,
    api_support="out_of_support",
    auto_updates=False,
    restricted=True,
)
BARE = Runner(id="4", name="bare")
FLEET = (HEALTHY, PAUSED, OLD, BARE, HOSTED, STREAMING, SNOWFLAKE)
NAMES = [runner.name for runner in FLEET]


def found(text: str, *runners: Runner) -> list[str]:
    runners = runners or FLEET
    snapshot = snapshot_of(*runners)
    matches = parse_filter(text).matches
    return [runner.name for runner in runners if matches(assess(runner, snapshot, NOW))]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("", NAMES),
        ("   ", NAMES),
        ("name:prod-eu", ["prod-eu"]),
        ("id:3", ["EU prod"]),
        ("account:us", []),
        ("status:paused", ["prod-us"]),
        ("track:stable", ["EU prod"]),
        ("support:unsupported", ["EU prod"]),
        ("support:unknown", ["bare"]),
        ("currency:behind", ["EU prod"]),
        ("currency:unknown", ["bare"]),
        ("platform:azure", ["EU prod"]),
        ('platform:"container app"', ["EU prod"]),
        ('platform:"azure container app"', ["EU prod"]),
        ("platform:snowflake", ["flake"]),
        ("type:hosted", ["saas"]),
        ("type:streaming", ["cdc"]),
        ("type:unknown", ["bare"]),
        ("version:10.1289.1", ["EU prod"]),
        ("latest:10.1291.0", ["EU prod"]),
        ("auto:off", ["EU prod", "cdc"]),
        ("auto:no", ["EU prod", "cdc"]),
        ("update:yes", ["EU prod"]),
        ("connected:no", ["prod-us"]),
        ("restricted:yes", ["EU prod"]),
        ("behind:0", ["prod-eu", "prod-us", "saas", "cdc", "flake"]),
        ("leaves:yes", ["prod-us"]),
        ("leaves<7d", ["prod-us"]),
        ("armed:yes", ["EU prod"]),
        ("restart:moves", ["EU prod"]),
        ("why:auto_off", ["EU prod"]),
        ("finding:out_of_support", ["EU prod"]),
        ("is:critical", ["EU prod"]),
        ("is:problem", ["prod-us", "EU prod"]),
        ("is:offline", ["prod-us"]),
        ("is:hosted", ["saas"]),
        ("is:fine", ["prod-eu", "saas", "cdc", "flake"]),
    ],
)
def test_each_field_finds_what_it_says(text: str, names: list[str]) -> None:
    assert found(text) == names


def test_every_field_is_in_the_table_above() -> None:
    marks = test_each_field_finds_what_it_says.pytestmark  # type: ignore[attr-defined]
    fields = {
        re.split("[:<>]", case[0])[0] for case in marks[0].args[1] if re.search("[:<>]", case[0])
    }
    assert fields == set(FIELDS)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("status:running,paused track:stable", ["EU prod"]),
        ("status:paused,running -auto:on", ["EU prod", "cdc"]),
        ("status=paused", ["prod-us"]),
        ("-name:prod* -is:hosted -type:maia", ["bare", "cdc"]),
        ("name:prod*", ["prod-eu", "prod-us"]),
        ("name:*prod*", ["prod-eu", "prod-us", "EU prod"]),
        ("name:*-eu,bare", ["prod-eu", "bare"]),
        ('name:"EU prod"', ["EU prod"]),
        ('"EU prod"', ["EU prod"]),
        ('name:"prod*"', ["prod-eu", "prod-us"]),
        ("  name:bare\t-id:1 ", ["bare"]),
        ("fargate -is:problem", ["prod-eu", "cdc"]),
        ("azure", ["EU prod"]),
        ('"end, close"', ["EU prod"]),
        ("month close", ["EU prod"]),
        ("prod*", ["prod-eu", "prod-us", "cdc", "flake", "saas"]),
        ("*contain*", ["EU prod"]),
        ("aws*", ["prod-eu", "prod-us", "cdc"]),
        ("-aws*", ["EU prod", "bare", "saas", "flake"]),
    ],
)
def test_terms_are_joined_values_are_choices_and_a_minus_negates(
    text: str, names: list[str]
) -> None:
    assert sorted(found(text)) == sorted(names)


@pytest.mark.parametrize(
    "text",
    ["status:PAUSED", "STATUS:paused", "Status=Paused", "name:PROD-US", "PROD-US", "ｐrod-us"],
)
def test_neither_case_nor_width_matters(text: str) -> None:
    assert found(text) == ["prod-us"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("version<10.1290", ["EU prod"]),
        ("version<10.1289.1", []),
        ("version<=10.1289.1", ["EU prod"]),
        ("version>=10.1290 type:streaming", ["cdc"]),
        ("version>10.1303.0", []),
        ("latest<v10.1300", ["EU prod"]),
        ("-version<10.1290 type:unknown", ["bare"]),
        ("version>0 type:unknown", []),
    ],
)
def test_versions_compare_by_number_and_an_unknown_one_never_does(
    text: str, names: list[str]
) -> None:
    assert found(text) == names


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("[bold", "a [bold red] b"),
        ('name:"[x]"', "[x]"),
        ("[x]*", "[x]"),
        ("?", "what?"),
        ("name:what?", "what?"),
        ("(.*", "(.* x"),
    ],
)
def test_only_the_asterisk_is_special(text: str, name: str) -> None:
    odd = replace(HEALTHY, id="9", name=name)
    assert found(text, HEALTHY, odd) == [name]


def test_a_field_of_switches_matches_neither_side_where_the_api_does_not_say() -> None:
    assert found("auto:on", BARE) == found("auto:off", BARE) == []
    assert found("-auto:on", BARE) == ["bare"]


@pytest.mark.parametrize(
    ("text", "position", "words"),
    [
        ("sttus:running", 0, "“sttus” is not a field. Did you mean status? Allowed: name, id,"),
        ("a -Trak:stable", 3, "“Trak” is not a field. Did you mean track?"),
        ("auto-update:on", 0, "“auto-update” is not a field. Did you mean update?"),
        ("status:runing", 7, "“runing” is not a value of status. Did you mean running?"),
        ("status:running,pausd", 15, "“pausd” is not a value of status. Did you mean paused?"),
        ("status:running,run", 15, "“run” is not a value of status."),
        ('is:fine status:"a b"', 15, "“a b” is not a value of status. Allowed: pending, "),
        ("status:[x]", 7, "“[x]” is not a value of status."),
        ("status:PAUSD", 7, "Did you mean paused?"),
        ("auto:maybe", 5, "Allowed: on, off, yes, no."),
        ("name:", 4, "“name:” needs a value."),
        ("status:", 6, "“status:” needs a value. Allowed: pending, running,"),
        ("status:,", 6, "“status:” needs a value."),
        ("version<", 7, "“version<” needs a value."),
        ("version<=", 8, "“version<=” needs a value."),
        ("version<new", 8, "“new” holds no number to compare with."),
        (
            "name<3",
            4,
            "“name” cannot be compared with <; only version, latest, behind, leaves can.",
        ),
        ("status:running support>=1", 22, "cannot be compared with >="),
        ("version<10.1,10.2", 13, "Only one value can be compared with."),
        ("-", 0, "A minus needs a word after it."),
        ("prod -", 5, "A minus needs a word after it."),
        ("prod - eu", 5, "A minus needs a word after it."),
        ('""', 0, "There is no word here."),
        (",", 0, "There is no word here."),
        ('prod "eu', 5, "A quote is opened here and not closed."),
        ('name:"eu', 5, "A quote is opened here and not closed."),
        ('-"eu', 1, "A quote is opened here and not closed."),
        ('pr"od', 2, "A quote is opened here and not closed."),
        ('version<"1', 8, "A quote is opened here and not closed."),
    ],
)
def test_a_fault_is_told_with_its_place_and_what_is_allowed(
    text: str, position: int, words: str
) -> None:
    with pytest.raises(FilterError) as raised:
        parse_filter(text)
    assert words in str(raised.value)
    assert raised.value.position == position


def test_a_fault_repeats_nothing_that_a_terminal_would_obey() -> None:
    with pytest.raises(FilterError) as raised:
        parse_filter("status:\x1b[31m")
    assert str(raised.value).isprintable()


WORDS = st.sampled_from(
    [*FIELDS, ":", "=", "<", "<=", ">", ">=", ",", "-", '"', "*", " ", "running", "on", "10.1", "["]
)


@given(st.one_of(st.text(max_size=60), st.lists(WORDS, max_size=12).map("".join)))
@example("İ status:İ")
@example("status:\x00")
@example("status:ﬁ")
def test_any_text_gives_a_filter_or_an_error_whose_place_is_in_it(text: str) -> None:
    fault = fault_of(text)
    if fault is not None:
        assert 0 <= fault.position < len(text)
        assert str(fault).endswith(".")
    else:
        assessed = assess(OLD, snapshot_of(OLD), NOW)
        assert parse_filter(text).matches(assessed) in (True, False)


def fault_of(text: str) -> FilterError | None:
    try:
        parse_filter(text)
    except FilterError as fault:
        return fault
    return None


@given(st.one_of(st.text(max_size=60), st.lists(WORDS, max_size=12).map("".join)))
def test_typing_never_raises_and_never_hides_the_fault(text: str) -> None:
    state = Typing().typed(text)
    assert state.text == text
    assert bool(state.error) == (state.error_at is not None)
    assert completions(text) is not None


@pytest.mark.parametrize("name", [runner.name for runner in demo_snapshot().runners])
def test_each_demo_runner_is_found_by_its_own_name(name: str) -> None:
    assert found(f'name:"{name}"', *demo_snapshot().runners) == [name]


def test_filters_are_equal_by_their_text() -> None:
    assert parse_filter(" a b ") == parse_filter("a b")
    assert parse_filter("") == EVERYTHING
    assert hash(parse_filter("a")) == hash(parse_filter("a "))
    assert parse_filter("a") != "a"


@pytest.mark.parametrize(
    ("text", "offers"),
    [
        ("", tuple(f"{name}:" for name in FIELDS)),
        ("sta", ("status:",)),
        ("STA", ("status:",)),
        ("prod -sta", ("prod -status:",)),
        ("track:stable su", ("track:stable support:",)),
        ("status:pa", ("status:pausing", "status:paused")),
        ("status=pa", ("status=pausing", "status=paused")),
        ("status:PA", ("status:pausing", "status:paused")),
        ("-status:run", ("-status:running",)),
        ("status:running,pa", ("status:running,pausing", "status:running,paused")),
        ("auto:", ("auto:on", "auto:off", "auto:yes", "auto:no")),
        ("name:", ()),
        ("nonsense:", ()),
        ("zzz", ()),
        ("a,b", ()),
        ('name:"prod st', ()),
        ('name:"prod eu" st', ('name:"prod eu" status:',)),
    ],
)
def test_an_unfinished_filter_is_completed(text: str, offers: tuple[str, ...]) -> None:
    assert completions(text) == offers


@given(st.lists(WORDS, max_size=8).map("".join))
def test_a_completion_goes_on_from_what_was_typed(text: str) -> None:
    for offer in completions(text):
        assert len(offer) >= len(text.rstrip())
        assert offer.lower().startswith(text.lower())


def test_while_a_term_is_wrong_the_terms_before_it_stay_in_force() -> None:
    state = Typing().typed("track:stable status:ru")
    assert state.filter == parse_filter("track:stable")
    assert state.error_at == 20
    assert state.typed("track:stable status:running").error == ""
    assert Typing().typed("stat:us").filter == EVERYTHING
