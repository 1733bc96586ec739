"""Columns that mean something in one kind of table only: 日期, 金额, 摘要 of payments, 指标, 单位 of comparisons.

概算 and 总投资 of a community are no approved amounts of a place; 责任人 means something beside a milestone only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from core.model.fields import COLUMNS, FIELDS

_PAID: Mapping[str, str] = {"paid": "payment", "arrived": "payment", "arrived_on": "paid_on"}
"""Headings that mean one payment where a row is one: 支付金额, 拨付金额 are else what there has been in all."""
_OF_PAYMENT = frozenset({"serial", "place", *COLUMNS["payments"]})


_OF_COMPARISON = frozenset({"serial", "place", "community", *COLUMNS["comparisons"]})
_ONLY_THERE = (("payments",), ("comparisons",))
_OF_MILESTONE = "owner"


def is_elsewhere(field: str, parts: Sequence[str]) -> bool:
    """True when a field means something in another kind of table only than those that a table is."""
    alone = FIELDS[field].tables in _ONLY_THERE or field == _OF_MILESTONE
    return bool(parts) and alone and FIELDS[field].tables[0] not in parts


def compares(columns: Mapping[str, int]) -> bool:
    """True when a row has a figure before and after."""
    return {"compared", "before", "after"} <= columns.keys()


def lists_payments(columns: Mapping[str, int]) -> bool:
    """True when a row is one payment: how much, and to whom, by which voucher, or for which contract on a day."""
    to_whom = "payee" in columns or "voucher" in columns or {"contract_no", "paid_on"} <= columns.keys()
    return "payment" in columns and to_whom


def of_its_kind(columns: Mapping[str, int], words: Mapping[int, str]) -> Mapping[str, int]:
    """The fields as a table of its kind means them. `words`: the headings by column."""
    said = dict(columns)
    for name, meant in _PAID.items():
        if name in said and meant not in said and (name == "paid" or "拨" in words[said[name]]):
            said[meant] = said.pop(name)
    if lists_payments(said):
        return {name: at for name, at in said.items() if name in _OF_PAYMENT}
    if compares(columns):
        return {name: at for name, at in columns.items() if name in _OF_COMPARISON}
    if "community" in columns and "own_estimate" not in columns:
        columns = {"own_estimate" if name == "estimate" else name: at for name, at in columns.items()}
    return {
        name: at
        for name, at in columns.items()
        if (name not in FIELDS or FIELDS[name].tables not in _ONLY_THERE)
        and (name != _OF_MILESTONE or "milestone" in columns)
    }
