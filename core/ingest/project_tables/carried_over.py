"""Figures that a file says nothing of and that go on from the snapshot before it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from core.errors import Message
from core.ingest.project_tables.section import TableSection
from core.ingest.report_text.outline import of_report
from core.model.fields import COLUMNS, FIELDS, TABLES, TableId
from core.model.project import Facts, Funding

_BY_COLUMN: tuple[TableId, ...] = ("spend", "renovation")
"""Parts of which a column that is missing goes on; of the others all is new, or all goes on."""


def kept(sections: Mapping[TableId, TableSection], told: Collection[TableId], previous: Facts | None) -> Message | None:
    """The sentence about the columns and tables that are not in the file; None: nothing goes on.

    `sections`: the tables by place that there are, by part. `told`: all parts that the file speaks of; `split` stands
    for the approved amounts as well.
    """
    if previous is None:
        return None
    there = {part: getattr(previous, table.rows) for part, table in TABLES.items() if table.rows}
    gone = [part for part, rows in there.items() if rows and part not in told]
    columns = [
        name
        for part in _BY_COLUMN
        if part in sections and there[part]
        for name in COLUMNS[part]
        if name not in sections[part].columns
    ]
    if "split" in told or not previous.budget_groups:
        columns = [name for name in columns if name != "estimate"]
    names = [Message("“{name}”列", {"name": FIELDS[name].name}) for name in columns]
    names += [Message("“{name}”", {"name": TABLES[part].name}) for part in gone]
    if not names:
        return None
    return Message(
        "文件中没有{names}；这些数沿用现有的（截至{day}，批次{batch}），导入后不变。",
        {"names": tuple(names), "day": previous.as_of, "batch": previous.batch},
    )


def as_before(plans: Sequence[Funding], before: Sequence[Funding]) -> tuple[Funding, ...]:
    """Plans of money with the share and the section that they have already.

    A sentence that stands in no section and repeats the amounts, as our own file does, says nothing new of either.
    """
    known = {plan.source: plan for plan in before}
    nowhere = of_report([""])

    def same(plan: Funding) -> Funding:
        old = known.get(plan.source)
        again = old is not None and (old.planned, old.arrived, old.paid) == (plan.planned, plan.arrived, plan.paid)
        return old if old is not None and again and plan.section == nowhere else plan

    return tuple(same(plan) for plan in plans)
