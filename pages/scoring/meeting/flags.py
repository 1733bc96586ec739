"""提示: scores that the data, or other scores, speak against; each can be answered with a reason."""

from __future__ import annotations

from functools import partial

import streamlit as st

from core.scoring import Flag
from core.service.scoring import item_records
from core.service.scoring.rounds import RoundView
from core.service.scoring.scorecards import Scorecard, scorecard
from core.text import word
from pages.scoring.meeting import ask
from pages.shared.empty import empty
from pages.shared.reads import read_own
from pages.shared.session import context, key_of, project
from pages.shared.who import named
from pages.shared.words import plain, say, t

KINDS = {
    "contradicted": word("得满分，与数据不符"),
    "reason_missing": word("扣分未写原因"),
    "duplicate": word("疑似一事重复扣分"),
    "no_evidence": word("没有佐证"),
}


def show(view: RoundView) -> None:
    """The flags of the panel's sheet by kind, the open ones first."""
    if view.panel is None:
        empty(t("评审组评分表建立后，这里列出须答复的提示。"))
        return
    if not ask.before_seeing(view):
        return
    card = read_own(scorecard, project(), view.panel.sheet.id)
    if not card.flags:
        empty(t("没有须答复的提示。"))
        return
    st.header(t("未答复{open}条，共{all}条", open=len(card.open_flags), all=len(card.flags)), anchor=False)
    for kind, label in KINDS.items():
        found = [flag for flag in card.flags if flag.kind == kind]
        if found:
            _kind(card, kind, say(label), found)


def _kind(card: Scorecard, kind: str, label: str, found: list[Flag]) -> None:
    opened = [flag for flag in found if flag in card.open_flags]
    writable = card.read_only is None
    with st.container(horizontal=True, vertical_alignment="center", key=f"kind_{kind}"):
        st.markdown(f"**{label}** {len(opened)}/{len(found)}", width="content")
        together = t("一并答复{count}条", count=len(opened))
        if writable and len(opened) > 1 and named(together, f"all_{kind}"):
            with st.popover(together, width="content"):
                keys = tuple((flag.code, flag.kind) for flag in opened)
                ask.text(
                    t("答复"), key_of(f"all_{kind}", card.sheet.id), t("答复"), partial(_answer, card.sheet.id, keys)
                )
    answers = {(a.code, a.kind): a for a in read_own(item_records.flag_answers, project(), card.sheet.id)}
    with st.container(gap="xxsmall", key=f"flags_{kind}"):
        for flag in sorted(found, key=lambda each: each not in opened):
            with st.container(horizontal=True, vertical_alignment="center", key=f"flag_{flag.code}_{kind}"):
                given = answers.get((flag.code, kind))
                with st.container(gap=None):
                    st.markdown(plain(say(flag.message)))
                    if given is not None and given.answer:
                        st.caption(t("{name}答复：{answer}", name=plain(given.actor_name), answer=plain(given.answer)))
                if writable:
                    _field(card.sheet.id, flag, t("修改答复") if flag not in opened else t("答复"))


def _field(sheet: str, flag: Flag, label: str) -> None:
    of = f"answer_{flag.code}_{flag.kind}"
    if named(label, of):
        with st.popover(label, width="content"):
            done = partial(_answer, sheet, ((flag.code, flag.kind),))
            ask.text(t("答复"), key_of(of, sheet), t("保存答复"), done)


def _answer(sheet: str, keys: tuple[tuple[str, str], ...], answer: str) -> None:
    item_records.answer_flags(context(), project(), sheet, keys, answer)
