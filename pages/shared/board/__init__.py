"""逐项评议 on a projector: one item large, the panel's entry under it, the agenda beside it; a Streamlit v2 component.

What it draws and how it saves stands in `board.js`; its entries are edits as the score grid's (see `score_grid`). All
items are in its data, so that PgDn shows the next one at once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import streamlit as st

from pages.shared.words import keep, t

_HERE = Path(__file__).parent
_BOARD = st.components.v2.component(
    "meeting_board",
    html='<div class="board" lang="zh-CN"></div>',
    css=(_HERE / "board.css").read_text(encoding="utf-8"),
    js=(_HERE / "board.js").read_text(encoding="utf-8"),
)


def board(
    data: Mapping[str, Any], *, key: str, on_outbox: Callable[[], None], on_trial: Callable[[], None]
) -> Mapping[str, Any]:
    """Mount it. Returns its value: `outbox`, as the score grid's, and `trial` ({code: "4.50"}), if any.

    data: sheet, head {total, grade, margin, note, flips}, chips [[name, label]], items, agenda, rule_name, answers,
    trial {sentence, moves} | None, tried {code: points}, read_only (why, or None), language.
    """
    return _BOARD(data={**data, "words": _words()}, key=key, on_outbox_change=on_outbox, on_trial_change=on_trial)


def _words() -> dict[str, str]:
    return {
        "stage": t("逐项评议"),
        "filter": t("筛选指标"),
        "full": t("全屏"),
        "previous": t("上一项"),
        "next": t("下一项"),
        "weight": t("满分"),
        "rule": t("评分规则"),
        "evidence": t("佐证"),
        "how": t("怎么算"),
        "implied": t("反推值"),
        "flag": t("提示"),
        "comment": t("征求意见"),
        "suggestion": t("建议分"),
        "spread": t("分差"),
        "evaluator": t("评价人"),
        "points": t("得分"),
        "reason": t("原因"),
        "status": t("状态"),
        "panel_points": t("评审组得分"),
        "trial_points": t("试算得分"),
        "no_scores": t("还没有人提交评分表。"),
        "no_reason": t("无"),
        "agenda": t("待议差异项"),
        "no_agenda": t("没有分差。"),
        "flips": t("改变等级的最少改动"),
        "trial": t("试算(不保存)"),
        "trial_title": t("试算(不保存)"),
        "trial_hint": t("试填得分看总分和等级;只有您看得到,不写入评分表。"),
        "adopt": t("采用"),
        "drop": t("放弃"),
        "drop_all": t("全部放弃"),
        "use_suggestion": t("采用建议分"),
        "use_rule": t("采用{rule}", **keep("rule")),
        "example": t("待确认"),
        "confirmed": t("已确认"),
        "unscored": t("未评"),
        "evidence_missing": t("待补佐证"),
        "not_applicable": t("不适用"),
        "record": t("{name}{time} · {status}", **keep("name", "time", "status")),
        "undecided": t("待决定:"),
        "points_first": t("请先填写得分,再确认本项。"),
        "not_a_number": t("请填数字(最多两位小数),“{typed}”未计入,{kept}。", **keep("typed", "kept")),
        "negative": t("得分不能小于0,您输入的是{typed},未计入,{kept}。", **keep("typed", "kept")),
        "too_high": t("本项最高{weight}分,您输入的是{typed},未计入,{kept}。", **keep("weight", "typed", "kept")),
        "kept": t("仍按{points}分计", **keep("points")),
        "kept_unscored": t("本项仍为未评"),
        "saving": t("保存中…"),
        "saved": t("已保存 {time}", **keep("time")),
        "away": t("连接中断,有{count}项未保存,请勿关闭本页;恢复后自动保存。", **keep("count")),
        "conflict": t(
            "{name}{time}把本项改为{theirs}(您看到的是{seen}),您填的是{mine}。请选择:",
            **keep("name", "time", "theirs", "seen", "mine"),
        ),
        "conflict_later": t(
            "待决定:{name}{time}改为{theirs},按此计分;您填的是{mine}。", **keep("name", "time", "theirs", "mine")
        ),
        "with_reason": t("{value}(原因:{reason})", **keep("value", "reason")),
        "someone": t("他人"),
        "mine": t("用我的"),
        "theirs": t("用{name}的", **keep("name")),
        "later": t("稍后再定"),
        "keys": t("PgDn/→ 下一项 · PgUp/← 上一项 · Enter 保存 · Ctrl+Enter 确认本项 · Esc 恢复"),
    }
