"""逐项评议: the board, following the store once a second; taking the rule's result over into the panel's sheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

import streamlit as st

from core.model.panel_events import Comment, EvidenceFile
from core.model.rights import Deed
from core.scoring.consensus import Rule, Score
from core.scoring.differences import AgendaRow
from core.scoring.round_state import panel_id
from core.scoring.whatif import Flip, Move
from core.service.base import identity
from core.service.scoring import meeting, opened_files, opening, rounds, talk
from core.service.scoring import taking_over as taking_over_of
from core.service.scoring.event_sentences import STATUS_WORDS
from core.service.scoring.meeting import Meeting, MeetingItem
from core.service.scoring.rounds import RoundView
from core.service.scoring.self_assessment import OwnScores
from core.text import told_apart, word
from core.text.numbers import percent, points, signed
from pages.scoring import offer, outbox
from pages.scoring.item_data import item_data_of, row_data_of
from pages.scoring.meeting import ask, mentions, posts, taking_over
from pages.shared import state
from pages.shared.board import board
from pages.shared.choices import apart
from pages.shared.errors import error_box
from pages.shared.reads import read_own
from pages.shared.sent_edits import maker
from pages.shared.session import actor, context, key_of, may, project
from pages.shared.who import named
from pages.shared.words import say, t

CHIPS = {
    "all": word("全部"),
    "example": word("待确认"),
    "deducted": word("有扣分"),
    "reason": word("缺原因"),
    "evidence": word("待补佐证"),
    "differs": word("有差异"),
    "few": word("评分人不足"),
    "undiscussed": word("未议"),
    "talk": word("讨论中"),
}

MOST_NAMED = 2
"""People named beside an item of the agenda; of more it says how many."""


def show(view: RoundView) -> None:
    """The rule and what it writes, then the board."""
    here = project()
    if view.writable and may(Deed.CHAIR):
        with st.container(horizontal=True, vertical_alignment="center", key="take_over"):
            if actor().name is not None:
                _rule(view)
            # What is written tells what the others have given: that is asked first, as for the board.
            if view.rule is not Rule.CHIEF and ask.has_agreed_to_see(view):
                taking_over.button(view)
            label = t("新建空白评审组评分表")
            if view.panel is None and named(label, "blank_panel"):
                blank = (opening.panel_sheet, here, view.id)
                st.button(label, key="blank_panel", on_click=ask.take, args=blank)
        taking_over.preview(view)
    if ask.before_seeing(view):
        live(here, view.id)


def _rule(view: RoundView) -> None:
    key = key_of("rule", view.id)
    st.session_state[key] = view.rule

    def changed() -> None:
        ask.take(opening.set_rule, project(), view.id, st.session_state[key])

    st.selectbox(
        t("汇总规则"),
        list(Rule),
        key=key,
        format_func=apart(Rule, lambda rule: t("汇总规则：{rule}", rule=say(rounds.RULE_WORDS[rule]))),
        on_change=changed,
        label_visibility="collapsed",
        width=300,
    )


@st.fragment(run_every=1)
def live(here: str, round_id: str) -> None:
    """The board: saves what arrives, shows what others have saved."""
    sheet = panel_id(round_id)
    key = key_of("board", round_id)

    def arrived() -> None:
        with error_box():
            outbox.apply(here, sheet, st.session_state[key])

    def posted() -> None:
        with error_box():
            posts.apply(here, round_id, st.session_state[key])

    def tried() -> None:
        st.session_state[f"tried_{key}"] = dict(st.session_state[key].get("trial") or {})

    with error_box():
        found = read_own(meeting.meeting, here, round_id)
        supposed = st.session_state.get(f"tried_{key}", {})
        data = _data(found, sheet, supposed)
        value = board(data, key=key, on_outbox=arrived, on_trial=tried, on_posts=posted)
        if found.panel is not None:
            outbox.apply(here, sheet, value)
        posts.apply(here, round_id, value)


def _data(found: Meeting, sheet: str, tried: Mapping[str, str]) -> dict[str, Any]:
    here = found.round.round.project
    return {
        "sheet": f"{here}/{sheet}",
        "actor": maker(),
        "head": _head(found),
        "chips": [[name, say(label)] for name, label in CHIPS.items()],
        "items": _items(found),
        "agenda": [_agenda(row, found.own) for row in found.agenda],
        "rule_name": say(rounds.RULE_WORDS[found.round.rule]),
        "answers": outbox.as_data(outbox.answers(here, sheet)),
        "trial": _trial(here, found, sheet, tried),
        "tried": dict(tried),
        "posted": outbox.entered(here, sheet),
        "read_only": _read_only(found),
        "persons": told_apart(read_own(talk.persons, here, found.round.id)),
        "may_talk": _open(found) and may(Deed.TALK),
        "may_decide": _open(found) and may(Deed.CHAIR),
        "may_mark": actor().name is not None and may(Deed.CHAIR),
        "led": mentions.led_to(found.round.id),
        "language": state.language(),
    }


def _open(found: Meeting) -> bool:
    """Whether who sits here may say something, their role allowing."""
    return found.round.writable and actor().name is not None


def _read_only(found: Meeting) -> str | None:
    if actor().name is None:
        return t("请先填写姓名，再填写评审组得分。")
    if found.panel is None:
        return t("还没有评审组评分表：请先汇总或新建。")
    return say(found.panel.read_only) if found.panel.read_only else None


def _note(found: Meeting) -> str:
    tried = "" if found.panel else t("（按{rule}试汇总）", rule=say(rounds.RULE_WORDS[found.round.rule]))
    return " ".join(part for part in (tried, *(say(each) for each in (found.both, found.changed) if each)) if part)


def _head(found: Meeting) -> dict[str, Any]:
    sums = found.tally
    return {
        "total": t("{points}分", points=points(sums.decisive)),
        "grade": say(sums.grade) if sums.grade else None,
        "margin": say(found.margin),
        "note": _note(found),
        "flips": [_flip(flip) for flip in (found.flip_down, found.flip_up) if flip],
    }


def _flip(flip: Flip) -> dict[str, Any]:
    return {"sentence": say(flip.sentence), "moves": [_move(move) for move in flip.moves]}


def _move(move: Move) -> str:
    return f"{move.code} {say(move.name)} {points(move.before)} → {points(move.after)}"


def _items(found: Meeting) -> list[dict[str, Any]]:
    files = [file for item in found.items for file in item.evidence]
    # Only the server in deploy/ answers at these addresses.
    tokens = opened_files.tokens_of(context(), files) if identity.guarded else {}
    step = found.consensus.panel.scheme.step
    return [_item(item, step, tokens) for item in found.items]


def _file(file: EvidenceFile, token: str | None) -> dict[str, Any]:
    return {
        "name": file.name,
        "address": None if token is None else f"./opened/{token}",
        "picture": file.media_type.startswith("image/"),
    }


def _item(item: MeetingItem, step: Decimal, tokens: Mapping[str, str]) -> dict[str, Any]:
    return {
        **item_data_of(item.indicator, step),
        "files": [_file(file, tokens.get(file.id)) for file in item.evidence],
        "needs": sorted(item.needs),
        "earlier": [{"name": say(each.title), "points": points(each.points)} for each in item.earlier],
        "suggestion": offer.suggestion(item.suggestion),
        "implied": say(item.implied.sentence) if item.implied else "",
        "scores": [_score(score) for score in item.scores],
        "spread": points(item.spread),
        "by_rule": None if item.by_rule is None else f"{item.by_rule:.2f}",
        "flags": _flags(item),
        "comments": [
            {"by": each.unit or each.actor_name, "unit": bool(each.unit), "text": _comment(each)}
            for each in item.comments
        ],
        "talk": posts.thread_data(item.talk),
        "decided": posts.decided_data(item.deliberation),
        "panel": None if item.panel.event is None else row_data_of(item.panel),
    }


def _flags(item: MeetingItem) -> list[dict[str, Any]]:
    answers = {answer.kind: answer.answer for answer in item.answers}
    return [
        {"text": t("{flag}答复：{answer}", flag=say(flag.message), answer=answers[flag.kind]), "open": False}
        if flag.kind in answers
        else {"text": say(flag.message), "open": True}
        for flag in item.flags
    ]


def _comment(each: Comment) -> str:
    if each.decision:
        return t("{decision}。{said}", decision=say(each.decision), said=each.text)
    return each.text


def _score(score: Score) -> dict[str, Any]:
    if score.recused:
        shown = t("回避")
    elif score.unassigned:
        shown = t("未分配")
    else:
        shown = points(score.points) if score.points is not None else say(STATUS_WORDS[score.status])
    return {"name": score.name, "points": shown, "reason": score.reason, "counts": score.counts}


def _agenda(row: AgendaRow, own: Sequence[OwnScores]) -> dict[str, Any]:
    item = row.item
    if row.flips:
        weight = t("单项可改变等级")
    elif row.reach is not None:
        weight = t("占等级余量{share}", share=percent(row.reach, 0))
    else:
        weight = ""
    ends = {"low": points(item.low), "high": points(item.high)}
    who = t(
        "最低{low}（{lowest}），最高{high}（{highest}）", **ends, lowest=_names(row.lowest), highest=_names(row.highest)
    )
    nobody = t("最低{low}，最高{high}", **ends)
    of_unit = list(_of_unit(row, own))

    def sentence(about: str) -> str:
        return " · ".join(part for part in (weight, about if row.lowest else t("有人认为不适用"), *of_unit) if part)

    return {
        "code": row.code,
        "name": say(item.indicator.l3),
        "spread": points(row.spread),
        "sentence": sentence(who),
        "nameless": sentence(nobody),
    }


def _of_unit(row: AgendaRow, own: Sequence[OwnScores]) -> Iterator[str]:
    """What the unit gave itself, and 分差 of the review to it."""
    for each in own:
        found = next(one for one in each.rows if one.code == row.code)  # the review's own items stand first
        if found.left is not None:
            title = t("自评") if len(own) == 1 else say(each.title)
            yield t("{title}{points}，分差{gap}", title=title, points=points(found.left), gap=signed(found.gap))


def _names(people: tuple[str, ...]) -> str:
    return t("{names}", names=people) if len(people) <= MOST_NAMED else t("{count}人", count=len(people))


def _trial(here: str, found: Meeting, sheet: str, tried: Mapping[str, str]) -> dict[str, Any] | None:
    """What the tried points would make of the panel's sheet; None without any."""
    supposed = _decimals(tried)
    if not supposed or found.panel is None:
        return None
    result = taking_over_of.try_out(context(), here, sheet, supposed)
    before, after = result.before, result.after
    sentence = t(
        "总分{before}→{after}分，等级{old}→{new}",
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
