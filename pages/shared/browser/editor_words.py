"""What the browser says where scores are typed (editor.js), in the session's language."""

from __future__ import annotations

from pages.shared.words import keep, t


def of_saving() -> dict[str, str]:
    """Of what is saved and who decides, wherever something is typed."""
    return {
        "reason": t("原因"),
        "saving": t("保存中…"),
        "saved": t("已保存{time}", **keep("time")),
        "away": t("连接中断，有{count}项未保存，请勿关闭本页；恢复后自动保存。", **keep("count")),
        "conflict": t(
            "{name}{time}把本项改为{theirs}（您看到的是{seen}），您填的是{mine}。请选择：",
            **keep("name", "time", "theirs", "seen", "mine"),
        ),
        "conflict_later": t(
            "待决定：{name}{time}改为{theirs}，按此计分；您填的是{mine}。", **keep("name", "time", "theirs", "mine")
        ),
        "with_reason": t("{value}（原因：{reason}）", **keep("value", "reason")),
        "no_reason": t("无"),
        "someone": t("他人"),
        "mine": t("用我的"),
        "theirs": t("用{name}的", **keep("name")),
        "later": t("稍后再定"),
    }


def words() -> dict[str, str]:
    """By the names that the scripts ask for them, where scores are typed."""
    return of_saving() | {
        "weight": t("满分"),
        "points": t("得分"),
        "status": t("状态"),
        "status_of": t("{name}的状态：{status}", **keep("name", "status")),
        "how": t("怎么算"),
        "evidence": t("佐证"),
        "suggestion": t("建议分"),
        "implied": t("反推值"),
        "example": t("待确认"),
        "confirmed": t("已确认"),
        "unscored": t("未评"),
        "evidence_missing": t("待补佐证"),
        "not_applicable": t("不适用"),
        "not_a_number": t("请填数字（最多两位小数），“{typed}”未计入，{kept}。", **keep("typed", "kept")),
        "negative": t("得分不能小于0，您输入的是{typed}，未计入，{kept}。", **keep("typed", "kept")),
        "too_high": t("本项最高{weight}分，您输入的是{typed}，未计入，{kept}。", **keep("weight", "typed", "kept")),
        "not_off": t(
            "本项是扣分项，应填0到-{most}，您输入的是{typed}，未计入，{kept}。", **keep("most", "typed", "kept")
        ),
        "off_step": t(
            "按{step}分一档打分，您输入的是{typed}，请填{below}或{above}；未计入，{kept}。",
            **keep("step", "typed", "below", "above", "kept"),
        ),
        "kept": t("仍按{points}分计", **keep("points")),
        "kept_unscored": t("本项仍为未评"),
        "kept_not_counted": t("本项仍为“{status}”", **keep("status")),
        "points_first": t("请先填写得分，再确认本项。"),
    }
