"""小区明细：the columns of a list of communities."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from core.errors import Message
from core.text import word
from core.text.amounts import headed

_FIGURES: Mapping[str, str | Message] = {
    "buildings": word("楼栋（栋）"),
    "households": word("户数（户）"),
    "area": word("面积（万㎡）"),
    "invested": headed(word("已投资")),
    "paid": headed(word("累计支付")),
    "physical": word("形象进度"),
}
_TOLD: Mapping[str, str | Message] = {
    "own_estimate": headed(word("小区概算")),
    "built": word("建成年代"),
    "renewal": word("改造类型"),
    "begun_on": word("开工日期"),
    "done_on": word("完工日期"),
}
"""Columns of those lists that tell them."""


def columns(told: Collection[str]) -> Mapping[str, str | Message]:
    """The columns of a list with their headings: those that few lists have, where this one tells them."""
    return {**_FIGURES, **{name: heading for name, heading in _TOLD.items() if name in told}}
