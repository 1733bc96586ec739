"""逐项评议 on a projector: one item large, the panel's entry under it, the agenda beside it; a Streamlit v2 component.

What it shows stands in `drawing.js`, what is done with it in `board.js`, what is said and decided of an item in
`talk.js`, how it fills a hall's screen in `presenting.js`; its entries are edits as the score grid's (see
`score_grid`). All items are in its data, so that PgDn shows the next one at once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from pages.shared.browser import EDITOR, component
from pages.shared.browser.editor_words import words
from pages.shared.words import keep, t

_FILES = ("board.css", "talk.css", "presenting.css", *EDITOR, "presenting.js", "talk.js", "drawing.js", "board.js")
_BOARD = component("meeting_board", Path(__file__).parent, "board.html", *_FILES)


def board(
    data: Mapping[str, Any],
    *,
    key: str,
    on_outbox: Callable[[], None],
    on_trial: Callable[[], None],
    on_posts: Callable[[], None],
) -> Mapping[str, Any]:
    """Mount it. Returns its value: `outbox`, as the score grid's, `trial` ({code: "4.50"}), if any, and `inputs`: what
    was said and decided, each {edit_id, by, code, content {kind, text, …}}.

    data: sheet, actor (as the score grid's), head {total, grade, margin, note, flips}, chips [[name, label]], items
    (each with files, talk and decided), agenda, rule_name, answers, posted (as the grid's entered), trial {sentence,
    moves} | None, tried {code: points}, read_only (why or None), persons {id: name}, may_talk, may_decide, may_mark,
    led {code, number} | None: the item to show; language.
    """
    return _BOARD(
        data={**data, "words": _words()},
        key=key,
        on_outbox_change=on_outbox,
        on_trial_change=on_trial,
        on_inputs_change=on_posts,
    )


def _words() -> dict[str, str]:
    return words() | {
        "stage": t("逐项评议"),
        "filter": t("筛选指标"),
        "full": t("全屏"),
        "previous": t("上一项"),
        "next": t("下一项"),
        "rule": t("评分规则"),
        "flag": t("提示"),
        "comment": t("征求意见"),
        "spread": t("分差"),
        "evaluator": t("评价人"),
        "panel_points": t("评审组得分"),
        "trial_points": t("试算得分"),
        "no_scores": t("还没有人提交评分表。"),
        "agenda": t("待议差异项"),
        "no_agenda": t("没有分差。"),
        "flips": t("改变等级的最少改动"),
        "trial": t("试算（不保存）"),
        "trial_title": t("试算（不保存）"),
        "trial_hint": t("试填得分看总分和等级；只有您看得到，不写入评分表。"),
        "adopt": t("采用"),
        "drop": t("放弃"),
        "drop_all": t("全部放弃"),
        "use_suggestion": t("采用建议分"),
        "use_rule": t("采用{rule}", **keep("rule")),
        "record": t("{name}{time} · {status}", **keep("name", "time", "status")),
        "undecided": t("待决定："),
        "keys": t("PgDn/→ 下一项 · PgUp/← 上一项 · 数字 第几项 · Enter 保存 · Ctrl+Enter 确认本项 · Esc 恢复"),
        "dark": t("深色"),
        "nameless": t("隐去姓名"),
        "expert": t("评价人{number}", **keep("number")),
        "said_by": t("{name}：{said}", **keep("name", "said")),
        "close": t("关闭"),
        "talk": t("讨论"),
        "remark": t("发言"),
        "remark_hint": t("发言；写@姓名提醒某人"),
        "send": t("发送"),
        "resolve": t("标为已解决"),
        "reopen": t("重新打开"),
        "mark": t("列入纪要"),
        "decision": t("议定"),
        "decision_hint": t("决定（可留空）"),
        "proposer": t("提出人"),
        "discussed": t("已议"),
        "undiscussed": t("未议"),
        "set_discussed": t("记为已议"),
        "keep_decision": t("保存议定"),
        "set_undiscussed": t("改为未议"),
        "decided_by": t("{name}于{time}记录", **keep("name", "time")),
    }
