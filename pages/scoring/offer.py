"""建议分 of an item as components draw it, 反推值, and the fields of what its rule computes from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from core.model.context import Context
from core.model.item_input import ItemInput
from core.model.scorecard import Indicator
from core.scoring import Alternative, Suggestion, implied
from core.scoring.read_rule import read_veto
from core.scoring.rule_figures import label, percent, unit
from core.scoring.rules import Checklist, Judgement, PerFault, Survey
from core.scoring.suggest import rule_of
from core.service.scoring import item_records
from core.service.scoring.scorecards import Scorecard
from core.text.how_computed import BASES
from core.text.numbers import points
from pages.shared.score_grid import Offer, Suggested
from pages.shared.words import say, t

_TICKS: Mapping[str, bool | None] = {"": None, "yes": True, "no": False}


def offers(ctx: Context, card: Scorecard) -> dict[str, Offer]:
    """For each item of a sheet, in the session's language. Raises NotAllowed."""
    entered = item_records.inputs(ctx, card.project.id, card.sheet.id)
    found: dict[str, Offer] = {}
    for item in card.items:
        indicator = item.indicator
        offered = card.suggestions[indicator.code]
        known = None if item.points is None else implied(indicator, item.points, offered)
        found[indicator.code] = {
            **suggestion(offered),
            "implied": say(known.sentence) if known else "",
            "form": _form(indicator, entered.get(indicator.code) or ItemInput()),
        }
    return found


def suggestion(found: Suggestion) -> Suggested:
    """A suggestion; `label` is what stands where its points would stand."""
    if found.points is not None:
        shown = points(found.points)
    elif found.alternatives:
        shown = " / ".join(dict.fromkeys(points(each.points) for each in found.alternatives))
    elif found.low is not None:
        shown = t("{low}～{high}", low=points(found.low), high=points(found.high))
    else:
        shown = t("待补佐证") if found.missing else "—"
    sentence = say(found.sentence)
    if found.missing:
        sentence = t("{sentence}（缺：{missing}）", sentence=sentence, missing=tuple(found.missing))
    return {
        "points": None if found.points is None else f"{found.points:.2f}",
        "label": shown,
        "sentence": sentence,
        "alternatives": [{"points": f"{each.points:.2f}", "sentence": _by_basis(each)} for each in found.alternatives],
    }


def _by_basis(each: Alternative) -> str:
    """按到位资金(测算):3.00×8,000.00÷8,000.00=3.00"""
    basis, sentence = say(BASES.get(each.basis, each.basis)), say(each.sentence)
    if each.scenario:
        return t("按{basis}（测算）：{sentence}", basis=basis, sentence=sentence)
    return t("按{basis}：{sentence}", basis=basis, sentence=sentence)


def _form(indicator: Indicator, entered: ItemInput) -> list[dict[str, Any]]:
    rule = rule_of(indicator)
    fields: list[dict[str, Any]] = []
    if isinstance(rule, Checklist):
        choices = [["", "—"], ["yes", t("符合")], ["no", t("不符合")]]
        known = {value: key for key, value in _TICKS.items()}
        given = entered.ticks or (None,) * rule.count
        fields += [
            _field(f"tick{n}", name, known[tick], options=choices)
            for n, (name, tick) in enumerate(zip(_points_of(indicator, rule.count), given, strict=True))
        ]
    elif isinstance(rule, PerFault):
        fields.append(_field("faults", t("问题类别数"), _whole(entered.faults), whole=True))
    elif isinstance(rule, Judgement) and rule.levels:
        levels = [["", "—"], *([level.name, say(level.name)] for level in rule.levels)]
        fields.append(_field("level", t("档次"), entered.level or "", options=levels))
    elif isinstance(rule, Survey):
        numbers = entered.answers or (None,) * len(rule.weights)
        fields += [
            _field(
                f"answer{n}", t("第{n}档（计{share}）份数", n=n + 1, share=percent(weight)), _whole(number), whole=True
            )
            for n, (weight, number) in enumerate(zip(rule.weights, numbers, strict=True))
        ]
    for name in rule.names:
        measured = unit(name)
        named = say(label(name))
        value = f"{entered.figures[name]:f}" if name in entered.figures else ""
        fields.append(
            _field(
                f"figure:{name}", t("{name}（{unit}）", name=named, unit=say(measured)) if measured else named, value
            )
        )
    veto = read_veto(indicator.params)
    if veto is not None:
        choices = [["", t("未发现")], ["yes", t("已发现")]]
        value = "yes" if entered.veto else ""
        fields.append(_field("veto", t("一票否决：{ground}", ground=say(veto.ground)), value, options=choices))
    return fields


def _field(name: str, text: str, value: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "label": text, "value": value, **more}


def _whole(number: int | None) -> str:
    return "" if number is None else str(number)


def _points_of(indicator: Indicator, count: int) -> list[str]:
    """A checklist's points by the words of its rule (5个要点…:甲、乙、…); by number where those do not tell."""
    rule = say(indicator.rule).replace(": ", "：").replace(":", "：")
    named = rule.partition("：")[2].replace("; ", "、").replace(", ", "、").split("、")
    if len(named) == count and all(named):
        return [f"{n}. {name.strip(' .。')}" for n, name in enumerate(named, start=1)]
    return [t("要点{n}", n=n) for n in range(1, count + 1)]


def content(sent: Mapping[str, Any]) -> dict[str, Any]:
    """What stood in an item's fields, as `item_records.put_input` takes it; what does not fit is its to refuse."""
    entry: dict[str, Any] = {}
    ticks = [_TICKS.get(str(sent[name])) for name in sent if str(name).startswith("tick")]
    answers = [str(sent[name]) for name in sent if str(name).startswith("answer")]
    if any(tick is not None for tick in ticks):
        entry["ticks"] = ticks
    if any(answers):
        entry["answers"] = [_number(answer or "0") for answer in answers]
    if sent.get("faults"):
        entry["faults"] = _number(str(sent["faults"]))
    if sent.get("level"):
        entry["level"] = str(sent["level"])
    figures = {str(name).removeprefix("figure:"): value for name, value in sent.items() if _is_figure(name, value)}
    if figures:
        entry["figures"] = figures
    if sent.get("veto"):
        entry["veto"] = True
    return entry


def _is_figure(name: object, value: object) -> bool:
    return str(name).startswith("figure:") and bool(value)


def _number(text: str) -> int | str:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else text
