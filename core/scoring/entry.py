"""What somebody typed as points: read as a person meant it, or refused in a sentence."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from core.errors import Message
from core.text.numbers import points as print_points

_NUMBER = re.compile(r"[+-]?(\d{1,9}(\.\d{0,9})?|\.\d{1,9})")


def plain(weight: Decimal) -> str:
    """Full marks as people say them: 6, 2.5."""
    return f"{weight.normalize():f}"


def _kept(current: Decimal | None) -> Message:
    if current is None:
        return Message("本项仍为未评")
    return Message("仍按{points}分计", {"points": print_points(current)})


def read_points(text: str, weight: Decimal, current: Decimal | None) -> Decimal | Message:
    """Points from 0 to `weight` with at most two decimals, or the sentence that says why not.

    Chinese input methods write ４.５ and 4。5: both are 4.5. `current` is what goes on counting.
    """
    typed = text.strip()
    normal = unicodedata.normalize("NFKC", typed).replace("。", ".").strip()
    params = {"typed": typed, "weight": plain(weight), "kept": _kept(current)}
    if not _NUMBER.fullmatch(normal) or -(Decimal(normal).normalize().as_tuple().exponent or 0) > 2:  # type: ignore[operator]
        return Message("请填数字(最多两位小数),“{typed}”未计入,{kept}。", params)
    value = Decimal(normal)
    if value < 0:
        return Message("得分不能小于0,您输入的是{typed},未计入,{kept}。", params)
    if value > weight:
        return Message("本项最高{weight}分,您输入的是{typed},未计入,{kept}。", params)
    return abs(value.quantize(Decimal("0.01")))
