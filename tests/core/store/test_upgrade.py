"""A store of an older version gets the tables that it lacks when it is opened, and keeps everything else."""

from __future__ import annotations

import gzip
from pathlib import Path

import duckdb
import pytest

from core.errors import StoreError
from core.store import logs, read, snapshots
from core.store.database import SCHEMA_VERSION, TABLES, open_store
from core.store.errors import StoreForeign, StoreNewer, StoreOlder
from core.store.session import statement
from tests.core.store.conftest import PROJECT, WORKING

FIRST = Path(__file__).parent / "fixtures" / "v1.duckdb.gz"
"""As the first version of the program built it from its seed."""
SECOND = FIRST.with_name("v2.duckdb.gz")
"""As the second version built it; 王工 has submitted a sheet there."""

ALL = list(range(1, SCHEMA_VERSION + 1))


@pytest.fixture
def first(tmp_path: Path) -> Path:
    path = tmp_path / "first.duckdb"
    path.write_bytes(gzip.decompress(FIRST.read_bytes()))
    return path


def tables(path: Path) -> set[str]:
    with duckdb.connect(str(path), read_only=True) as other:
        return {name for (name,) in other.execute("SELECT table_name FROM information_schema.tables").fetchall()}


def versions(path: Path) -> list[int]:
    with duckdb.connect(str(path), read_only=True) as other:
        rows = other.execute("SELECT version FROM schema_version ORDER BY version").fetchall()
        return [version for (version,) in rows]


def test_a_store_of_the_first_version_is_upgraded_when_it_is_opened(first: Path) -> None:
    assert (versions(first), "sheet_event" in tables(first)) == ([1], False)
    store = open_store(first)
    assert [sheet.id for sheet in read.sheets(store, PROJECT)] == [WORKING, "r1/recon-b"]
    assert len(read.scores(store, PROJECT, WORKING)) == 32
    assert logs.check_chains(store, PROJECT).broken == ()
    assert [(event.round, event.name, event.revision) for event in logs.rounds(store, PROJECT)] == [("r1", "初评", 0)]
    assert logs.events(store, logs.SHEET_EVENTS, PROJECT) == ()
    store.close()
    assert versions(first) == ALL
    assert tables(first) == set(TABLES)
    open_store(first).close()
    assert versions(first) == ALL


def test_an_upgraded_store_has_the_tables_of_a_new_one(first: Path, store_path: Path) -> None:
    def columns(path: Path) -> list[tuple[str, ...]]:
        with duckdb.connect(str(path), read_only=True) as other:
            return other.execute(
                "SELECT table_name, column_name, data_type, is_nullable FROM information_schema.columns ORDER BY ALL"
            ).fetchall()

    open_store(first).close()
    assert columns(first) == columns(store_path)


def test_a_store_of_the_second_version_keeps_its_panel(tmp_path: Path) -> None:
    path = tmp_path / "second.duckdb"
    path.write_bytes(gzip.decompress(SECOND.read_bytes()))
    assert versions(path) == [2]
    store = open_store(path)
    (submitted,) = logs.events(store, logs.SHEET_EVENTS, PROJECT)
    assert (submitted.kind, submitted.actor_name) == ("submitted", "王工")
    assert logs.check_chains(store, PROJECT).broken == ()
    facts = read.facts(store, PROJECT)
    assert (facts.deliveries, facts.arrivals, facts.milestones) == ((), (), ())
    assert [each.state for each in snapshots.snapshots(store, PROJECT)] == ["released"]
    store.close()
    assert versions(path) == ALL[1:]


def test_an_older_store_that_is_only_to_be_read_has_its_sentence(first: Path) -> None:
    before = first.read_bytes()
    with pytest.raises(StoreOlder, match=r"是旧版.数据版本1.*只读打开"):
        open_store(first, read_only=True)
    assert first.read_bytes() == before
    open_store(first).close()
    open_store(first, read_only=True).close()


def test_an_upgrade_that_fails_half_way_leaves_the_store_as_it_was(
    first: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(name: str) -> str:
        return "CREATE TABLE store.minutes (" if name == "create_minutes" else statement(name)

    monkeypatch.setattr("core.store.session.statement", broken)
    with pytest.raises(StoreError):
        open_store(first)
    monkeypatch.undo()
    assert versions(first) == [1]
    assert "sheet_owner" not in tables(first)
    open_store(first).close()
    assert versions(first) == ALL


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ("INSERT INTO schema_version VALUES (9, '2030-01-01')", StoreNewer),
        ("DROP TABLE score_event", StoreForeign),
    ],
)
def test_what_cannot_be_upgraded_is_left_alone(first: Path, change: str, kind: type[StoreError]) -> None:
    with duckdb.connect(str(first)) as other:
        other.execute(change)
    before = first.read_bytes()
    with pytest.raises(kind):
        open_store(first)
    assert first.read_bytes() == before


def test_a_store_of_this_version_that_has_lost_a_new_table_is_foreign(store_path: Path) -> None:
    with duckdb.connect(str(store_path)) as other:
        other.execute("DROP TABLE recusal")
    with pytest.raises(StoreForeign):
        open_store(store_path)
