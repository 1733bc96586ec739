"""A store of an older version gets the tables that it lacks when it is opened, and keeps everything else."""

from __future__ import annotations

import gzip
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from core.errors import StoreError
from core.model.context import Actor
from core.store import logs, read, rectification, snapshots
from core.store.database import SCHEMA_VERSION, TABLES, open_store
from core.store.errors import StoreForeign, StoreNewer, StoreOlder
from core.store.session import statement
from tests.core.store.conftest import PROJECT, WORKING

FIRST = Path(__file__).parent / "fixtures" / "v1.duckdb.gz"
"""As the first version of the program built it from its seed."""
SECOND = FIRST.with_name("v2.duckdb.gz")
"""As the second version built it; 王工 has submitted a sheet there."""

THIRD = FIRST.with_name("v3.duckdb.gz")
"""As the third version wrote it: a second quarter with detail, a correction, a finding and a check's answer in it."""

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
    assert versions(path) == [2, *range(3, SCHEMA_VERSION + 1)]


def test_a_store_of_the_third_version_keeps_its_quarters_and_what_was_said_of_them(tmp_path: Path) -> None:
    path = tmp_path / "third.duckdb"
    path.write_bytes(gzip.decompress(THIRD.read_bytes()))
    assert (versions(path), "delivery_more" in tables(path)) == ([3], False)
    store = open_store(path)
    facts = read.facts(store, PROJECT)
    # 利港街道 was corrected from 1,600 to 1,610
    assert (facts.as_of, [line.paid for line in facts.spend]) == (date(2025, 3, 31), [2500, 3000, 2400, 1610])
    first = facts.deliveries[0]
    assert (first.place, first.physical, first.started, first.surveyed) == ("璜土镇", Decimal("0.6"), 5, 65)
    assert (first.homes_finished, first.qualified, first.contract) == (None, None, None)
    assert [each.as_of for each in read.series(store, PROJECT)] == [date(2024, 12, 31), date(2025, 3, 31)]
    (fixed,) = snapshots.corrections(store, PROJECT).values()
    assert (fixed.parent, fixed.place, fixed.field, fixed.new) == ("2025q1", "利港街道", "paid", "1610.00")
    assert [each.name for each in read.communities(store, facts, "璜土镇", 0, 9)] == ["1号小区", "2号小区", "3号小区"]
    (found,) = rectification.findings(store, PROJECT)
    assert (found.point.text, [step.owner for step in found.steps]) == ("工程尚未竣工", ["利港街道"])
    (said,) = rectification.check_answers(store, PROJECT).values()
    assert (said.check, said.text) == ("14", "已去函核实")
    # A place may report the new columns from now on, in a quarter of its own.
    told = replace(first, homes_finished=2712, qualified=2)
    later = replace(facts, batch="later", as_of=date(2025, 6, 30), deliveries=(told, *facts.deliveries[1:]))
    snapshots.add(store, later, Actor("w", "王工"))
    assert read.facts(store, PROJECT).deliveries[0] == told
    store.close()
    assert versions(path) == [3, *range(4, SCHEMA_VERSION + 1)]


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
