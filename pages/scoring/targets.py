"""Targets and results of a 自评表, beside its sheet."""

from __future__ import annotations

import streamlit as st

from core.service.scoring import self_assessment
from core.text.numbers import money, points
from pages.shared import tables
from pages.shared.reads import read_own
from pages.shared.words import say, t


def button(project: str, sheet: str) -> None:
    """A popover with what the 自评表 says of its items and of the year's money; nothing where it says nothing."""
    found = read_own(self_assessment.self_assessment, project, sheet)
    if not (found.items or found.budget):
        return
    with st.popover(t("指标值与完成值"), width="content"):
        if found.budget:
            headings = [t("资金（万元）"), t("年初预算数"), t("全年预算数"), t("全年执行数"), t("执行率")]
            lines = [(money(each.initial), money(each.budget), money(each.executed)) for each in found.budget]
            rows = [[each.source, *line, each.rate or "—"] for each, line in zip(found.budget, lines, strict=True)]
            tables.rows(headings, rows)
        if found.items:
            headings = [t("指标"), t("年度指标值"), t("实际完成值"), t("分值"), t("得分"), t("偏差原因")]
            tables.rows(
                headings,
                [
                    [
                        say(item.name),
                        item.words.target or "—",
                        item.words.actual or "—",
                        points(item.weight),
                        points(item.points),
                        item.words.deviation or "—",
                    ]
                    for item in found.items
                ],
            )
