"""Joins the pages' scripts into one, so that a browser asks for one file instead of two dozen: each
request costs it more than the script that it brings.

It knows the few forms of `import` and `export` that these scripts are written in, each a line of
its own, and refuses all others when the server starts. Browsers would take them as they are.
"""

import re
from collections.abc import Mapping
from graphlib import TopologicalSorter

OURS = "console/"
"""What the names of the scripts to be joined begin with, in an `import`."""

_IMPORT = re.compile(r'import (?:(?P<names>\{[^{}]+\}|\w+) from )?"(?P<source>[^"]+)";')
_EXPORT = re.compile(r"export (?:(?:async )?function|class|const) (?P<name>\w+)\b")
_DEFAULT = "export default "
_STATEMENT = re.compile(r"^(?:import\b(?! ?\()|export\b).*$", re.MULTILINE)


class NotJoinedError(ValueError):
    """A script is written in a way that joining does not know."""


def joined(scripts: Mapping[str, str], others: Mapping[str, str], main: str) -> str:
    """One module that runs all scripts, each after those that it imports. At last it calls what
    `main`, one of the `others`, exports as its default, with the same of each of `scripts` by name,
    and exports what that returns as `page`."""
    members = (f'  "{name.removesuffix(".js")}": {_place(name)}.default,' for name in scripts)
    called = (f"export const page = {_place(main)}.default({{", *members, "});", "")
    return "\n".join([*_parts({**others, **scripts}), *called])


def joined_alone(scripts: Mapping[str, str], main: str) -> str:
    """No module but a script that runs where it stands, all of `scripts` as above; it ends with a
    call of what `main` exports as its default. None may import anything else."""
    return "\n".join(['"use strict";', *_parts(scripts), f"{_place(main)}.default();", ""])


def _parts(sources: Mapping[str, str]) -> list[str]:
    needs = {name: _needed(name, text) for name, text in sources.items()}
    order = tuple(TopologicalSorter(needs).static_order())
    if unknown := set(order) - sources.keys():
        raise NotJoinedError(f"There is no script {', '.join(sorted(unknown))}.")
    outside = sorted({source for text in sources.values() for source in _outside(text)})
    parts = [f'import * as {_place(name)} from "{name}";' for name in outside]
    return parts + [_wrapped(name, sources[name]) for name in order]


def _imports(text: str) -> list[re.Match[str]]:
    return [
        found
        for line in _STATEMENT.findall(text)
        if line.startswith("import") and (found := _IMPORT.match(line))
    ]


def _needed(name: str, text: str) -> set[str]:
    for line in _STATEMENT.findall(text):
        if not (_IMPORT.match(line) or _EXPORT.match(line) or line.startswith(_DEFAULT)):
            raise NotJoinedError(f"{name} has a line that joining does not know: {line}")
    sources = (found["source"] for found in _imports(text))
    return {source.removeprefix(OURS) for source in sources if source.startswith(OURS)}


def _outside(text: str) -> list[str]:
    sources = (found["source"] for found in _imports(text))
    return [source for source in sources if not source.startswith(OURS)]


def _place(source: str) -> str:
    return "$" + re.sub(r"\W", "_", source.removeprefix(OURS).removesuffix(".js"))


def _wrapped(name: str, text: str) -> str:
    """The script as a function that runs at once and returns what it exports."""
    exported = [
        found["name"] for line in _STATEMENT.findall(text) if (found := _EXPORT.match(line))
    ]
    if _DEFAULT in text:
        exported.append("default: $default")
    body = _STATEMENT.sub(lambda found: _plain(found[0]), text).strip()
    return f"const {_place(name)} = (() => {{\n{body}\nreturn {{ {', '.join(exported)} }};\n}})();"


def _plain(line: str) -> str:
    if (found := _IMPORT.match(line)) is None:
        return line.replace(_DEFAULT, "const $default = ", 1).removeprefix("export ")
    if not found["names"]:
        return ""
    place = _place(found["source"])
    is_some = found["names"].startswith("{")
    return f"const {found['names']} = {place if is_some else f'{place}.default'};"
