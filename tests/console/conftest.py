"""What the core's tests share: patience with a busy machine, and an empty database of each kind,
of which one is a real PostgreSQL's."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from console.journal.databases import Database
from tests.postgres import HOW_TO_INSTALL, Cluster, postgres_folder, running_cluster

settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    programs = postgres_folder()
    if programs is None:
        if os.environ.get("CI") == "true":
            pytest.fail(HOW_TO_INSTALL)
        pytest.skip(HOW_TO_INSTALL)
    with running_cluster(programs) as started:
        yield started


@pytest.fixture
def sqlite(tmp_path: Path) -> Database:
    return Database(tmp_path / "data" / "journal.sqlite3", patience=0.05)


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Database:
    """An empty one of each kind, which waits for a lock for a moment only."""
    if request.param == "sqlite":
        made: Database = request.getfixturevalue("sqlite")
        return made
    started: Cluster = request.getfixturevalue("cluster")
    return Database(address=started.new_database(), patience=1.0)


@pytest.fixture
def the_cluster(request: pytest.FixtureRequest) -> Callable[[], Cluster]:
    """Started only by whoever calls it."""
    return lambda: request.getfixturevalue("cluster")
