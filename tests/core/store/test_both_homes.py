"""Each statement that reads says the same of a file and of PostgreSQL: one SQL, two homes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from core.service.manage import demo
from core.store import copying, read
from core.store.address import parse
from core.store.database import Store
from core.store.opening import open_store
from core.store.schema import TABLES
from core.store.session import statement
from tests.core.store.conftest import ROOT
from tests.core.store.postgres_server import PASSWORD, Server

pytestmark = pytest.mark.full

_NOT_READING = {
    "checkpoint", "take_over", "copy_communities", "copy_communities_more", "copy_payments", "row_digests_unknown",
}  # fmt: skip
_OF_ONE_HOME = {"tables", "postgres_lock", "postgres_snapshot", "postgres_seen", "postgres_indexes"}
# Logins lie outside the store and have their own tests on both (test_logins.py).
READING = sorted(
    file.stem
    for file in (ROOT / "core" / "store" / "sql").glob("*.sql")
    if not file.stem.startswith(("create_", "insert_", "login_")) and file.stem not in _NOT_READING | _OF_ONE_HOME
)
GIVEN: dict[str, object] = {
    "project": demo.ID, "sheet": "r1/working", "scope": None, "round": "r1", "code": None, "scheme": "old-community-32",
    "version": 1, "moment": datetime.max, "until": datetime.max, "edit_ids": ["a", "b"], "place": None, "first": 0,
    "minus": "扣-",
    "most": 50, "most_points": 200, "digest": "x", "heading": "h", "check": 1, "text": None, "only": "all",
    "name": "x", "source": "x", "raw": "{}", "latest": datetime.max, "as_of": date(2025, 12, 31),
    "sort": "name", "descending": False, "batches": [], "contradictions": [],
    "scored": [], "sheets": [], "layout": "f", "kind": None, "last": 9, "multiple": 10, "tolerance": 1, "works": "施工",
    "period": "q4",
}  # fmt: skip


@pytest.fixture(scope="module")
def homes(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, Store]]:
    """The demo in a file, and moved into PostgreSQL."""
    path: Path = tmp_path_factory.mktemp("homes") / "demo.duckdb"
    demo.make(path)
    server.sql("CREATE DATABASE two_homes")
    address = parse(server.url("two_homes", password=PASSWORD))
    copying.restore(path, address)
    file, database = open_store(path), open_store(address)
    yield file, database
    file.close()
    database.close()
    server.sql("DROP DATABASE two_homes WITH (FORCE)")


@pytest.mark.parametrize("name", READING)
def test_a_statement_says_the_same_of_both(homes: tuple[Store, Store], name: str) -> None:
    text = re.sub(r"--.*", "", statement(name))
    asked = set(re.findall(r"\$(\w+)", text))
    given = {name: value for name, value in GIVEN.items() if name in asked}
    if "batch" in asked:
        given["batch"] = read.facts(homes[0], demo.ID).batch
    tables = TABLES if "any_table" in text else ("",)
    if name in ("head_exists", "newest_head", "projects_in"):
        tables = ("score_event", "sheet_event", "item_input")
    found = []
    for store in homes:
        with store.reading() as session:
            if "any_condition" in text:
                found.append([session.run_among(t, name, {}) for t in tables])
            else:
                found.append([session.run_on(t, name, **given) if t else session.run(name, **given) for t in tables])
    ordered = [[sorted(rows, key=repr) for rows in each] for each in found]
    assert ordered[0] == ordered[1]


def test_the_demo_has_something_to_say_in_most_of_them(homes: tuple[Store, Store]) -> None:
    with homes[1].reading() as session:
        filled = {table for table, count in session.run_on_each(TABLES, "table_rows") if count}
    assert filled >= {"score_event", "delivery", "community", "finding", "finding_event", "arrival"}
