"""Entries at an item, from a browser or from the store: read whole, or refused in a sentence."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from core.errors import Message
from core.model.item_input import ItemInput
from core.model.scorecard import Indicator
from core.scoring import rule_figures
from core.scoring.rules import Checklist, Judgement, Survey
from core.scoring.suggest import rule_of

MOST = 1_000_000_000
"""Largest count, answer or amount (万元)."""

_FIELDS = frozenset({"ticks", "faults", "answers", "level", "figures", "veto"})


def read_input(indicator: Indicator, raw: object) -> ItemInput | Message:
    """Read an entry that fits the item's rule, or say what does not fit. Fields left out were not entered."""
    garbled = Message("收到的填报内容不完整，未计入。请刷新页面后重填。")
    if not isinstance(raw, Mapping) or not set(raw) <= _FIELDS:
        return garbled
    ticks, answers = raw.get("ticks", ()), raw.get("answers", ())
    faults, level = raw.get("faults"), raw.get("level")
    entered, veto = raw.get("figures", {}), raw.get("veto", False)
    if (
        not isinstance(ticks, list | tuple)
        or not all(tick is None or isinstance(tick, bool) for tick in ticks)
        or not isinstance(answers, list | tuple)
        or not all(_is_count(answer) for answer in answers)
        or not (faults is None or _is_count(faults))
        or not isinstance(level, str | None)
        or not isinstance(entered, Mapping)
        or not isinstance(veto, bool)
    ):
        return garbled
    numbers: dict[str, Decimal] = {}
    for name, value in entered.items():
        number = _number(value)
        if number is None:
            return Message(
                "{name}请填不小于0的数字，“{typed}”未计入。",
                {"name": rule_figures.label(str(name)), "typed": str(value)[:40]},
            )
        numbers[str(name)] = number
    wrong = _misfit(indicator, len(ticks), len(answers), level, numbers)
    return wrong or ItemInput(tuple(ticks), faults, tuple(answers), level, numbers, veto)


def _misfit(
    indicator: Indicator, ticks: int, answers: int, level: str | None, entered: Mapping[str, Decimal]
) -> Message | None:
    """Say which entry the item's rule has no place for."""
    rule = rule_of(indicator)
    count = rule.count if isinstance(rule, Checklist) else 0
    if ticks not in (0, count):
        return Message("本项有{count}个要点，收到{got}个，未计入。", {"count": count, "got": ticks})
    grades = len(rule.weights) if isinstance(rule, Survey) else 0
    if answers not in (0, grades):
        return Message("本项问卷分{count}档，收到{got}档，未计入。", {"count": grades, "got": answers})
    levels = [each.name for each in rule.levels] if isinstance(rule, Judgement) else []
    if level is not None and level not in levels:
        return Message("本项没有“{level}”档，未计入。", {"level": level[:20]})
    unknown = [name for name in entered if name not in rule.names]
    if unknown:
        return Message("本项规则不用“{name}”，未计入。", {"name": unknown[0][:40]})
    return None


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST


def _number(value: object) -> Decimal | None:
    """Read a typed figure: ９２.5, 1,200 and 92.5% are numbers."""
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        return None
    text = unicodedata.normalize("NFKC", str(value)).replace(",", "").replace("。", ".").strip().removesuffix("%")
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() and 0 <= number <= MOST else None


def as_json(entry: ItemInput) -> str:
    """Write an entry as it is stored: one JSON text, decimals as strings."""
    content = {
        "ticks": list(entry.ticks),
        "faults": entry.faults,
        "answers": list(entry.answers),
        "level": entry.level,
        "figures": {name: f"{value:f}" for name, value in entry.figures.items()},
        "veto": entry.veto,
    }
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def from_json(text: str) -> ItemInput:
    """Read a stored entry."""
    content = json.loads(text)
    return ItemInput(
        ticks=tuple(content["ticks"]),
        faults=content["faults"],
        answers=tuple(content["answers"]),
        level=content["level"],
        figures={name: Decimal(value) for name, value in content["figures"].items()},
        veto=content["veto"],
    )
