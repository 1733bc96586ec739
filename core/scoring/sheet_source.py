"""Source line of scores: the round and sheet they were given on, never the report that is evaluated."""

from __future__ import annotations

from core.errors import Message
from core.model.scorecard import Sheet


def sheet_source(sheet: Sheet, round_name: Message | str) -> Message:
    """Name the source below every table and chart of scores: round and sheet, 还原稿 as such."""
    params = {"round": round_name, "sheet": sheet.name}
    if sheet.reconstruction:
        return Message("{round}“{sheet}”（还原稿·非原表，扣分分布为推测）", params)
    return Message("{round}“{sheet}”", params)
