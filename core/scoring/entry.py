"""Points as somebody typed them: read as a person meant them, or refused in a sentence."""

from __future__ import annotations

import re
import unicodedata
from decimal import ROUND_FLOOR, Decimal

from core.errors import Message
from core.model.scorecard import FINEST
from core.text.numbers import points as print_points

_NUMBER = re.compile(r"[+-]?(\d{1,9}(\.\d{0,9})?|\.\d{1,9})")


def plain(weight: Decimal) -> str:
    """Print full marks as people say them: 6, 2.5."""
    return f"{weight.normalize():f}"


def _kept(current: Decimal | None) -> Message:
    if current is None:
        return Message("本项仍为未评")
    return Message("仍按{points}分计", {"points": print_points(current)})


def read_points(
    text: str, weight: Decimal, current: Decimal | None, least: Decimal = Decimal(0), step: Decimal = FINEST
) -> Decimal | Message:
    """Read points from `least` to `weight` in steps of `step`, or return the sentence that says why not.

    Chinese input methods write ４.５ and 4。5: both are 4.5. `current` is what goes on counting, and may be confirmed
    as it stands: a panel's mean lies between the steps. `least` is below 0 of a 扣分项.
    """
    typed = text.strip()
    normal = unicodedata.normalize("NFKC", typed).replace("。", ".").strip()
    params = {"typed": typed, "weight": plain(weight), "kept": _kept(current)}
    if not _NUMBER.fullmatch(normal) or -(Decimal(normal).normalize().as_tuple().exponent or 0) > 2:  # type: ignore[operator]
        return Message("请填数字（最多两位小数），“{typed}”未计入，{kept}。", params)
    value = Decimal(normal)
    if least < 0 and not least <= value <= weight:
        return Message(
            "本项是扣分项，应填0到-{most}，您输入的是{typed}，未计入，{kept}。", {**params, "most": plain(-least)}
        )
    if value < least:
        return Message("得分不能小于0，您输入的是{typed}，未计入，{kept}。", params)
    if value > weight:
        return Message("本项最高{weight}分，您输入的是{typed}，未计入，{kept}。", params)
    if value % step and value not in (weight, least, current):
        below = (value / step).to_integral_value(ROUND_FLOOR) * step
        between = {"below": plain(max(below, least)), "above": plain(min(below + step, weight))}
        return Message(
            "按{step}分一档打分，您输入的是{typed}，请填{below}或{above}；未计入，{kept}。",
            {**params, **between, "step": plain(step)},
        )
    return value.quantize(FINEST) + 0  # never -0
