"""The round's result by each rule and those of other rounds, side by side; only to be read."""

from __future__ import annotations

from collections.abc import Iterator

import streamlit as st

from core.scoring import Tally
from core.service.scoring import results_beside
from core.service.scoring.results_beside import Result, ResultsBeside
from core.service.scoring.rounds import RoundView
from core.text.numbers import points
from pages.shared import tables
from pages.shared.reads import read_own
from pages.shared.session import project
from pages.shared.words import plain, say, t


def show(view: RoundView) -> None:
    """One table: a row an item, a column a rule or another round; nothing while there are no two to compare."""
    found = read_own(results_beside.results_beside, project(), view.id)
    if len(found.results) < 2:
        return
    st.header(t("各汇总规则与各轮的结果"), anchor=False)
    headings = [t("编号"), t("指标"), *(_heading(each, found) for each in found.results)]
    tables.ready([plain(each) for each in headings], list(_rows(found)))
    st.caption(t("与本轮规则的结果不同的加粗；这里只作对照，不改动任何得分。"))


def _heading(each: Result, found: ResultsBeside) -> str:
    title = say(each.title)
    return t("{rule}（本轮）", rule=title) if each.rule is found.rule else title


def _rows(found: ResultsBeside) -> Iterator[tuple[str, ...]]:
    main = found.main
    for item in found.items:
        ours = None if main is None else main.points[item.code]
        cells = ((each.points[item.code], plain(points(each.points[item.code]))) for each in found.results)
        marked = (f"**{text}**" if ours is not None and value not in (None, ours) else text for value, text in cells)
        yield plain(item.code), plain(say(item.l3)), *marked
    yield "", t("总分"), *(plain(_total(each.tally)) for each in found.results)
    yield "", t("等级"), *(plain(say(each.tally.grade)) if each.tally.grade else "—" for each in found.results)


def _total(sums: Tally) -> str:
    """The total; of a sheet that is not complete with how many of its items it is made of."""
    total = points(sums.decisive)
    if sums.complete:
        return total
    return t("{total}（{scored}/{items}项）", total=total, scored=sums.scored, items=sums.items)
