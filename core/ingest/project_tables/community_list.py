"""The list of communities (小区台账): its rows, and what they add up to where no other table states it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from core.errors import Message, RowProblem
from core.ingest.project_tables import community_sums, details, table_checks
from core.ingest.project_tables.place_tables import Places
from core.ingest.project_tables.rows import Notes, number_text
from core.ingest.project_tables.section import TableSection, fields_of
from core.ingest.project_tables.told import Told
from core.model.detail import in_columns
from core.model.fields import COLUMNS
from core.progress.arithmetic import sum_of

if TYPE_CHECKING:
    import pyarrow


def read(told: Told, sections: Sequence[TableSection], places: Places, notes: Notes) -> None:
    """Read the list, hold it against the places' own figures, and add it up where they have none, which is told."""
    by_place = {*(COLUMNS["spend"] if told.facts.spend else ())}
    by_place.update(COLUMNS["renovation"] if told.facts.renovation else ())
    if not community_sums.is_added(told.facts.source_money):
        by_place.update(name for section in sections for name in fields_of("sources", section.columns))
    shared: dict[tuple[str, str], tuple[Decimal, int]] = {}
    amounts: list[tuple[str, Mapping[str, Decimal]]] = []
    told.detail = _detail(sections, places, notes, by_place, shared, amounts)
    if told.detail is not None and not notes.problems:
        _add_up(told, told.detail, shared, sections, notes)
        _add_up_estimates(told, community_sums.estimates(told.detail, shared), sections, notes)
        _add_up_sources(told, community_sums.by_source(amounts, shared), sections, notes)
        notes.problems.extend(table_checks.detail(told.detail, told.facts, sections, shared))


def _add_up(
    told: Told,
    detail: pyarrow.Table,
    shared: table_checks.Shared,
    sections: Sequence[TableSection],
    notes: Notes,
) -> None:
    """Add the list of communities up to the places where nothing else states them, which is told."""
    homes = community_sums.homes(detail, shared) if community_sums.is_added(told.facts.renovation) else ()
    spend = community_sums.money(detail, shared) if community_sums.is_added(told.facts.spend) else ()
    if homes or spend:
        told.take(renovation=homes or told.facts.renovation, spend=spend or told.facts.spend)
        text = Message("文件中没有街镇的表，各街镇的数由小区明细各行相加得出。请核对。")
        gaps = community_sums.gaps(detail, shared, (*homes, *spend))
        notes.questions.extend(RowProblem(sections[0].table.file, None, None, each) for each in (text, *gaps))


def _add_up_estimates(
    told: Told, added: Mapping[str, Decimal | None], sections: Sequence[TableSection], notes: Notes
) -> None:
    """Take the communities' estimates for those of their places where nothing else states any, which is asked."""
    facts, file = told.facts, sections[0].table.file
    if not added:
        return
    if not community_sums.is_added(facts.budget_groups):
        doubts = community_sums.estimate_doubts(facts, added)
        notes.questions.extend(RowProblem(file, None, None, each) for each in doubts)
        return
    if silent := community_sums.without_estimate(facts, added):
        told.take(budget_groups=())
        text = community_sums.no_estimate(silent)
    else:
        told.facts = community_sums.with_estimates(facts, added)
        total = number_text(sum_of(each for each in added.values() if each is not None), "estimate")
        text = Message(
            "文件中没有街镇的概算，各街镇的概算由小区明细各行的“{heading}”相加得出，合计{total}万元。如果不是批复的概算，请在表头对应中把这一列指定为不读取。",
            {
                "heading": next(
                    (each.heading("own_estimate") for each in sections if "own_estimate" in each.columns), ""
                ),
                "total": total,
            },
        )
    notes.questions.append(RowProblem(file, None, None, text))


def _add_up_sources(
    told: Told,
    added: Mapping[tuple[str, str], Decimal | None],
    sections: Sequence[TableSection],
    notes: Notes,
) -> None:
    """Add the communities' money of each source up to the places, or hold it against what these state, as is told."""
    if not added:
        return
    file = sections[0].table.file
    if not community_sums.is_added(told.facts.source_money):
        notes.problems.extend(table_checks.sources(added, told.facts, sections))
        notes.questions.extend(
            RowProblem(file, None, None, each) for each in community_sums.sources_beside(added, told.facts)
        )
        return
    told.take(source_money=community_sums.source_money(added, told.facts))
    told.by_source = True
    text = Message("各街镇各资金来源的数由小区明细各行相加得出。请核对。")
    told_once = (text, *community_sums.source_gaps(added))
    notes.questions.extend(RowProblem(file, None, None, each) for each in told_once)


def _detail(
    sections: Sequence[TableSection],
    places: Places,
    notes: Notes,
    by_place: Collection[str],
    shared: dict[tuple[str, str], tuple[Decimal, int]],
    amounts: list[tuple[str, Mapping[str, Decimal]]],
) -> pyarrow.Table | None:
    if any(section.table.folds for section in sections):
        from core.ingest.project_tables import folded_columns  # only a long .csv is folded, and pyarrow is large

        return folded_columns.communities(sections, places, notes)
    seen: dict[tuple[str, str], str] = {}
    rows = [
        row
        for section in sections
        for row in details.communities(section, places, notes, seen, by_place, shared, amounts)
    ]
    return in_columns(rows) if rows and not notes.problems else None
