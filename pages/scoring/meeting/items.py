"""逐项评议: the board, following the store once a second; taking the rule's result over into the panel's sheet."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

import streamlit as st

from core.model.panel import Comment
from core.scoring.consensus import Rule, Score
from core.scoring.differences import AgendaRow
from core.scoring.whatif import Flip, Move
from core.service import panel
from core.service.happened import STATUS_WORDS
from core.service.panel import Meeting, MeetingItem, RoundView
from core.text import word
from core.text.numbers import percent, points
from pages.scoring import offer, outbox
from pages.scoring.meeting import ask
from pages.shared import state
from pages.shared.board import board
from pages.shared.clock import hour_minute
from pages.shared.errors import error_box
from pages.shared.reads import read_own
from pages.shared.session import actor, context, project
from pages.shared.words import say, t

CHIPS = {
    "all": word("全部"),
    "example": word("待确认"),
    "deducted": word("有扣分"),
    "reason": word("缺原因"),
    "evidence": word("待补佐证"),
    "differs": word("有差异"),
}

MOST_NAMED = 2
"""People named beside an item of the agenda; of more it says how many."""


def show(view: RoundView) -> None:
    """The rule and what it writes, then the board."""
    here = project()
    if view.locked is None and actor().name:
        with st.container(horizontal=True, vertical_alignment="center", key="take_over"):
            _rule(view)
            if view.rule is not Rule.CHIEF:
                st.button(t("汇总到评审组评分表"), key="take", on_click=ask.take, args=(panel.take_over, here, view.id))
            if view.panel is None:
                blank = (panel.panel_sheet, here, view.id)
                st.button(t("新建空白评审组评分表"), key="blank_panel", on_click=ask.take, args=blank)
    live(here, view.id)


def _rule(view: RoundView) -> None:
    st.session_state["rule"] = view.rule

    def changed() -> None:
        ask.take(panel.set_rule, project(), view.id, st.session_state["rule"])

    st.selectbox(
        t("汇总规则"),
        list(Rule),
        key="rule",
        format_func=lambda rule: t("汇总规则:{rule}", rule=say(panel.RULE_WORDS[rule])),
        on_change=changed,
        label_visibility="collapsed",
        width=300,
    )


@st.fragment(run_every=1)
def live(here: str, round_id: str) -> None:
    """The board: saves what arrives, shows what others have saved."""
    sheet = panel.panel_id(round_id)
    key = f"board_{round_id}"

    def arrived() -> None:
        with error_box():
            outbox.apply(here, sheet, st.session_state[key])

    def tried() -> None:
        st.session_state[f"tried_{key}"] = dict(st.session_state[key].get("trial") or {})

    with error_box():
        found = read_own(panel.meeting, here, round_id)
        supposed = st.session_state.get(f"tried_{key}", {})
        value = board(_data(found, sheet, supposed), key=key, on_outbox=arrived, on_trial=tried)
        if found.panel is not None:
            outbox.apply(here, sheet, value)


def _data(found: Meeting, sheet: str, tried: Mapping[str, str]) -> dict[str, Any]:
    here = found.round.round.project
    return {
        "sheet": f"{here}/{sheet}",
        "head": _head(found),
        "chips": [[name, say(label)] for name, label in CHIPS.items()],
        "items": [_item(item) for item in found.items],
        "agenda": [_agenda(row) for row in found.agenda],
        "rule_name": say(panel.RULE_WORDS[found.round.rule]),
        "answers": outbox.as_data(outbox.answers(here, sheet)),
        "trial": _trial(here, found, sheet, tried),
        "tried": dict(tried),
        "read_only": _read_only(found),
        "language": state.language(),
    }


def _read_only(found: Meeting) -> str | None:
    if actor().name is None:
        return t("请先填写姓名,再填写评审组得分。")
    if found.panel is None:
        return t("还没有评审组评分表:请先汇总或新建。")
    return say(found.panel.read_only) if found.panel.read_only else None


def _head(found: Meeting) -> dict[str, Any]:
    sums = found.tally
    return {
        "total": t("{points}分", points=points(sums.decisive)),
        "grade": say(sums.grade) if sums.grade else None,
        "margin": say(found.margin),
        "note": "" if found.panel else t("(按{rule}试汇总)", rule=say(panel.RULE_WORDS[found.round.rule])),
        "flips": [_flip(flip) for flip in (found.flip_down, found.flip_up) if flip],
    }


def _flip(flip: Flip) -> dict[str, Any]:
    return {"sentence": say(flip.sentence), "moves": [_move(move) for move in flip.moves]}


def _move(move: Move) -> str:
    return f"{move.code} {say(move.name)} {points(move.before)} → {points(move.after)}"


def _item(item: MeetingItem) -> dict[str, Any]:
    i, event = item.indicator, item.panel.event
    return {
        "code": i.code,
        "l1": say(i.l1),
        "l2": say(i.l2),
        "l3": say(i.l3),
        "weight": f"{i.weight:.2f}",
        "rule": say(i.rule),
        "evidence": say(i.evidence_needed),
        "files": [file.name for file in item.evidence],
        "needs": sorted(item.needs),
        "earlier": [{"name": say(each.sheet), "points": points(each.points)} for each in item.earlier],
        "suggestion": offer.suggestion(item.suggestion),
        "implied": say(item.implied.sentence) if item.implied else "",
        "scores": [_score(score) for score in item.scores],
        "spread": points(item.spread),
        "by_rule": None if item.by_rule is None else f"{item.by_rule:.2f}",
        "flags": _flags(item),
        "comments": [_comment(each) for each in item.comments],
        "panel": None
        if event is None
        else {
            "points": None if item.panel.points is None else f"{item.panel.points:.2f}",
            "status": item.panel.status.value,
            "reason": event.reason,
            "revision": event.revision,
            "edit_id": event.edit_id,
            "by": say(event.actor_name),
            "at": hour_minute(event.made_at),
        },
    }


def _flags(item: MeetingItem) -> list[dict[str, Any]]:
    answers = {answer.kind: answer.answer for answer in item.answers}
    return [
        {"text": t("{flag}答复:{answer}", flag=say(flag.message), answer=answers[flag.kind]), "open": False}
        if flag.kind in answers
        else {"text": say(flag.message), "open": True}
        for flag in item.flags
    ]


def _comment(each: Comment) -> str:
    if each.decision:
        return t("{name}:{decision}。{said}", name=each.actor_name, decision=say(each.decision), said=each.text)
    return t("{name}:{said}", name=each.actor_name, said=each.text)


def _score(score: Score) -> dict[str, Any]:
    if score.recused:
        shown = t("回避")
    else:
        shown = points(score.points) if score.points is not None else say(STATUS_WORDS[score.status])
    return {"name": score.name, "points": shown, "reason": score.reason, "counts": score.counts}


def _agenda(row: AgendaRow) -> dict[str, Any]:
    item = row.item
    if row.flips:
        weight = t("单项可改变等级")
    elif row.reach is not None:
        weight = t("占等级余量{share}", share=percent(row.reach, 0))
    else:
        weight = ""
    who = t(
        "最低{low}({lowest}),最高{high}({highest})",
        low=points(item.low),
        high=points(item.high),
        lowest=_names(row.lowest),
        highest=_names(row.highest),
    )
    return {
        "code": row.code,
        "name": say(item.indicator.l3),
        "spread": points(row.spread),
        "sentence": " · ".join(part for part in (weight, who if row.lowest else t("有人认为不适用")) if part),
    }


def _names(people: tuple[str, ...]) -> str:
    return t("{names}", names=people) if len(people) <= MOST_NAMED else t("{count}人", count=len(people))


def _trial(here: str, found: Meeting, sheet: str, tried: Mapping[str, str]) -> dict[str, Any] | None:
    """What the tried points would make of the panel's sheet; None without any."""
    supposed = _decimals(tried)
    if not supposed or found.panel is None:
        return None
    result = panel.try_out(context(), here, sheet, supposed)
    before, after = result.before, result.after
    sentence = t(
        "总分{before}→{after}分,等级{old}→{new}",
        before=points(before.decisive),
        after=points(after.decisive),
        old=say(before.grade) if before.grade else "—",
        new=say(after.grade) if after.grade else "—",
    )
    moves = [
        {"code": m.code, "name": say(m.name), "before": points(m.before), "after": points(m.after)}
        for m in result.moves
    ]
    return {"sentence": sentence, "moves": moves}


def _decimals(tried: Mapping[str, str]) -> dict[str, Decimal]:
    """What the browser sent, as far as it is numbers."""
    found: dict[str, Decimal] = {}
    for code, value in tried.items():
        try:
            found[code] = Decimal(value)
        except (InvalidOperation, TypeError, ValueError):
            continue
    return found
