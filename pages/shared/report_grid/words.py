"""The words of the form of a reporting period in the browser, in the session's language."""

from __future__ import annotations

from pages.shared.browser.editor_words import of_saving
from pages.shared.words import keep, t


def words() -> dict[str, str]:
    """By the names that the scripts ask for them."""
    return of_saving() | _of_saving_here() | _of_cells() | _of_rows() | _of_blocks() | _of_steps()


def _of_saving_here() -> dict[str, str]:
    return {
        "autosave": t("修改后自动保存"),
        "away_clean": t("连接中断，没有未保存的修改；恢复后自动更新。"),
        "not_counted": t("{count}处输入未计入", **keep("count")),
        "undecided_count": t("{count}项待决定", **keep("count")),
        "name_needed": t("未保存，请先填写姓名"),
        "name_give": t("填写姓名"),
        "conflict_later": t(
            "待决定：{name}{time}改为{theirs}，按此计；您填的是{mine}。", **keep("name", "time", "theirs", "mine")
        ),
        "keys": t("Enter 下一格 · ↑↓←→ 移动 · Esc 恢复 · Ctrl+Z 撤销 · Ctrl+Y 重做 · 可从Excel粘贴一片"),
    }


def _of_cells() -> dict[str, str]:
    return {
        "caption": t("填报表"),
        "place": t("街镇"),
        "community": t("小区"),
        "with_unit": t("{name}（{unit}）", **keep("name", "unit")),
        "last": t("上期"),
        "legend": t("格内小字是上期数"),
        "empty_cell": t("空"),
        "cell_kept": t("仍按{raw}计", **keep("raw")),
        "cell_kept_empty": t("本格仍为空"),
        "not_a_money": t("请填数字（最多六位小数），“{typed}”未计入，{kept}。", **keep("typed", "kept")),
        "not_a_area": t("请填数字（最多六位小数），“{typed}”未计入，{kept}。", **keep("typed", "kept")),
        "not_a_change": t("请填数字（最多六位小数），“{typed}”未计入，{kept}。", **keep("typed", "kept")),
        "not_a_count": t("请填不小于0的整数，“{typed}”未计入，{kept}。", **keep("typed", "kept")),
        "not_a_day": t("请填日期（如2024-12-31），“{typed}”未计入，{kept}。", **keep("typed", "kept")),
        "not_a_share": t("请填百分数（如60%，最多四位小数），“{typed}”未计入，{kept}。", **keep("typed", "kept")),
        "below_nothing": t("{name}不能小于0，您输入的是{typed}，未计入，{kept}。", **keep("name", "typed", "kept")),
        "over_whole": t("{name}最多100%，您输入的是{typed}，未计入，{kept}。", **keep("name", "typed", "kept")),
        "too_large": t("“{typed}”位数太多，未计入，{kept}。请核对单位。", **keep("typed", "kept")),
        "reason_of": t("{place}{field}属实的原因", **keep("place", "field")),
        "reason_hint": t("属实的，请写明原因"),
        "reason_is": t("原因：{reason}", **keep("reason")),
    }


def _of_rows() -> dict[str, str]:
    return {
        "row_acts": t("办理"),
        "fill_last": t("填上期数"),
        "submit": t("提交"),
        "recall": t("撤回提交"),
        "state_empty": t("{state}，空{count}格", **keep("state", "count")),
        "row_empty": t("空{count}格", **keep("count")),
        "pick": t("填哪个小区"),
        "pick_empty": t("{name}（空{count}格）", **keep("name", "count")),
        "pick_next": t("下一个小区"),
        "left": t("还有{count}格未填", **keep("count")),
        "all_filled": t("已全部填写"),
        "returned": t("已退回：{reason}", **keep("reason")),
        "act_away": t("连接中断，没有提交。恢复后请再点一次。"),
        "act_wrong": t("没有提交：{field}未计入，请先改正。", **keep("field")),
        "act_open": t("没有提交：{field}有待决定的修改，请先决定。", **keep("field")),
    }


def _of_blocks() -> dict[str, str]:
    return {
        "paste_title": t("粘贴预览"),
        "block_fills": t("将填入{rows}行{columns}列。", **keep("rows", "columns")),
        "block_replaces": t("其中{count}格已有不同的数，将被替换。", **keep("count")),
        "block_refused": t("没有填入任何内容。请改正后重新粘贴："),
        "block_nothing": t("没有可填的数，没有填入任何内容。"),
        "block_take": t("填入"),
        "cancel": t("取消"),
        "block_done": t("已粘贴{count}格。", **keep("count")),
        "block_undo": t("撤销粘贴"),
        "block_more": t("共{count}处。", **keep("count")),
        "block_sum": t("第{line}行“{cell}”是合计，不填入。", **keep("line", "cell")),
        "block_unknown": t("第{line}行“{cell}”不是本表的街镇。", **keep("line", "cell")),
        "block_unknown_community": t("第{line}行“{cell}”不是本表的小区。", **keep("line", "cell")),
        "block_several": t("第{line}行“{cell}”有几个同名小区，请连街镇一列一起复制。", **keep("line", "cell")),
        "block_nameless": t("第{line}行没有街镇名称。", **keep("line")),
        "block_nameless_community": t("第{line}行没有小区名称。", **keep("line")),
        "block_beyond": t("第{line}行超出本表，没有对应的街镇。", **keep("line")),
        "block_beyond_community": t("第{line}行超出本表，没有对应的小区。", **keep("line")),
        "block_twice": t("第{line}行“{cell}”重复。", **keep("line", "cell")),
        "block_no_figure": t("第{column}列“{cell}”不是本期要填的数据项。", **keep("column", "cell")),
        "block_wide": t("第{column}列超出本表，没有对应的数据项。", **keep("column")),
        "block_figure_twice": t("第{column}列“{cell}”重复。", **keep("column", "cell")),
        "block_closed": t("第{line}行“{cell}”{state}，不能填入。", **keep("line", "cell", "state")),
        "block_not_a_money": t("第{line}行“{cell}”不是数字（{name}）。", **keep("line", "cell", "name")),
        "block_not_a_area": t("第{line}行“{cell}”不是数字（{name}）。", **keep("line", "cell", "name")),
        "block_not_a_change": t("第{line}行“{cell}”不是数字（{name}）。", **keep("line", "cell", "name")),
        "block_not_a_count": t("第{line}行“{cell}”不是整数（{name}）。", **keep("line", "cell", "name")),
        "block_not_a_day": t("第{line}行“{cell}”不是日期（{name}）。", **keep("line", "cell", "name")),
        "block_not_a_share": t("第{line}行“{cell}”不是百分数（{name}）。", **keep("line", "cell", "name")),
        "block_below_nothing": t("第{line}行“{cell}”小于0（{name}）。", **keep("line", "cell", "name")),
        "block_over_whole": t("第{line}行“{cell}”超过100%（{name}）。", **keep("line", "cell", "name")),
        "block_too_large": t("第{line}行“{cell}”位数太多（{name}）。", **keep("line", "cell", "name")),
    }


def _of_steps() -> dict[str, str]:
    return {
        "undo": t("撤销：{what}", **keep("what")),
        "redo": t("重做：{what}", **keep("what")),
        "undone": t("已撤销：{what}", **keep("what")),
        "redone": t("已重做：{what}", **keep("what")),
        "undo_refused": t("未撤销：{place}{field}已另有改动，或已不能再改。", **keep("place", "field")),
        "step": t("{place}{field} {now} → {then}", **keep("place", "field", "now", "then")),
        "step_reason": t("{place}{field}的原因", **keep("place", "field")),
        "step_many": t("{first}等{count}格", **keep("first", "count")),
    }
