"""A store of an older version gets the tables that it lacks when it is opened, and keeps everything else."""

from __future__ import annotations

import gzip
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from core.errors import StoreError
from core.model.context import Actor
from core.store import files, logs, people, postgres, read, rectification, redaction, snapshots
from core.store.address import Address
from core.store.database import explainer
from core.store.errors import StoreForeign, StoreNewer, StoreOlder
from core.store.opening import open_store, place_of
from core.store.schema import SCHEMA_VERSION, TABLES
from core.store.session import Session, statement
from tests.core.store.conftest import PROJECT, WORKING

FIRST = Path(__file__).parent / "fixtures" / "v1.duckdb.gz"
"""As the first version of the program built it from its seed."""
SECOND = FIRST.with_name("v2.duckdb.gz")
"""As the second version built it; 王工 has submitted a sheet there."""

THIRD = FIRST.with_name("v3.duckdb.gz")
"""As the third version wrote it: a second quarter with detail, a correction, a finding and a check's answer in it."""

FOURTH = FIRST.with_name("v4-0.4.0.duckdb.gz")
"""As 0.4.0 wrote it, without tables of people: two scores by 王工, two views."""
FOURTH_WITH_PEOPLE = FIRST.with_name("v4-0.5.0.duckdb.gz")
"""As 0.5.0 wrote it, under the same number: besides, two evidence files (one taken out), 王工 and 李工 as people."""
FIFTH = FIRST.with_name("v5.duckdb.gz")
"""As the development before 0.6.0 built it from its seed."""

ALL = list(range(1, SCHEMA_VERSION + 1))

_V1 = [
    "schema_version",
    "import_batch",
    "scheme",
    "indicator",
    "grade_scheme",
    "project",
    "place",
    "budget_group",
    "budget_group_place",
    "funding",
    "spend",
    "renovation",
    "baseline",
    "claim",
    "round",
    "sheet",
    "score_event",
]
_V2 = [
    "sheet_owner",
    "sheet_event",
    "item_input",
    "recusal",
    "flag_answer",
    "comment",
    "evidence",
    "evidence_bytes",
    "minutes",
    "round_event",
]
_V3 = [
    "batch_event",
    "batch_file",
    "correction",
    "milestone",
    "delivery",
    "arrival",
    "community",
    "column_mapping",
    "check_answer",
    "finding",
    "finding_event",
]
_V4 = ["view", "delivery_more"]
_PEOPLE = ["user_event", "redaction"]
_V5 = ["write_digest", "round_step", "funding_kind"]
RELEASED = {
    "0.1.0": (1, _V1),
    "0.2.0": (2, [*_V1, *_V2]),
    "0.3.0": (3, [*_V1, *_V2, *_V3]),
    "0.4.0": (4, [*_V1, *_V2, *_V3, *_V4]),
    "0.5.0": (4, [*_V1, *_V2, *_V3, *_V4, *_PEOPLE]),
    "before 0.6.0": (5, [*_V1, *_V2, *_V3, *_V4, *_PEOPLE, *_V5]),
}
"""The number and the tables of each version of the program, written down when it went out: never to be changed."""
BEGUN = datetime(2026, 11, 1, 8)


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


# No wrong number, D27: 0.5.0 added tables without a new number.
@pytest.mark.parametrize("kind", ["file", pytest.param("postgres", marks=pytest.mark.full)])
@pytest.mark.parametrize("release", RELEASED)
def test_the_tables_of_every_release_are_opened_and_brought_up(
    release: str, kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    place = place_of(tmp_path / "old.duckdb" if kind == "file" else request.getfixturevalue("empty_database"))
    number, had = RELEASED[release]
    root = postgres.attach(place) if isinstance(place, Address) else files.attach(place)
    session = Session(root, explainer(place))
    for table in had:
        session.run(f"create_{table}")
    session.insert("schema_version", [{"version": number, "made_at": BEGUN}])
    who = {"actor": "w", "actor_name": "王工", "made_at": BEGUN}
    imports = [{"id": name, "project": PROJECT, "as_of": None, "source": "", **who} for name in ("2024q4", "2025q1")]
    session.insert("import_batch", imports)
    added = {"kind": "added", "role": "", "project": "", "revision": 1, **who}
    known = [{"person": person, "name": name, **added} for person, name in (("w", "王工"), ("l", "李工"))]
    if "user_event" in had:
        session.insert("user_event", known)
    root.close()
    for _ in range(2):
        store = open_store(place)
        with store.reading() as session:
            there = {name for (name,) in session.run("tables")}
            assert session.run("schema_version") == [(SCHEMA_VERSION,)]
            assert session.run_on("import_batch", "table_rows") == [("import_batch", 2)]
        assert there >= set(TABLES)
        assert sorted(people.known(store)) == (["l", "w"] if "user_event" in had else [])
        store.close()


# No wrong number, D27
@pytest.mark.parametrize(("fixture", "said"), [(FOURTH, []), (FOURTH_WITH_PEOPLE, ["li", "wang"])])
def test_a_store_of_0_4_0_and_one_of_0_5_0_lose_nothing(fixture: Path, said: list[str], tmp_path: Path) -> None:
    path = tmp_path / "fourth.duckdb"
    path.write_bytes(gzip.decompress(fixture.read_bytes()))
    assert (versions(path), "user_event" in tables(path)) == ([4], bool(said))
    store = open_store(path)
    scores = read.scores(store, PROJECT, WORKING)
    assert [(scores[code].points, scores[code].actor_name) for code in ("A11", "A12")] == [
        (Decimal("2.50"), "王工"),
        (Decimal("1.50"), "王工"),
    ]
    assert logs.check_chains(store, PROJECT).broken == ()
    with store.reading() as session:
        assert session.run_on("view", "table_rows") == [("view", 2)]
    assert sorted(people.known(store)) == said
    assert len(redaction.redactions(store)) == (1 if said else 0)
    assert len(logs.evidence(store, PROJECT)) == (2 if said else 0)
    people.add(store, "zhao", Actor("w", "王工"), lambda found: [{"kind": "added", "name": "赵工"}])
    store.close()
    assert versions(path) == [4, *range(5, SCHEMA_VERSION + 1)]
    assert tables(path) == set(TABLES)


def test_a_store_of_the_fifth_version_keeps_its_sources_of_money_and_its_chain(tmp_path: Path) -> None:
    path = tmp_path / "fifth.duckdb"
    path.write_bytes(gzip.decompress(FIFTH.read_bytes()))
    assert versions(path) == [5]
    store = open_store(path)
    facts = read.facts(store, PROJECT)
    assert [(each.source, each.planned, each.paid) for each in facts.funding] == [
        ("bond", Decimal(12000), Decimal(8000)),
        ("budget", Decimal(3000), Decimal(0)),
    ]
    assert logs.check_chains(store, PROJECT).broken == ()
    store.close()
    assert versions(path) == [5, *range(6, SCHEMA_VERSION + 1)]
    assert tables(path) == set(TABLES)


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
        ("INSERT INTO schema_version VALUES (90, '2030-01-01')", StoreNewer),
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
