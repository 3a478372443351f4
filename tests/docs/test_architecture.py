"""docs/architecture.md names what there is, and nothing else."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("console", "tui", "web")
LINE = re.compile(r"(?P<indent> *)(?P<name>[\w.]+\.\w+|[\w-]+/)(?: +(?P<job>.*))?$")


def described() -> dict[str, str]:
    """Every path in the tree of the page, with what is said about it."""
    page = (ROOT / "docs/architecture.md").read_text("utf-8")
    tree = page.split("## The tree")[1].split("```")[1]
    paths: dict[str, str] = {}
    parents: list[str] = []
    for text in tree.strip().splitlines():
        line = LINE.match(text)
        assert line, f"not a line of the tree: {text!r}"
        depth = len(line["indent"]) // 2
        parents[depth:] = [line["name"].rstrip("/")]
        paths["/".join(parents)] = line["job"] or ""
    return paths


def existing() -> set[str]:
    """The packages and modules of the three front folders, without their `__init__`."""
    paths = set()
    for package in PACKAGES:
        for module in (ROOT / package).rglob("*.py"):
            folder = module.parent.relative_to(ROOT).as_posix()
            paths.add(folder)
            if module.name != "__init__.py":
                paths.add(f"{folder}/{module.name}")
    return paths


def test_each_module_and_package_has_a_line_that_says_its_job() -> None:
    unnamed = existing() - {path for path, job in described().items() if job}
    assert not unnamed


def test_each_path_in_the_tree_exists() -> None:
    missing = {path for path in described() if not (ROOT / path).exists()}
    assert not missing


def test_the_layers_on_the_page_are_those_of_the_import_contract() -> None:
    page = (ROOT / "docs/architecture.md").read_text("utf-8")
    shown = page.split("## Who may import whom")[1].split("```")[1].split()
    contract = (ROOT / "pyproject.toml").read_text("utf-8").split('type = "layers"')[1]
    layers = contract.split("layers = [")[1].split("]")[0]
    enforced = re.findall(r"[\w.|]+", layers)
    assert shown == [name for name in enforced if name != "console.__main__"]


def test_each_link_between_the_pages_leads_somewhere() -> None:
    pages = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]
    broken = [
        f"{page.relative_to(ROOT)}: {target}"
        for page in pages
        for target in re.findall(r"\]\((?!\w+:)([^)#\s]+)", page.read_text("utf-8"))
        if not (page.parent / target).exists()
    ]
    assert not broken
