"""A plan in words: the dialog before an action, and the dry run of a command."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from console.actions.action import Danger
from console.actions.plan import Plan, Step
from console.fleet.snapshot import Phase
from console.view.names import runner_label
from console.view.text import shown
from console.view.usage import usage_sentences

if TYPE_CHECKING:
    from console.actions.execute import Outcome


@dataclass(frozen=True, slots=True)
class StepLine:
    """One runner of a plan: what happens to it, or why it is left out."""

    runner_id: str
    name: str
    is_refused: bool
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlanText:
    """`question` asks for the agreement; it is "" when nothing can be done. `shared` sentences
    hold for every runner that is acted on and are told once, below `shared_title`.
    `type_to_confirm` is what must be typed before a destructive plan, else "". `left_out` heads
    the refused ones, and `nothing` is told when all are; each is "" otherwise. `needs_asking` is
    False for a safe one."""

    title: str
    question: str
    confirm: str
    shared_title: str
    shared: tuple[str, ...]
    allowed: tuple[StepLine, ...]
    refused: tuple[StepLine, ...]
    left_out: str
    nothing: str
    needs_asking: bool
    type_to_confirm: str


def plan_text(plan: Plan) -> PlanText:
    action = plan.action
    allowed, refused = len(plan.allowed), len(plan.refused)
    told = tuple(_sentences(plan, step) for step in plan.allowed)
    shared = _shared(told)
    return PlanText(
        title=f"{action.label}: {_whose(plan)}",
        question=_question(plan) if allowed else "",
        confirm=action.label if allowed <= 1 else f"{action.label} {allowed}",
        shared_title=f"Each of the {allowed} runners" if shared else "",
        shared=shared,
        allowed=tuple(
            _allowed_line(step, each, shared) for step, each in zip(plan.allowed, told, strict=True)
        ),
        refused=tuple(
            StepLine(step.runner.id, runner_label(step.runner), True, (step.refusal or "",))
            for step in plan.refused
        ),
        left_out=f"Left out: {refused}" if refused else "",
        nothing="" if allowed else "Nothing to do.",
        needs_asking=action.danger is not Danger.SAFE or refused > 0,
        type_to_confirm=_to_type(plan),
    )


def plan_lines(plan: Plan) -> tuple[str, ...]:
    """The plan as plain lines, for a dry run and for a reader who sees no dialog."""
    text = plan_text(plan)
    lines = [text.title]
    if text.shared:
        lines += [f"  {text.shared_title}", *(f"    {sentence}" for sentence in text.shared)]
    for step in text.allowed:
        if len(plan.steps) > 1:
            lines.append(f"  {step.name}")
        lines += [f"    {sentence}" for sentence in step.sentences]
    if text.refused:
        lines.append(text.left_out)
    for step in text.refused:
        lines.append(f"  {step.name}: {' '.join(step.sentences)}")
    return tuple(lines)


def _sentences(plan: Plan, step: Step) -> tuple[str, ...]:
    """All that is told of a runner that is acted on: what happens to it, and whom that concerns.
    What its owners say of it ("do not restart in office hours") only where it is the only one."""
    told = tuple(shown(sentence) for sentence in step.consequences)
    if not plan.disturbs:
        return told
    description = shown(step.runner.description, 200)
    owners = (f"Its description: “{description}”.",) if description and len(plan.steps) == 1 else ()
    return told + usage_sentences(step.runner, plan.usage, plan.made_at) + owners


def _shared(told: tuple[tuple[str, ...], ...]) -> tuple[str, ...]:
    if len(told) < 2:
        return ()
    first, *others = told
    return tuple(sentence for sentence in first if all(sentence in other for other in others))


def _allowed_line(step: Step, told: tuple[str, ...], shared: tuple[str, ...]) -> StepLine:
    own = tuple(sentence for sentence in told if sentence not in shared)
    return StepLine(step.runner.id, runner_label(step.runner), False, own)


def _question(plan: Plan) -> str:
    who = _runners(plan.allowed)
    skipped = f" {len(plan.refused)} left out." if plan.refused else ""
    return f"{plan.action.label}: {who}?{skipped}"


def _whose(plan: Plan) -> str:
    """All that were asked about, and of how many of them it comes to anything."""
    if plan.allowed and plan.refused:
        return f"{len(plan.allowed)} of {len(plan.steps)} runners"
    return _runners(plan.steps)


def _runners(steps: tuple[Step, ...]) -> str:
    if len(steps) == 1:
        return runner_label(steps[0].runner)
    return f"{len(steps)} runners"


def _to_type(plan: Plan) -> str:
    if plan.action.danger is not Danger.DESTRUCTIVE or not plan.allowed:
        return ""
    if len(plan.allowed) == 1:
        return runner_label(plan.allowed[0].runner)
    return str(len(plan.allowed))


def outcome_text(outcome: "Outcome") -> str:
    """What became of one runner, in a line: "prod-eu: done", "hr-aca: left out. It is …"."""
    word = _OUTCOMES[outcome.phase]
    note = f" {shown(outcome.sentence, 300)}" if outcome.sentence else ""
    return f"{runner_label(outcome.runner)}: {word}.{note}"


_OUTCOMES = {
    Phase.ASKED: "asked",
    Phase.UNDER_WAY: "under way",
    Phase.DONE: "done",
    Phase.FAILED: "failed",
    Phase.NOT_SEEN: "asked, but not seen to finish in time",
    "skipped": "left out",
}
