"""Which projects and environments may use a runner: reading, replacing, adding and removing.

An entry of None allows every environment of its project.
"""

from collections.abc import Mapping
from uuid import UUID

from console.demo.problems import UNREADABLE, Problem
from console.demo.usage import AllowList


def nested_body(allowed: AllowList) -> dict[str, object]:
    """GET nests the list one level deeper than the bodies that are sent."""
    return {"projects": {"projects": {key: _entry(names) for key, names in allowed.items()}}}


def asked_list(body: Mapping[str, object]) -> AllowList:
    """The list in a PUT or PATCH body. Raises Problem."""
    projects = body.get("projects")
    if not isinstance(projects, dict):
        raise Problem(400, UNREADABLE, ("projects: must be an object",))
    return {_project_id(key): _environments(entry) for key, entry in projects.items()}


def joined(allowed: AllowList, added: AllowList) -> AllowList:
    """Raises Problem when nothing is to be added."""
    if not added:
        raise Problem(400, "Validation failed", ("projects: must not be empty",))
    both = dict(allowed)
    for project_id, names in added.items():
        before = both.get(project_id, ())
        both[project_id] = (
            None if names is None or before is None else tuple(dict.fromkeys((*before, *names)))
        )
    return both


def without(allowed: AllowList, query: Mapping[str, str]) -> AllowList:
    """The list without the project or environment that the query names. Raises Problem."""
    project_id = _project_id(query.get("projectId", ""))
    environment = query.get("environmentName")
    if project_id not in allowed:
        raise Problem(404, "The project is not in the allow list.")
    rest = {key: names for key, names in allowed.items() if key != project_id}
    if environment is None:
        return rest
    names = allowed[project_id]
    if names is None or environment not in names:
        raise Problem(404, "The environment is not in the allow list.")
    kept = tuple(name for name in names if name != environment)
    return {**allowed, project_id: kept} if kept else rest


def _entry(names: tuple[str, ...] | None) -> dict[str, object]:
    return {} if names is None else {"environments": list(names)}


def _project_id(text: str) -> str:
    try:
        return str(UUID(text))
    except ValueError as wrong:
        raise Problem(400, "Validation failed", ("projectId: must be a UUID",)) from wrong


def _environments(entry: object) -> tuple[str, ...] | None:
    names = entry.get("environments") if isinstance(entry, dict) else ()
    if names is None:
        return None
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise Problem(400, "Validation failed", ("environments: must be a list of names",))
    return tuple(names)
