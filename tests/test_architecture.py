"""The shape of the code, held by tests: who imports whom, what stands where, how large it is."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("console", "tui", "web")
LINES = 400

SOURCES = sorted(
    source for package in PACKAGES for source in (ROOT / package).rglob("*.py") if source.is_file()
)
TESTS = sorted((ROOT / "tests").rglob("*.py"))
DRAWING = ("tui/", "web/pages/", "web/components/")
TOOLKITS = ("textual", "nicegui", "fastapi", "httpx", "pydantic")


def path(source: Path) -> str:
    return source.relative_to(ROOT).as_posix()


def tree(source: Path) -> ast.Module:
    return ast.parse(source.read_text("utf-8"), path(source))


def imported(source: Path) -> Iterator[str]:
    """The absolute names of everything that a module imports, at any depth."""
    for node in ast.walk(tree(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path(source)} imports relatively"
            yield node.module or ""


def run(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=50
    )


def toolkits_loaded_by(module: str) -> str:
    done = run(
        f"import sys, {module}\n"
        f"print(*(name for name in {TOOLKITS!r} if sys.modules.get(name)), end='')"
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_import_contracts_hold() -> None:
    done = run("from importlinter.cli import lint_imports; exit(lint_imports(no_cache=True))")
    assert done.returncode == 0, done.stdout


def test_the_command_line_starts_without_a_toolkit() -> None:
    """A run-time twin of the contracts: what is imported late is not seen by import-linter."""
    assert toolkits_loaded_by("console.cli.main") == ""


@pytest.mark.parametrize("face", ["tui.face", "web.face"])
def test_help_of_a_front_end_needs_no_toolkit(face: str) -> None:
    assert toolkits_loaded_by(face) == ""


def test_each_module_says_what_it_is_for() -> None:
    assert not [
        path(source) for source in (*SOURCES, *TESTS) if not ast.get_docstring(tree(source))
    ]


def test_no_file_is_too_long_to_read() -> None:
    lengths = {path(source): len(source.read_text("utf-8").splitlines()) for source in SOURCES}
    lengths |= {path(source): len(source.read_text("utf-8").splitlines()) for source in TESTS}
    assert not {name: lines for name, lines in lengths.items() if lines > LINES}


def test_only_the_command_line_prints_or_exits() -> None:
    found = [
        f"{path(source)}:{node.lineno}"
        for source in SOURCES
        if not path(source).startswith(("console/cli/", "console/__main__.py"))
        for node in ast.walk(tree(source))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("print", "sys.exit", "exit")
    ]
    assert not found


def test_what_draws_catches_no_errors() -> None:
    """A `finally` alone catches nothing."""
    found = [
        f"{path(source)}:{node.lineno}"
        for source in SOURCES
        if path(source).startswith(DRAWING)
        for node in ast.walk(tree(source))
        if isinstance(node, ast.Try | ast.TryStar) and node.handlers
    ]
    assert not found


def test_no_error_is_swallowed_without_a_word() -> None:
    found = [
        f"{path(source)}:{node.lineno}"
        for source in SOURCES
        for node in ast.walk(tree(source))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or all(isinstance(line, ast.Pass) for line in node.body))
    ]
    assert not found


def test_the_demo_imports_nothing_else_of_the_project() -> None:
    found = {
        f"{path(source)}: {name}"
        for source in SOURCES
        if path(source).startswith("console/demo/")
        for name in imported(source)
        if name.split(".")[0] in PACKAGES and not name.startswith("console.demo")
    }
    assert not found


def test_the_front_ends_do_not_call_http_and_do_not_know_each_other() -> None:
    for package, other in (("tui", "web"), ("web", "tui")):
        names = {
            name
            for source in SOURCES
            if path(source).startswith(f"{package}/")
            for name in imported(source)
        }
        assert not {name for name in names if name.split(".")[0] in (other, "httpx", "requests")}
        assert not {name for name in names if name.startswith("console.api")}


def test_a_front_end_draws_and_does_not_judge() -> None:
    """Facts reach the screen through the views: a front end asks no rule."""
    found = {
        f"{path(source)}: {name}"
        for source in SOURCES
        if path(source).startswith(("tui/", "web/"))
        for name in imported(source)
        if name.startswith("console.rules")
    }
    assert not found


def test_only_a_seat_of_the_web_console_reaches_what_carries_actions_out() -> None:
    """What a page does is checked there, for whoever has the page open."""
    found = [
        f"{path(source)}:{node.lineno}"
        for source in SOURCES
        if path(source).startswith("web/") and path(source) != "web/seat.py"
        for node in ast.walk(tree(source))
        if isinstance(node, ast.Attribute) and node.attr == "executor"
    ]
    assert not found


def test_packages_re_export_nothing() -> None:
    for source in SOURCES:
        if source.name == "__init__.py":
            assert not list(imported(source)), path(source)


def test_tests_are_no_package() -> None:
    """A `tests/web` with an `__init__.py` would stand before the real `web`."""
    assert not list((ROOT / "tests").rglob("__init__.py"))
