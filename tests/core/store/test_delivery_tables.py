"""Tables of what places report: the statements in sql/ have the columns of the fields, a later field its own table."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import pytest

from core.model.fields import COLUMNS, FIELDS, Field
from core.store import delivery_tables
from core.store.delivery_tables import statements_of, tables_of

SQL = Path(delivery_tables.__file__).parent / "sql"
LIFTS = Field("lift_homes", "加装电梯户数", "households", ("delivery",), since=99)
PARKING = Field("parking_cost", "停车位造价", "money", ("delivery",), since=99)


@pytest.mark.parametrize("table", ["delivery", "delivery_more"])
def test_a_table_with_a_statement_of_its_own_has_the_columns_of_its_fields(table: str) -> None:
    text = (SQL / f"create_{table}.sql").read_text(encoding="utf-8")
    columns = set(re.findall(r"^    ([a-z_]+) [A-Z]", text, re.MULTILINE))
    of_rows = {"batch", "project", "seq", "place", "source", "raw"}
    assert columns - of_rows == {field.stored_as for field in delivery_tables.TABLES[table]}


@pytest.mark.parametrize(
    ("part", "table", "key"),
    [
        ("communities", "community_more", {"batch", "project", "seq", "said"}),
        ("milestones", "milestone_owner", {"batch", "project", "seq", "place", "name"}),
    ],
)
def test_later_columns_of_other_tables_stand_in_a_table_of_their_own(part: str, table: str, key: set[str]) -> None:
    later = [field for field in FIELDS.values() if field.since and "delivery" not in field.tables]
    assert {field.tables for field in later} == {("communities",), ("milestones",)}
    text = (SQL / f"create_{table}.sql").read_text(encoding="utf-8")
    columns = set(re.findall(r"^    ([a-z_]+) [A-Z]", text, re.MULTILINE))
    assert columns - key == {field.stored_as for field in later if field.tables == (part,)}


def test_a_later_field_has_a_table_of_its_own_and_is_read_with_the_others() -> None:
    tables = tables_of([*(FIELDS[name] for name in COLUMNS["delivery"]), LIFTS, PARKING])
    assert tables["delivery_99"] == (LIFTS, PARKING)
    made = statements_of(tables)
    with duckdb.connect() as store:
        store.execute("ATTACH ':memory:' AS store")
        for table in ("delivery", "delivery_more"):
            store.execute((SQL / f"create_{table}.sql").read_text(encoding="utf-8"))
        store.execute(made["create_delivery_99"])
        for seq, place in ((2, "乙镇"), (1, "甲镇")):
            row = f"'b', 'p', {seq}, '{place}'"
            store.execute(
                f"INSERT INTO store.delivery (batch, project, seq, place, source, raw) VALUES ({row}, '', '')"
            )
        store.execute("INSERT INTO store.delivery_99 VALUES ('b', 'p', 1, '甲镇', 120, 1.5)")
        found = store.execute(made["deliveries"], {"batch": "b", "project": "p"})
        names = [column[0] for column in found.description or ()]
        rows = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
        assert [(row["place"], row["lift_homes"], row["contract"]) for row in rows] == [
            ("甲镇", 120, None), ("乙镇", None, None),
        ]  # fmt: skip
        with pytest.raises(duckdb.ConstraintException):
            store.execute("INSERT INTO store.delivery_99 VALUES ('b', 'p', 2, '乙镇', -1, NULL)")
