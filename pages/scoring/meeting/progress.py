"""评分进度: the stages of the round, a row an evaluator, and texts to remind them; it follows the store by itself."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from core.scoring.agreement import Deviation
from core.scoring.stages import Stage
from core.service.base.moments import day_and_time
from core.service.scoring import progress, rounds
from core.service.scoring.progress import EvaluatorProgress
from core.service.scoring.rounds import RoundView
from core.text import told_apart
from core.text.numbers import MISSING, percent, signed
from pages.shared import styles, tables
from pages.shared.reads import read_own
from pages.shared.session import project
from pages.shared.words import plain, say, t

EVERY = 2.0
"""Seconds from one look at how far the others are to the next."""


@st.fragment(run_every=EVERY)
def live(shown: RoundView) -> None:
    """Stages, rows and reminders; the whole page is made again where a step was taken since it was made."""
    if shown not in read_own(rounds.rounds, project()):
        st.rerun()
    found = read_own(progress.progress, project(), shown.id)
    _stages(found.stages)
    if found.rows:
        _table(found.rows)
    with st.container(horizontal=True, vertical_alignment="center", key="progress_notes"):
        _reminders(found.rows)
        if found.too_few is not None:
            st.markdown(plain(say(found.too_few)), width="content")


def _stages(stages: Sequence[Stage]) -> None:
    here = next((each for each in stages if not each.done), None)
    for number, (stage, place) in enumerate(zip(stages, st.columns(len(stages), gap="small"), strict=True), start=1):
        mark = "✓" if stage.done else "●" if stage is here else "○"
        name = f"{number} {plain(say(stage.name))}"
        with place, st.container(border=True, gap=None, height="stretch", key=f"stage_{number}"):
            st.markdown(f"{mark} " + (f"**{name}**" if stage is here else name))
            st.caption(plain(say(stage.note)) if stage.note else t("已完成") if stage.done else MISSING)


def _table(rows: Sequence[EvaluatorProgress]) -> None:
    headings = [t("评价人"), t("分工"), t("已评"), t("缺原因"), t("状态"), t("比平均分"), t("最后修改")]
    names = told_apart({each.id: each.name for each in rows})
    with st.container(key="evaluators"):
        styles.stacked("evaluators", headings)
        tables.rows(headings, [_row(each, names[each.id]) for each in rows], border="horizontal")
    if any(each.deviation for each in rows):
        st.caption(t("比平均分：本人所评、且至少两人评过的各项得分减平均分之和，及其占这些项满分的比例。"))


def _row(each: EvaluatorProgress, name: str) -> tuple[str, ...]:
    return (
        name,
        say(each.assigned),
        t("{scored}/{items}项", scored=each.scored, items=each.items),
        MISSING if each.unreasoned is None else str(each.unreasoned),
        say(each.state),
        _deviation(each.deviation),
        MISSING if each.changed is None else day_and_time(each.changed),
    )


def _deviation(found: Deviation | None) -> str:
    if found is None:
        return MISSING
    return t("{points}分（{share}）", points=signed(found.points), share=percent(abs(found.share), 1))


def _reminders(rows: Sequence[EvaluatorProgress]) -> None:
    texts = {each.id: each.reminder for each in rows if each.reminder is not None}
    if texts:
        with st.popover(t("提醒文字（{count}人）", count=len(texts)), width="content"):
            for reminder in texts.values():
                st.code(say(reminder), language=None, wrap_lines=True)
