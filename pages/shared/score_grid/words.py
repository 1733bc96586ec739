"""The words of the score sheet in the browser, in the session's language."""

from __future__ import annotations

from pages.shared.browser.editor_words import words as of_an_editor
from pages.shared.words import keep, t


def words() -> dict[str, str]:
    """By the names that the scripts ask for them."""
    return of_an_editor() | {
        "caption": t("绩效评分表"),
        "l1": t("一级指标"),
        "l2": t("二级指标"),
        "code": t("编号"),
        "l3": t("三级指标"),
        "deduction": t("扣分"),
        "record": t("修改记录"),
        "self": t("自评"),
        "gap": t("与自评的分差"),
        "sum": t("合计"),
        "views": t("显示哪些指标"),
        "show_all": t("全部{count}", **keep("count")),
        "show_lost": t("有扣分{count}", **keep("count")),
        "show_open": t("待确认{count}", **keep("count")),
        "show_unreasoned": t("缺原因{count}", **keep("count")),
        "trial": t("试算（不保存）"),
        "trial_end": t("结束试算"),
        "trial_note": t("试算中，不保存"),
        "trial_from": t("试算：原{total}分，变动{change}分。", **keep("total", "change")),
        "tried": t("试算"),
        "recused": t("回避"),
        "unassigned": t("未分配"),
        "reason_missing": t("缺原因"),
        "reasons_missing": t("缺原因{count}项", **keep("count")),
        "total": t("总分"),
        "normalised": t("折算得分"),
        "raw": t("原始得分{points}/{weight}分", **keep("points", "weight")),
        "answered": t("已评{scored}/{items}项", **keep("scored", "items")),
        "part": t("已评部分{points}/{weight}分", **keep("points", "weight")),
        "range": t("总分区间{low}～{high}", **keep("low", "high")),
        "scaled_range": t("折算区间{low}～{high}", **keep("low", "high")),
        "no_grade": t("全部评完后定等级"),
        "confirmed_count": t("已确认{confirmed}/{items}", **keep("confirmed", "items")),
        "margin_down": t(
            "{grade}（≥{floor}）：再扣超过{down}分降为{lower}；当前{total}分。",
            **keep("grade", "floor", "down", "lower", "total"),
        ),
        "margin_up": t(
            "{grade}（<{ceiling}）：再得{up}分升为{higher}；当前{total}分。",
            **keep("grade", "ceiling", "up", "higher", "total"),
        ),
        "margin_both": t(
            "{grade}（≥{floor}）：再扣超过{down}分降为{lower}，再得{up}分升为{higher}；当前{total}分。",
            **keep("grade", "floor", "down", "lower", "up", "higher", "total"),
        ),
        "deduction_negative": t("扣分不能小于0，您输入的是{typed}，未计入，{kept}。", **keep("typed", "kept")),
        "deduction_too_high": t(
            "本项最多扣{weight}分，您输入的是{typed}，未计入，{kept}。", **keep("weight", "typed", "kept")
        ),
        "reason_too_long": t("原因最多{most}字，现有{length}字，未计入。", **keep("most", "length")),
        "unsaved": t("未保存"),
        "autosave": t("修改后自动保存"),
        "away_clean": t("连接中断，没有未保存的修改；恢复后自动更新。"),
        "not_counted": t("{count}处输入未计入", **keep("count")),
        "undecided_count": t("{count}项待决定", **keep("count")),
        "undecided": t("待决定"),
        "read_only": t("只读"),
        "adopt": t("采用建议分"),
        "fields": t("填报"),
        "not_whole": t("请填不小于0的整数，“{typed}”未计入。", **keep("typed")),
        "source": t("报告章节"),
        "group": t("整组确认"),
        "group_title": t("确认“{l1}”的{count}项待确认得分", **keep("l1", "count")),
        "group_reason": t("确认理由（记入各项的原因）"),
        "group_note": t("整组确认：{reason}", **keep("reason")),
        "name_needed": t("未保存，请先填写姓名"),
        "name_give": t("填写姓名"),
        "name_change": t("修改姓名"),
        "name_is": t("记录为：{name}", **keep("name")),
        "required": t("此处不能为空。"),
        "accept": t("确定"),
        "cancel": t("取消"),
        "set_status": t("设置状态"),
        "paste_title": t("粘贴预览：哪一行填到哪一项"),
        "paste_which": t("有几列数，看不出哪一列是得分。请选择。"),
        "paste_no_points": t("没有找到得分，未填入任何内容。"),
        "paste_points_in": t("得分取自"),
        "paste_column": t("第{column}列{title}", **keep("column", "title")),
        "paste_refused": t("未填入任何内容。请改正后重新粘贴："),
        "paste_not_a_number": t("第{line}行“{cell}”不是数字（最多两位小数）。", **keep("line", "cell")),
        "paste_off_step": t(
            "第{line}行“{cell}”：{code} {name}按{step}分一档打分。", **keep("line", "cell", "code", "name", "step")
        ),
        "paste_too_high": t(
            "第{line}行“{cell}”超过{code} {name}的满分{weight}。", **keep("line", "cell", "code", "name", "weight")
        ),
        "paste_not_off": t(
            "第{line}行“{cell}”：{code} {name}是扣分项，应填0到-{off}。", **keep("line", "cell", "code", "name", "off")
        ),
        "paste_rest": t("第{line}行“{cell}”起多出{count}行，没有对应的指标。", **keep("line", "cell", "count")),
        "paste_either": t("第{line}行“{cell}”可能是小计，也可能是得分，看不出是哪一种。", **keep("line", "cell")),
        "paste_twice": t("第{line}行的{code} {name}重复。", **keep("line", "code", "name")),
        "paste_unknown": t("第{line}行“{cell}”不是本表的指标。", **keep("line", "cell")),
        "paste_no_key": t("第{line}行“{cell}”没有编号或名称，看不出是哪一项。", **keep("line", "cell")),
        "paste_reason": t("第{line}行的原因超过{most}字。", **keep("line", "most")),
        "paste_heading": t("第{line}行“{cell}”是表头，不填入。", **keep("line", "cell")),
        "paste_sum": t("第{line}行“{cell}”是小计或合计，不填入。", **keep("line", "cell")),
        "paste_text": t("第{line}行“{cell}”没有得分，不填入。", **keep("line", "cell")),
        "paste_blank": t("第{line}行没有得分，{code} {name}不变。", **keep("line", "code", "name")),
        "paste_like_a_sum": t(
            "第{line}行“{cell}”等于以上各行之和，按{code} {name}的得分填入。是小计时请取消。",
            **keep("line", "cell", "code", "name"),
        ),
        "paste_out": t("第{line}行的{code} {name}不由您评分，不填入。", **keep("line", "code", "name")),
        "paste_unread": t("第{column}列“{title}”不读取。", **keep("column", "title")),
        "paste_from": t("粘贴内容"),
        "paste_line": t("第{line}行", **keep("line")),
        "paste_before": t("现在"),
        "paste_take": t("填入{count}项", **keep("count")),
        "paste_done": t("已粘贴{count}项。", **keep("count")),
        "paste_undo": t("撤销粘贴"),
        "older": t("{name}{time}已改为{counted}，按此计；按Esc显示。", **keep("name", "time", "counted")),
        "undo": t("撤销：{what}", **keep("what")),
        "redo": t("重做：{what}", **keep("what")),
        "undone": t("已撤销：{what}", **keep("what")),
        "redone": t("已重做：{what}", **keep("what")),
        "undo_refused": t("未撤销：{why}", **keep("why")),
        "redo_refused": t("未重做：{why}", **keep("why")),
        "step_change": t("{code} {now} → {then}", **keep("code", "now", "then")),
        "step_reason": t("{code}的原因“{now}” → “{then}”", **keep("code", "now", "then")),
        "step_many": t("{first}等{count}项", **keep("first", "count")),
        "step_stopped": t("{what}（不可行，点击看原因）", **keep("what")),
        "step_undecided": t("{code}有待决定的修改，请先决定。", **keep("code")),
        "keys": t(
            "Enter 下一行 · Alt+↑↓ 加减一档 · Ctrl+Enter 确认本项 · Esc 恢复 · Ctrl+Z 撤销 · Ctrl+Y 重做 · F1 怎么算 · "
            "Alt+S 采用建议分 · 可从Excel粘贴得分或“编号、得分、原因”"
        ),
    }
