"""Whatever is altered by hand, in any table, is named (no wrong number, D28)."""

from __future__ import annotations

import gzip
import hashlib
import os
import random
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.model.context import Actor, Context
from core.model.panel_events import EvidenceFile
from core.model.rights import OPERATOR
from core.service.base import open_store as home
from core.service.manage import backups, demo, verifying
from core.store import clock, logs, people, redaction, row_digests, snapshots
from core.store import copying as copies
from core.store.address import parse
from core.store.database import Store
from core.store.opening import open_store
from core.store.schema import TABLES
from core.store.session import statement
from tests.core.store.test_upgrade import FOURTH, FOURTH_WITH_PEOPLE

full = pytest.mark.full
_OTHERS = [table for table in TABLES if table != "write_digest"]
PARTS = [["write_digest"], *(_OTHERS[part::6] for part in range(6))]
"""Tables that are altered together: a verify takes as long whatever was altered. A digest that is altered names the
rows that it was made of, and would hide what becomes of other tables.
"""
OPERATOR_HERE = Context(Actor("operator", "管理员", grants=OPERATOR))
WHO = Actor("w", "王工")
SHEET = "r1/working"
AT = {"actor": "w", "actor_name": "王工", "made_at": datetime(2026, 11, 2, 9)}
CONTENTS = (b"%PDF-1", b"%PDF-2", b"%PDF-3")
MORE: dict[str, list[dict[str, object]]] = {
    "recusal": [
        {"project": demo.ID, "sheet": SHEET, "code": code, "revision": 1, "active": True, "reason": "亲属", **AT}
        for code in ("A11", "")
    ],
    "assignment": [
        {"project": demo.ID, "round": "r1", "person": person, "person_name": "李", "revision": 1, "codes": codes, **AT}
        for person, codes in (("li", "[]"), ("wang", '["A11"]'))
    ],
    "talk": [
        {"project": demo.ID, "round": "r1", "code": "B11", "revision": number, "edit_id": f"talk-{number}",
         "kind": kind, "about": about, "text": text, "mentioned": "[]", **AT}
        for number, kind, about, text in ((1, "said", 0, "请核"), (2, "marked", 1, ""))
    ],
    "deliberation": [
        {"project": demo.ID, "round": "r1", "code": "B11", "revision": number, "edit_id": f"settled-{number}",
         "discussed": discussed, "decision": "按5分计", "proposer": "王工", **AT}
        for number, discussed in ((1, True), (2, False))
    ],
    "questionnaire": [
        {"project": demo.ID, "questionnaire": name, "revision": 1, "change": "set", "name": "问卷", "asked_on": None,
         "content": "[]", "reason": "", **AT}
        for name in ("q1", "q2")
    ],
    "flag_answer": [
        {"project": demo.ID, "sheet": SHEET, "code": code, "kind": "far", "revision": 1, "answer": "已核", **AT}
        for code in ("A11", "A12")
    ],
    "minutes": [
        {"project": demo.ID, "round": "r1", "revision": number, "text": "一、二", **AT} for number in (1, 2)
    ],
    "comment": [
        {"project": demo.ID, "round": "r1", "code": "B11", "revision": number, "kind": "comment", "text": "请核",
         "decision": "", **AT}
        for number in (8, 9)
    ],
    "milestone_owner": [
        {"batch": f"{demo.ID}@x", "project": demo.ID, "seq": number, "place": "", "name": name, "owner": "城建公司"}
        for number, name in ((1, "开工"), (2, "竣工"))
    ],
    "comment_unit": [
        {"project": demo.ID, "round": "r1", "code": "B11", "revision": number, "unit": "某街道"} for number in (8, 9)
    ],
    "round_event": [
        {"project": demo.ID, "round": "r1", "revision": number, "name": "初评", "kind": "initial", "rule": rule, **AT}
        for number, rule in ((1, "mean"), (2, "median"))
    ],
    "round_setting": [
        {"project": demo.ID, "round": "r1", "revision": number, "change": "set", "name": "初评", "kind": "initial",
         "rule": rule, "deadline": None, "least_scorers": 2, "shown": "after_submit",
         "self_shown": "after_submit", "reason": "", **AT}
        for number, rule in ((1, "mean"), (2, "median"))
    ],
    "scheme_step": [
        {"batch": f"scheme:s@{number}", "scheme": "s", "version": number, "step": step}
        for number, step in ((1, "0.5"), (2, "1"))
    ],
    "round_step": [
        {"project": demo.ID, "round": "r1", "revision": number, "edit_id": f"step{number}", "kind": "seen",
         "person": person, "person_name": "某工", "reason": "", **AT}
        for number, person in ((1, "w"), (2, "l"))
    ],
    "sheet_target": [
        {"project": demo.ID, "sheet": SHEET, "code": code, "target": "≥90%", "actual": "95%", "deviation": ""}
        for code in ("A11", "A12")
    ],
    "sheet_budget": [
        {"project": demo.ID, "sheet": SHEET, "seq": number, "source": "财政拨款", "initial": 90, "budget": 90,
         "executed": 89, "rate": "98.89%"}
        for number in (1, 2)
    ],
    "batch_event": [
        {"project": demo.ID, "batch": "b", "seq": number, "kind": kind, "reason": "", **AT}
        for number, kind in ((1, "held"), (2, "released"))
    ],
    "correction": [
        {"batch": f"c{number}", "project": demo.ID, "parent": "b", "place": "甲街道", "field": "paid", "old": "1",
         "new": "2", "reason": "笔误"}
        for number in (1, 2)
    ],
    "funding_kind": [
        {"batch": "b", "project": demo.ID, "seq": number, "source": name, "name": name, "planned": 300,
         "planned_share": 0, "paid": paid, "arrived": None, "section": "报告 一"}
        for number, name, paid in ((1, "一般债券", None), (2, "居民自筹", 20))
    ],
    "source_money": [
        {"batch": "b", "project": demo.ID, "seq": number, "place": place, "source": "一般债券", "name": "一般债券",
         "planned": 300, "arrived": None, "paid": paid, "section": "报告 一"}
        for number, place, paid in ((1, "", None), (2, "璜土镇", 20))
    ],
    "community_more": [
        {"batch": "b", "project": demo.ID, "seq": number, "built": built, "renewal": "基础类",
         "begun_on": date(2024, 4, 30), "done_on": None, "own_estimate": None, "said": '{"begun_on": "2024.4"}'}
        for number, built in ((1, "80年代"), (2, None))
    ],
    "not_reported": [
        {"batch": "b", "project": demo.ID, "seq": number, "place": "甲街道", "field": field}
        for number, field in ((1, "paid"), (2, "buildings"))
    ],
    "column_mapping": [
        {"project": demo.ID, "heading": heading, "seq": 1, "field": "paid", **AT} for heading in ("已付", "实付")
    ],
    "layout_mapping": [
        {"project": demo.ID, "layout": "f", "place": place, "seq": 1, "heading": "开工数", "field": field, **AT}
        for place, field in (("C", "started"), ("D", None))
    ],
    "standard_check": [
        {"project": demo.ID, "standard": "renovation-12", "version": 1, "place": "甲街道", "community": "",
         "code": "1.1", "seq": number, "result": result, "checked_on": None, "checked_by": "某工", "note": "",
         "picture": "", **AT}
        for number, result in ((1, "met"), (2, "not_met"))
    ],
    "payment": [
        {"batch": "b", "project": demo.ID, "seq": number, "place": place, "paid_on": None, "payee": "甲公司",
         "amount": -1, "funding": "bond", "voucher": "", "contract_no": "", "contract": None, "purpose": "",
         "source": "台账", "raw": "{}"}
        for number, place in ((1, "甲街道"), (2, None))
    ],
    "evidence_withdrawal": [
        {"project": demo.ID, "sheet": SHEET, "code": code, "id": "extra", "reason": "误传", **AT}
        for code in ("A11", "A12")
    ],
    "site_picture": [
        {"project": demo.ID, "id": name, "seq": 1, "place": "甲街道", "community": "", "moment": "before",
         "taken_on": date(2023, 5, 6), "picture": "- x.png", "withdrawn": False, **AT}
        for name in ("p1", "p2")
    ],
    "comparison": [
        {"batch": "b", "project": demo.ID, "seq": number, "place": None, "community": "", "name": name, "unit": "个",
         "before": 1, "after": None, "source": "对比"}
        for number, name in ((1, "停车位"), (2, "绿地"))
    ],
    "goal": [
        {"project": demo.ID, "id": "g1", "seq": number, "kind": "stage", "text": "完工", "source": "", **AT}
        for number in (1, 2)
    ],
    "saved_view": [
        {"project": demo.ID, "id": "v1", "seq": number, "name": "常看", "address": "checks?project=x", **AT}
        for number in (1, 2)
    ],
    "notice": [
        {"key": f"n{number}", "project": demo.ID, "text": '{"params": {}, "text": "预警"}', "link": "alarms",
         "made_at": AT["made_at"]}
        for number in (1, 2)
    ],
    "notice_sending": [
        {"key": "n1", "channel": "mail", "seq": number, "step": step, "said": "", "made_at": AT["made_at"]}
        for number, step in ((1, "queued"), (2, "claimed"))
    ],
    "kept_choice": [
        {"project": demo.ID, "name": "月报", "seq": number, "content": "{}", "is_default": False, **AT}
        for number in (1, 2)
    ],
    "reporting_period": [
        {"project": demo.ID, "id": name, "as_of": date(2025, 3, 31), "due": date(2025, 4, 10), "places": '["甲街道"]',
         "fields": '["paid"]', **AT}
        for name in ("2025-03-31", "2025-03-31-2")
    ],
    "reported_figure": [
        {"project": demo.ID, "period": "2025-03-31", "place": "甲街道", "field": "paid", "revision": number,
         "edit_id": f"e{number}", "raw": "2500", "value": 2500, "reason": "", **AT}
        for number in (1, 2)
    ],
    "reporting_community": [
        {"project": demo.ID, "period": "2025-03-31", "seq": number, "place": "甲街道", "community": name}
        for number, name in ((1, "一村"), (2, "二村"))
    ],
    "community_figure": [
        {"project": demo.ID, "period": "2025-03-31", "place": "甲街道", "community": "一村", "field": "paid",
         "revision": number, "edit_id": f"c{number}", "raw": "250", "value": 250, "reason": "", **AT}
        for number in (1, 2)
    ],
    "report_step": [
        {"project": demo.ID, "period": "2025-03-31", "place": "甲街道", "revision": number, "kind": kind, "reason": "",
         "batch": "", **AT}
        for number, kind in ((1, "submitted"), (2, "reviewed"))
    ],
    "review_rule": [
        {"project": demo.ID, "revision": number, "needed": number == 1, **AT} for number in (1, 2)
    ],
    "reporter": [
        {"project": demo.ID, "place": "甲街道", "person": person, "revision": 1, "given": True, **AT}
        for person in ("huang", "xia")
    ],
    "dated_note": [
        {"project": demo.ID, "id": "n1", "seq": number, "day": date(2025, 7, 1), "name": name, **AT}
        for number, name in ((1, "汛期停工"), (2, ""))
    ],
    "place_boundary": [
        {"project": demo.ID, "seq": number, "file": "街镇.geojson", "digest": "x", "outlines": outlines, **AT}
        for number, outlines in ((1, '{"甲街道":[[[120.1,31.8],[120.2,31.8],[120.2,31.9]]]}'), (2, "{}"))
    ],
    "check_answer": [
        {"project": demo.ID, "check_id": number, "seq": 7, "text": "已去函", **AT} for number in (1, 2)
    ],
    "view": [
        {"code": code, "project": demo.ID, "content": "{}", "figures": "", **AT} for code in ("AAAA", "BBBB")
    ],
}  # fmt: skip
"""Of what the demo has less than two rows."""


@pytest.fixture(scope="module")
def all_tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed store with at least two rows in every table."""
    path = tmp_path_factory.mktemp("all") / "all.duckdb"
    demo.make(path)
    store = open_store(path)
    with store.writing("data") as session:
        for table, rows in MORE.items():
            session.insert(table, rows)
    for content in CONTENTS:
        name = hashlib.sha256(content).hexdigest()
        file = EvidenceFile(
            demo.ID, SHEET, "A11", name[:8], "photo", "x.pdf", "application/pdf", len(content), name, "w", "王工",
            clock.now(),
        )  # fmt: skip
        logs.add_evidence(store, file, content, lambda session: None)
    extra = b"%PDF-0"
    gone = [hashlib.sha256(content).hexdigest() for content in (CONTENTS[0], extra)]
    file = EvidenceFile(
        demo.ID, SHEET, "A12", "extra", "photo", "y.pdf", "application/pdf", len(extra), gone[1], "w", "王工",
        clock.now(),
    )  # fmt: skip
    logs.add_evidence(store, file, extra, lambda session: None)
    for name in gone:
        assert redaction.redact(store, demo.ID, name, "误传", WHO)
    for person in ("wang", "li"):
        people.add(store, person, WHO, lambda found: [{"kind": "added", "name": "某工"}])
        people.note(store, person, "set", WHO)
    draft = {"code": "A11", "content": "{}"}
    for _ in range(2):
        logs.append(store, logs.INPUTS, demo.ID, SHEET, WHO, lambda session, known: ([draft], None))
    for kind in ("submitted", "returned"):
        step = {"kind": kind, "reason": "", "frozen": ""}
        logs.append(store, logs.SHEET_EVENTS, demo.ID, SHEET, WHO, lambda session, known, step=step: ([step], None))
    with store.writing("data") as session:
        session.insert("schema_version", [{"version": 0, "made_at": datetime(2026, 11, 1)}])
        counts = dict(session.run_on_each(TABLES, "table_rows"))
    store.close()
    assert {table for table, count in counts.items() if count < 2} == set()
    return path


@pytest.fixture
def opened(all_tables: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """A copy of it, as this process has it open."""
    path = tmp_path / "renewal.duckdb"
    shutil.copy(all_tables, path)
    monkeypatch.setenv("RENEWAL_STORE", str(path))
    home.close()
    yield home.store()
    home.close()


CHOICES = {
    ("batch_event", "kind"): ("withdrawn", "held"), ("comment", "decision"): ("采纳", ""),
    ("finding", "kind"): ("problem", "recommendation"), ("finding_event", "state"): ("open", "done"),
    ("standard_check", "result"): ("met", "not_met"), ("standard_point", "kind"): ("standard", "content"),
    ("goal", "kind"): ("overall", "stage"),
    ("round_event", "kind"): ("self", "final"), ("round_event", "rule"): ("mean", "chief"),
    ("round_step", "kind"): ("asked", "admitted"), ("round_setting", "change"): ("set", "closed"),
    ("round_setting", "kind"): ("self", "final"), ("round_setting", "rule"): ("mean", "chief"),
    ("round_setting", "shown"): ("after_submit", "after_lock"),
    ("scheme_step", "step"): ("0.50", "1.00"),
    ("round_setting", "self_shown"): ("after_submit", "at_once"),
    ("score_event", "status"): ("example", "confirmed"), ("sheet_event", "kind"): ("submitted", "returned"),
    ("sheet_owner", "kind"): ("evaluator", "unit"), ("user_event", "kind"): ("granted", "revoked"),
    ("account_event", "kind"): ("set", "changed"), ("notice_sending", "step"): ("queued", "sent"),
    ("write_digest", "kind"): ("written", "upgraded"),
}  # fmt: skip
"""Columns that take some words only: two of them."""


def other_value(table: str, column: str, kind: str) -> str:
    """SQL for another value of the same kind."""
    if (table, column) in CHOICES:
        one, other = CHOICES[table, column]
        return f"CASE {column} WHEN '{one}' THEN '{other}' ELSE '{one}' END"
    if kind.startswith("DECIMAL"):
        return f"CASE WHEN {column} >= 0.5 THEN {column} - 0.01 ELSE coalesce({column}, 0) + 0.01 END"
    return {
        "VARCHAR": f"coalesce({column}, '') || 'x'", "INTEGER": f"coalesce({column}, 0) + 1000",
        "BIGINT": f"{column} + 1", "BOOLEAN": f"NOT coalesce({column}, false)",
        "DATE": f"coalesce({column}, DATE '2020-01-01') + 1", "BLOB": f"{column} || '\\x00'::BLOB",
        "TIMESTAMP": f"{column} + INTERVAL 1 MICROSECOND",
    }[kind]  # fmt: skip


def columns(cursor: duckdb.DuckDBPyConnection, table: str) -> list[tuple[str, str]]:
    return cursor.execute(
        "SELECT column_name, data_type FROM duckdb_columns() WHERE database_name = 'store' AND table_name = $t",
        {"t": table},
    ).fetchall()


def alter(cursor: duckdb.DuckDBPyConnection, table: str, column: str, kind: str, row: int) -> bool:
    """Alter one cell by hand; False: a constraint of the table does not let anybody."""
    (number,) = cursor.execute(f"SELECT rowid FROM store.{table} ORDER BY rowid LIMIT 1 OFFSET {row}").fetchall()[0]
    try:
        cursor.execute(f"UPDATE store.{table} SET {column} = {other_value(table, column, kind)} WHERE rowid = {number}")
    except duckdb.ConstraintException:
        return False
    return True


def named() -> set[str]:
    """The tables that `verify` names, and contents of evidence."""
    found = {problem.table for problem in verifying.verify(OPERATOR_HERE).problems}
    contents = [problem for problem in backups.check(OPERATOR_HERE).problems if "佐证" in str(problem)]
    return found | ({"evidence_bytes"} if contents else set())


def test_what_nobody_has_altered_holds(opened: Store) -> None:
    found = verifying.verify(OPERATOR_HERE)
    assert (found.problems, found.note) == ((), None)
    with opened.reading() as session:
        counts = dict(session.run_on_each(TABLES, "table_rows"))
    assert found.rows == sum(count for table, count in counts.items() if table not in row_digests.OTHERWISE_KNOWN)
    assert backups.check(OPERATOR_HERE).problems == ()


@pytest.mark.parametrize("tables", PARTS, ids=range(len(PARTS)))
def test_a_random_cell_of_every_table_that_is_altered_is_named(tables: list[str], opened: Store) -> None:
    cursor = opened._root.cursor()
    for table in tables:
        cells = [(column, kind, row) for column, kind in columns(cursor, table) for row in (0, 1)]
        random.Random(table).shuffle(cells)
        assert any(alter(cursor, table, *cell) for cell in cells), table
    assert set(tables) <= named()


@full
@pytest.mark.parametrize("tables", PARTS, ids=range(len(PARTS)))
def test_every_cell_of_every_table_that_is_altered_is_named(tables: list[str], opened: Store) -> None:
    """Two rows, all columns; one cell of a table at a time, in each of some tables that are not neighbours."""
    home.close()
    path = home.location()
    assert isinstance(path, Path)
    whole = path.read_bytes()
    with duckdb.connect() as plan:
        plan.execute(f"ATTACH '{path}' AS store (READ_ONLY)")
        cells = {
            table: [(column, kind, row) for column, kind in columns(plan, table) for row in (0, 1)] for table in tables
        }
    altered: Counter[str] = Counter()
    for turn in range(max(map(len, cells.values()))):
        cursor = home.store()._root.cursor()
        now = [table for table, own in cells.items() if turn < len(own) and alter(cursor, table, *own[turn])]
        cursor.close()
        altered.update(now)
        assert set(now) <= named(), [cells[table][turn] for table in now]
        home.close()
        for beside in path.parent.iterdir():
            beside.unlink()
        path.write_bytes(whole)
    for table, own in cells.items():
        assert altered[table] >= len({column for column, _, _ in own}) - 2, table


@pytest.mark.parametrize("tables", PARTS, ids=range(len(PARTS)))
def test_a_row_that_is_deleted_is_named(tables: list[str], opened: Store) -> None:
    cursor = opened._root.cursor()
    tables = [table for table in tables if table != "evidence_bytes"]
    for table in tables:
        # The last event of a sheet's own chain is the mark's to miss (test_mark.py).
        followed = f"WHERE digest IN (SELECT previous FROM store.{table})" if table in row_digests.OWN_CHAINS else ""
        (first,) = cursor.execute(f"SELECT min(rowid) FROM store.{table} {followed}").fetchall()[0]
        cursor.execute(f"DELETE FROM store.{table} WHERE rowid = {first}")
    assert set(tables) <= named()


def test_a_row_that_is_put_in_by_hand_is_named_with_its_key(opened: Store) -> None:
    opened._root.cursor().execute(
        "INSERT INTO store.minutes VALUES ('demo-x', 'r9', 3, '同意', 'w', '王工', TIMESTAMP '2026-11-02 10:00:00')"
    )
    (problem,) = verifying.verify(OPERATOR_HERE).problems
    assert (problem.project, problem.table) == ("demo-x", "minutes")
    assert str(problem.message).endswith("project=demo-x，round=r9，revision=3。")
    # Another project's verify has nothing to do with it.
    assert verifying.verify(OPERATOR_HERE, demo.ID).problems == ()


def test_an_altered_row_is_named_and_the_other_is_not(opened: Store) -> None:
    opened._root.cursor().execute("UPDATE store.recusal SET reason = '' WHERE code = 'A11'")
    (problem,) = verifying.verify(OPERATOR_HERE).problems
    assert (problem.project, problem.sheet, problem.table, problem.code) == (demo.ID, SHEET, "recusal", "A11")


def test_a_write_does_not_cover_up_what_was_altered_beside_it(opened: Store) -> None:
    """A new row of the same sheet, item and batch as an altered one: the old one is not noted anew."""
    home.close()
    with duckdb.connect(opened.location) as by_hand:
        by_hand.execute("UPDATE minutes SET text = '另一份' WHERE revision = 1")
        by_hand.execute("UPDATE batch_event SET reason = '另一个' WHERE seq = 1")
    with home.store().writing("data") as session:
        session.insert("minutes", [MORE["minutes"][0] | {"revision": 3}])
        session.insert("batch_event", [MORE["batch_event"][0] | {"seq": 3}])
    assert named() == {"minutes", "batch_event"}


@settings(max_examples=20)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=6), min_size=2))
def test_whatever_texts_are_written_are_found_as_they_were(all_tables: Path, texts: list[str]) -> None:
    """Any text: separators, quotes, characters of other planes. Rows that differ are never taken for each other."""
    path = all_tables.with_name(f"texts-{os.urandom(4).hex()}.duckdb")
    shutil.copy(all_tables, path)
    store = open_store(path)
    with store.writing("steps") as session:
        rows = [MORE["minutes"][0] | {"revision": 10 + n, "text": text} for n, text in enumerate(texts)]
        session.insert("minutes", rows)
    with store.reading() as session:
        found = row_digests.check(session, TABLES)
    store.close()
    for beside in (path, path.with_name(f"{path.name}.mark")):
        beside.unlink()
    assert (found.altered, dict(found.gone), found.broken) == ((), {}, ())


# An older store.
@pytest.mark.parametrize("fixture", [FOURTH, FOURTH_WITH_PEOPLE])
def test_an_older_store_is_noted_when_it_is_brought_up_and_verify_says_so(
    fixture: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "old.duckdb"
    path.write_bytes(gzip.decompress(fixture.read_bytes()))
    monkeypatch.setenv("RENEWAL_STORE", str(path))
    home.close()
    found = verifying.verify(OPERATOR_HERE)
    assert found.problems == ()
    assert f"其中{found.rows}行由旧版本写入，摘要在" in str(found.note)
    home.store()._root.cursor().execute("UPDATE store.spend SET paid = paid + 1 WHERE seq = 2")
    assert named() == {"spend"}
    home.close()


@pytest.mark.parametrize("fixture", [FOURTH, FOURTH_WITH_PEOPLE])
def test_an_older_backup_that_is_restored_is_noted_too(fixture: Path, tmp_path: Path) -> None:
    source, there = tmp_path / "old.duckdb", tmp_path / "there.duckdb"
    source.write_bytes(gzip.decompress(fixture.read_bytes()))
    copies.restore(source, there)
    store = open_store(there)
    with store.reading() as session:
        found = row_digests.check(session, TABLES)
    store.close()
    assert (found.altered, dict(found.gone), found.broken) == ((), {}, ())
    assert found.late is not None


def whole(store: Store) -> bool:
    with store.reading() as session:
        found = row_digests.check(session, TABLES)
    return (found.altered, dict(found.gone), found.broken) == ((), {}, ())


def test_backup_restore_and_rewrite_keep_the_chain(opened: Store, tmp_path: Path) -> None:
    copies.backup(opened, tmp_path / "b.duckdb")
    copies.restore(tmp_path / "b.duckdb", tmp_path / "there.duckdb")
    home.close()
    redaction.rewrite(tmp_path / "there.duckdb")
    store = open_store(tmp_path / "there.duckdb")
    assert whole(store)
    people.add(store, "zhao", WHO, lambda found: [{"kind": "added", "name": "赵工"}])
    assert whole(store)
    store.close()


@full
def test_moved_into_a_database_every_row_is_found_again(all_tables: Path, empty_database: str) -> None:
    address = parse(empty_database)
    copies.restore(all_tables, address)
    store = open_store(address)
    assert whole(store)
    people.add(store, "zhao", WHO, lambda found: [{"kind": "added", "name": "赵工"}])
    facts = replace(demo.facts(0), batch="another")
    with store.writing("data") as session:
        session.insert("minutes", [MORE["minutes"][0] | {"revision": 3}])
    snapshots.add(store, facts, WHO, communities=demo.communities(0))
    assert whole(store)
    store.close()


def test_the_statements_know_every_key() -> None:
    for table in TABLES:
        key = row_digests._key(table)
        text = statement(f"create_{table}")
        assert key
        assert all(f"\n    {column} " in text for column in key)
