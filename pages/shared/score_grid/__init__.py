"""The score grid: the official score table, editable, as a Streamlit v2 component.

What it draws and how it saves stands in `grid.js`; what an edit is worth is decided by the server. All its words come
from here, so that they are in the catalogue.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypedDict

import streamlit as st

from core.model.context import Language
from pages.shared.words import t

_HERE = Path(__file__).parent
_GRID = st.components.v2.component(
    "score_grid",
    html='<div class="score-grid" lang="zh-CN"></div>',
    css=(_HERE / "grid.css").read_text(encoding="utf-8"),
    js=(_HERE / "grid.js").read_text(encoding="utf-8"),
)
_ANSWERS = st.components.v2.component(
    "score_answers",
    html="<span></span>",
    js=(_HERE / "answers.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


class Item(TypedDict):
    """One indicator, its words in the session's language; `weight` is full marks with two decimals."""

    code: str
    l1: str
    l2: str
    l3: str
    weight: str
    rule: str
    evidence: str
    source: str


class Row(TypedDict):
    """The newest event of one item: points with two decimals or None, `at` as 10:32 in the product's time zone."""

    points: str | None
    status: str
    reason: str
    revision: int
    edit_id: str
    by: str
    at: str


class Figures(TypedDict, total=False):
    """The server's sums, ready to print (93.00, 96.67%); they take the place of the browser's preview of them."""

    total: str
    normalised: str | None
    grade: str | None
    scored_weight: str
    low: str
    high: str
    veto: str | None
    """What a veto has decided, in a sentence."""
    margin_up: str | None
    margin_down: str | None


class Suggested(TypedDict):
    """What the rules say of an item."""

    points: str | None
    label: str
    """What stands for the points: 5.21, 1.60 / 2.00, 待补佐证."""
    sentence: str
    alternatives: list[dict[str, str]]
    """points and sentence."""


class Offer(Suggested):
    """The same with what the present points imply, and the fields of what the rules compute from."""

    implied: str
    form: list[dict[str, Any]]
    """name, label, value; options [[value, text]] of a choice; whole: only whole numbers."""


class SheetData(TypedDict):
    """What the grid draws for everybody who may see the sheet. An item that has no row is 未评."""

    sheet: str
    """Project and sheet: the outbox of this sheet is kept under it."""
    items: list[Item]
    rows: dict[str, Row]
    grades: list[dict[str, str]]
    """name and floor ("90.00"), best first."""
    figures: Figures
    suggestions: dict[str, Offer]
    """By code."""
    claim: str
    language: Language


class GridData(TypedDict):
    """What the grid draws, for the one who looks."""

    drawn: str
    """What `drawn` made of the sheet."""
    actor: dict[str, str] | None
    """{id, name} when the server knows who is asking; None: the grid asks for a name at the first edit."""
    entered: dict[str, dict[str, str]]
    """Answers to `inputs` by edit_id: {at} when saved, {message} when refused."""
    banner: str | None
    read_only: bool


def drawn(sheet: SheetData) -> str:
    """The sheet with the grid's words, as a text: made once a change, however many look on, and taken apart by none."""
    return json.dumps({**sheet, "words": _words()}, ensure_ascii=False, separators=(",", ":"))


def score_grid(data: GridData, *, key: str, on_outbox: Callable[[], None]) -> Mapping[str, Any]:
    """Mount the grid. Returns its value: `outbox` (edits not yet answered), `inputs` and `who` ({id, name}), if any.

    An edit is {edit_id, code, base, points: "4.50" | None, status, reason}; `base` is the revision that it was made
    from, or the edit_id of the person's own preceding edit of the item. One of `inputs` is {edit_id, code, content}
    with what stands in the fields of an item's `form`, by their names. Apply the outbox in `on_outbox` and again from
    the value returned: after a restart of the server it arrives without a callback.
    """
    return _GRID(data=data, key=key, on_outbox_change=on_outbox, on_inputs_change=on_outbox)


def score_answers(sheet: str, answers: Mapping[str, Mapping[str, Any]], *, key: str) -> None:
    """Tell the grid of `sheet` (as in SheetData) what became of its edits; mounted before it, to be there before it.

    By edit_id: {state: saved, revision, at} | {state: refused, message} | {state: conflict, theirs: Row}.
    """
    with st.container(key="score_answers"):
        _ANSWERS(data={"sheet": sheet, "answers": answers}, key=key)


def _keep(*names: str) -> dict[str, str]:
    """Parameters that the browser fills in: they come out of the catalogue as they went in."""
    return {name: f"{{{name}}}" for name in names}


def _words() -> dict[str, str]:
    return {
        "caption": t("绩效评分表"),
        "l1": t("一级指标"),
        "l2": t("二级指标"),
        "code": t("编号"),
        "l3": t("三级指标"),
        "weight": t("满分"),
        "points": t("得分"),
        "deduction": t("扣分"),
        "reason": t("原因"),
        "status": t("状态"),
        "record": t("修改记录"),
        "sum": t("合计"),
        "rate": t("得分率"),
        "example": t("待确认"),
        "confirmed": t("已确认"),
        "unscored": t("未评"),
        "evidence_missing": t("待补佐证"),
        "not_applicable": t("不适用"),
        "reason_missing": t("缺原因"),
        "reasons_missing": t("缺原因{count}项", **_keep("count")),
        "total": t("总分"),
        "normalised": t("折算得分"),
        "raw": t("原始得分{points}/{weight}分", **_keep("points", "weight")),
        "unit": t("分"),
        "answered": t("已评 {scored}/{items} 项", **_keep("scored", "items")),
        "part": t("已评部分 {points}/{weight} 分", **_keep("points", "weight")),
        "range": t("总分区间 {low}–{high}", **_keep("low", "high")),
        "no_grade": t("全部评完后定等级"),
        "confirmed_count": t("已确认 {confirmed}/{items}", **_keep("confirmed", "items")),
        "margin_down": t(
            "{grade}(≥{floor}):再扣超过{down}分降为{lower};当前{total}分。",
            **_keep("grade", "floor", "down", "lower", "total"),
        ),
        "margin_up": t(
            "{grade}(<{ceiling}):再得{up}分升为{higher};当前{total}分。",
            **_keep("grade", "ceiling", "up", "higher", "total"),
        ),
        "margin_both": t(
            "{grade}(≥{floor}):再扣超过{down}分降为{lower},再得{up}分升为{higher};当前{total}分。",
            **_keep("grade", "floor", "down", "lower", "up", "higher", "total"),
        ),
        "not_a_number": t("请填数字(最多两位小数),“{typed}”未计入,{kept}。", **_keep("typed", "kept")),
        "negative": t("得分不能小于0,您输入的是{typed},未计入,{kept}。", **_keep("typed", "kept")),
        "too_high": t("本项最高{weight}分,您输入的是{typed},未计入,{kept}。", **_keep("weight", "typed", "kept")),
        "deduction_negative": t("扣分不能小于0,您输入的是{typed},未计入,{kept}。", **_keep("typed", "kept")),
        "deduction_too_high": t(
            "本项最多扣{weight}分,您输入的是{typed},未计入,{kept}。", **_keep("weight", "typed", "kept")
        ),
        "reason_too_long": t("原因最多{most}字,现有{length}字,未计入。", **_keep("most", "length")),
        "kept": t("仍按{points}分计", **_keep("points")),
        "kept_unscored": t("本项仍为未评"),
        "kept_not_counted": t("本项仍为“{status}”", **_keep("status")),
        "points_first": t("请先填写得分,再确认本项。"),
        "saving": t("保存中…"),
        "saved": t("已保存 {time}", **_keep("time")),
        "unsaved": t("未保存"),
        "autosave": t("修改后自动保存"),
        "away": t("连接中断,有{count}项未保存,请勿关闭本页;恢复后自动保存。", **_keep("count")),
        "away_clean": t("连接中断,没有未保存的修改;恢复后自动更新。"),
        "not_counted": t("{count}处输入未计入", **_keep("count")),
        "undecided_count": t("{count}项待决定", **_keep("count")),
        "undecided": t("待决定"),
        "read_only": t("只读"),
        "conflict": t(
            "{name}{time}把本项改为{theirs}(您看到的是{seen}),您填的是{mine}。请选择:",
            **_keep("name", "time", "theirs", "seen", "mine"),
        ),
        "conflict_later": t(
            "待决定:{name}{time}改为{theirs},按此计分;您填的是{mine}。", **_keep("name", "time", "theirs", "mine")
        ),
        "with_reason": t("{value}(原因:{reason})", **_keep("value", "reason")),
        "no_reason": t("无"),
        "someone": t("他人"),
        "mine": t("用我的"),
        "theirs": t("用{name}的", **_keep("name")),
        "later": t("稍后再定"),
        "how": t("怎么算"),
        "suggestion": t("建议分"),
        "implied": t("反推值"),
        "adopt": t("采用建议分"),
        "fields": t("填报"),
        "not_whole": t("请填不小于0的整数,“{typed}”未计入。", **_keep("typed")),
        "evidence": t("佐证"),
        "source": t("报告章节"),
        "group": t("整组确认"),
        "group_title": t("确认“{l1}”的{count}项待确认得分", **_keep("l1", "count")),
        "group_reason": t("确认理由(记入各项的原因)"),
        "group_note": t("整组确认:{reason}", **_keep("reason")),
        "name_title": t("您的姓名(用于记录是谁改的)"),
        "name_needed": t("未保存,请先填写姓名"),
        "name_give": t("填写姓名"),
        "name_change": t("修改姓名"),
        "name_is": t("记录为:{name}", **_keep("name")),
        "required": t("此处不能为空。"),
        "accept": t("确定"),
        "cancel": t("取消"),
        "set_status": t("设置状态"),
        "paste_rest": t("粘贴的内容多出{count}行,未填入。", **_keep("count")),
        "keys": t(
            "Enter 下一行 · Ctrl+Enter 确认本项 · Esc 恢复 · F1 怎么算 · Alt+S 采用建议分 · 可从Excel粘贴一列到得分"
        ),
    }
