"""A form as a value: what is asked, what was given, and what is wrong with it, field by field."""

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Option:
    """One of several to choose from; "" as value stands for none of them."""

    value: str
    text: str


@dataclass(frozen=True, slots=True)
class Field:
    """`kind` is "text", "password", "date", "choice" (one of the options) or "several" (any of
    them, with the chosen values in `value` between spaces). `error` says what is wrong with what
    was given. The value of a password is never sent back."""

    name: str
    label: str
    value: str = ""
    hint: str = ""
    error: str = ""
    kind: str = "text"
    options: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """`id` names it where it is sent back; `submit` is on its button."""

    id: str
    title: str
    fields: tuple[Field, ...]
    submit: str
    explains: str = ""
    error: str = ""


def with_answers(form: Form, answers: dict[str, str], errors: dict[str, str]) -> Form:
    """The form as it was filled in, with what is wrong beside it. An error under a name that is
    no field's is the form's own."""
    filled = tuple(
        replace(
            field,
            value="" if field.kind == "password" else answers.get(field.name, field.value),
            error=errors.get(field.name, ""),
        )
        for field in form.fields
    )
    names = {field.name for field in form.fields}
    others = " ".join(sentence for name, sentence in errors.items() if name not in names)
    return replace(form, fields=filled, error=others)
