"""A plan for many says the same things once."""

from console.view.plan import StepLine
from console.view.plan_groups import PlanGroup, plan_groups


def line(name: str, *sentences: str) -> StepLine:
    return StepLine(name, name, False, sentences)


def test_runners_of_which_the_same_is_told_are_told_together_in_the_order_of_the_first() -> None:
    groups = plan_groups([line("a", "Moves."), line("b", "Stays."), line("c", "Moves.")])
    assert groups == (
        PlanGroup("Each of these 2", ("a", "c"), ("Moves.",)),
        PlanGroup("b", ("b",), ("Stays.",)),
    )
    assert plan_groups([line("a"), line("b")]) == (PlanGroup("2 runners", ("a", "b"), ()),)
    assert plan_groups([]) == ()
