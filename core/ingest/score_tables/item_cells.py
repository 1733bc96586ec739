"""Cells of a table of indicators: full marks, points, and the marks that offices put in their place."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from core.errors import Message
from core.ingest.files import cells
from core.ingest.files.labels import one_line
from core.ingest.score_tables.headings import without_weight
from core.model.scorecard import Status
from core.text import word

STATUS_WORDS = {
    Status.NOT_APPLICABLE: word("不适用"),
    Status.EVIDENCE_MISSING: word("待补佐证"),
    Status.UNSCORED: word("未评"),
}
"""Words that may stand for points."""
_NO_POINTS = {name: status for status, name in STATUS_WORDS.items()} | dict.fromkeys(("", "—", "-"), Status.UNSCORED)
NOTHING = {"—", "-", "--", "——", "/", "\\", "无"}
"""Marks in the place of a reason that say that there is none."""
_MARKS = {"/", "*", "\\", "--", "——"}
"""Marks that offices put where there are no points yet: neither 0 nor full marks nor 不适用."""
NOT_CALCULATED = Message("是公式，但文件里没有算出的值。请在Excel中打开并保存后再导入。")


def plain_code(text: str) -> str:
    """A code in half width, without spaces around it."""
    return unicodedata.normalize("NFKC", text).strip()


def figure(text: str) -> Decimal | None:
    """A printed figure, or None for whatever else stands there."""
    short = re.sub(r"分$", "", text.strip())
    return cells.number(short, 6) if len(short) <= 20 else None


def label_text(text: str) -> str:
    """A level's name without the marks that may stand behind it: 决策(15分) is 决策."""
    return one_line(without_weight(text))


def is_mark(text: str) -> bool:
    """True for a mark that stands where there are no points yet."""
    return unicodedata.normalize("NFKC", text) in _MARKS


def read_points(text: str) -> Decimal | Status | Message:
    """Points, the status that stands there instead, or the sentence that says what is wrong."""
    if text in _NO_POINTS:
        return _NO_POINTS[text]
    return Status.UNSCORED if is_mark(text) else cells.points(re.sub(r"分$", "", text.strip()))


def read_weight(text: str) -> Decimal | Message:
    """Full marks, more than 0."""
    value = cells.points(re.sub(r"[分%％]$", "", text.strip()))
    return Message("分值应大于0。") if value == 0 else value
