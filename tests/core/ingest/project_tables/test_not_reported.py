"""A table without a column, or with a mark instead of a figure, is taken: the figure is not reported, which is told."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.model.fields import FIELDS, own_figures
from tests.core.ingest.project_tables.test_facts import BASE, HOUSES, MONEY, as_csv, as_xlsx, asked, changed, facts
from tests.core.ingest.project_tables.test_facts import reading as read

MONEY_NAMES = own_figures("spend")
HOME_NAMES = own_figures("renovation")


def without(rows: list[list[object]], *columns: int) -> list[list[object]]:
    return [[cell for at, cell in enumerate(row) if at not in columns] for row in rows]


def test_a_table_without_payments_is_taken_and_says_so() -> None:
    found = read("a.csv", as_csv(without(MONEY, 3)))
    assert [(line.place, line.invested, line.paid) for line in facts(found).spend] == [
        ("甲镇", 30, None), ("乙镇", 40, None),
    ]  # fmt: skip
    assert asked(found) == ["《a.csv》A1：表中没有累计支付这一列，按未填报处理，显示为“—”。如果有这一列，请核对表头。"]
    only = read("a.csv", as_csv(without(MONEY, 1, 2)))
    assert [(line.invested, line.paid) for line in facts(only).spend] == [(None, 20), (None, 40)]


def test_a_table_of_homes_needs_one_figure() -> None:
    found = facts(read("a.csv", as_csv(without(HOUSES, 1, 2, 4))))
    assert [(line.communities, line.buildings, line.households, line.area) for line in found.renovation] == [
        (None, None, 400, None), (None, None, 500, None),
    ]  # fmt: skip


def test_what_a_later_file_has_no_column_for_goes_on_from_before() -> None:
    found = facts(read("a.csv", as_csv(without(MONEY, 3)), previous=BASE))
    assert [line.paid for line in found.spend] == [20, 40]
    again = facts(read("a.csv", as_csv(changed(MONEY, 1, 3, "—")[:3]), previous=BASE))
    assert [line.paid for line in again.spend] == [None, 40]


@pytest.mark.parametrize("mark", ["—", "/", "未填报", "暂无"])
def test_a_mark_is_not_reported_and_not_0(mark: str) -> None:
    found = read("a.csv", as_csv(changed(MONEY, 1, 3, mark)[:3]))
    assert [line.paid for line in facts(found).spend] == [None, 40]
    assert (
        f"《a.csv》D2（累计支付（万元））：甲镇的累计支付写的是“{mark}”，按未填报处理，显示为“—”；如果没有发生，请填0。"
        in asked(found)
    )
    zero = facts(read("a.csv", as_csv(changed(MONEY, 1, 3, 0)[:3])))
    assert [line.paid for line in zero.spend] == [0, 40]


@given(st.data())
def test_any_columns_may_be_missing(data: st.DataObject) -> None:
    """What is there is read, the rest is None: of every subset of columns, in one table or in two."""
    kept = data.draw(st.lists(st.sampled_from([*MONEY_NAMES, *HOME_NAMES]), min_size=1, unique=True))
    values = {
        place: {
            name: data.draw(st.integers(1, 9999))
            if not FIELDS[name].measured
            else Decimal(data.draw(st.integers(1, 9999)))
            for name in kept
        }
        for place in ("甲镇", "乙镇", "丙街道")
    }

    def table(names: list[str]) -> list[list[object]]:
        units = {"money": "(万元)", "area": "(万㎡)"}
        head = ["街镇", *(FIELDS[name].name + units.get(FIELDS[name].kind, "") for name in names)]
        return [head, *([place, *(row[name] for name in names)] for place, row in values.items())]

    sheets = {"表": table(kept)}
    if data.draw(st.booleans()):
        parts = {"资金": [n for n in kept if n in MONEY_NAMES], "受益": [n for n in kept if n in HOME_NAMES]}
        sheets = {name: table(part) for name, part in parts.items() if part}
    found = facts(read("a.xlsx", as_xlsx(sheets)))
    for lines, names in ((found.spend, MONEY_NAMES), (found.renovation, HOME_NAMES)):
        if any(name in kept for name in names):
            assert {line.place: [getattr(line, name) for name in names] for line in lines} == {
                place: [row.get(name) for name in names] for place, row in values.items()
            }
        else:
            assert lines == ()
