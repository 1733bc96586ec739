"""Flags of a sheet, to be answered before it can be locked: scores that the data, or other scores, speak against.

One flag of a kind an item at most, so that an answer belongs to (code, kind). Which data speak against full marks is
the scheme's to say: `contradicted_by` in an indicator's params, `unfinished` or `outstanding`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from core.errors import Message
from core.model.item_input import ItemInput
from core.model.measure import Measures
from core.scoring import rule_figures
from core.scoring.suggest import Suggestion, rule_of, suggest
from core.scoring.tally import ScoredItem
from core.text import numbers


@dataclass(frozen=True)
class Flag:
    """Doubt about an item that has to be answered before the sheet can be locked."""

    code: str
    kind: str
    """reason_missing, contradicted, duplicate, no_evidence."""
    message: Message


def flags(
    items: Sequence[ScoredItem],
    measures: Measures | None = None,
    inputs: Mapping[str, ItemInput] | None = None,
    evidenced: Collection[str] | None = None,
    suggestions: Mapping[str, Suggestion] | None = None,
) -> tuple[Flag, ...]:
    """Raise the flags of a sheet, in the order of its items.

    Without `measures` nothing is held against the data; without `evidenced` (codes that have evidence) nobody is asked
    for any. `inputs`: entries by code. `suggestions`: those of the items, where they are known already.
    """
    repeated = _repeated(items)
    found: list[Flag] = []
    for item in items:
        code = item.indicator.code
        suggestion = (suggestions or {}).get(code)
        if suggestion is None and measures is not None:
            suggestion = suggest(item.indicator, measures, (inputs or {}).get(code))
        candidates = {
            "reason_missing": _without_reason(item),
            "contradicted": _contradicted(item, suggestion, measures),
            "duplicate": repeated.get(code),
            "no_evidence": _without_evidence(item, suggestion, evidenced),
        }
        found.extend(Flag(code, kind, message) for kind, message in candidates.items() if message is not None)
    return tuple(found)


def _named(item: ScoredItem, **params: object) -> dict[str, object]:
    return {"code": item.indicator.code, "name": item.indicator.l3, **params}


def _reason(item: ScoredItem) -> str:
    return item.event.reason if item.event else ""


def _without_reason(item: ScoredItem) -> Message | None:
    if not item.deduction or _reason(item).strip():
        return None
    return Message("{code} {name}扣了{deduction}分，未写原因。", _named(item, deduction=numbers.points(item.deduction)))


def _contradicted(item: ScoredItem, suggestion: Suggestion | None, measures: Measures | None) -> Message | None:
    """Flag full marks against the rule's own arithmetic, or against the contradiction that the scheme names."""
    if suggestion is None or measures is None or item.points is None or item.deduction:
        return None
    if suggestion.points is not None:
        if suggestion.points >= item.points:
            return None
        known = _named(item, points=numbers.points(suggestion.points), sentence=suggestion.sentence)
        return Message("{code} {name}得满分，但按规则为{points}分（{sentence}）。", known)
    contradiction = item.indicator.params.get("contradicted_by")
    if contradiction == "unfinished":
        return _unfinished(item, suggestion, measures)
    if contradiction == "outstanding":
        return _outstanding(item, measures)
    return None


def _unfinished(item: ScoredItem, suggestion: Suggestion, measures: Measures) -> Message | None:
    """Flag full marks while the planned time runs and nobody has said how much is done."""
    elapsed = rule_figures.read_figure("time_elapsed", measures)
    if elapsed is None or elapsed.value >= 100 or elapsed.measure is None or not suggestion.missing:
        return None
    known = _named(
        item,
        as_of=elapsed.measure.as_of,
        elapsed=rule_figures.shown(elapsed.value, "%"),
        missing=suggestion.missing[0],
    )
    return Message("{code} {name}得满分，但截至{as_of}工程在建（工期已过{elapsed}），报告没有{missing}。", known)


def _outstanding(item: ScoredItem, measures: Measures) -> Message | None:
    """Flag full marks while a part of the estimate is not known to have arrived."""
    estimate = rule_figures.read_figure("estimate", measures)
    arrived = rule_figures.read_figure("funds_arrived", measures) or rule_figures.read_figure("paid", measures)
    if estimate is None or arrived is None or arrived.value >= estimate.value:
        return None
    known = _named(
        item,
        left=rule_figures.shown(estimate.value - arrived.value, "万元"),
        estimate=rule_figures.shown(estimate.value, "万元"),
    )
    return Message("{code} {name}得满分，但概算{estimate}万元中尚有{left}万元没有到位记录。", known)


def _without_evidence(
    item: ScoredItem, suggestion: Suggestion | None, evidenced: Collection[str] | None
) -> Message | None:
    """Flag points without evidence. A figure that the rule computes from the project's documents needs none."""
    if evidenced is None or item.points is None or item.indicator.code in evidenced:
        return None
    if suggestion is not None and suggestion.points is not None and suggestion.measures:
        return None
    known = _named(item, points=numbers.points(item.points), needed=item.indicator.evidence_needed)
    if not item.indicator.evidence_needed:
        return Message("{code} {name}得{points}分，没有佐证。", known)
    return Message("{code} {name}得{points}分，没有佐证（需{needed}）。", known)


def _repeated(items: Sequence[ScoredItem]) -> dict[str, Message]:
    """一事重复扣分: find each deduction that rests on a fact of an earlier one."""
    first: dict[tuple[str, str], ScoredItem] = {}
    found: dict[str, Message] = {}
    for item in items:
        if not item.deduction:
            continue
        for kind, fact in _facts(item):
            earlier = first.setdefault((kind, fact), item)
            if earlier is item or item.indicator.code in found:
                continue
            known = _named(item, other=earlier.indicator.code, other_name=earlier.indicator.l3)
            if kind == "reason":
                text = Message("{code} {name}与{other} {other_name}扣分原因相同，疑似一事重复扣分。", known)
            else:
                known["fact"] = rule_figures.label(fact)
                text = Message("{code} {name}与{other} {other_name}都因“{fact}”扣分，疑似一事重复扣分。", known)
            found[item.indicator.code] = text
    return found


def _facts(item: ScoredItem) -> Iterator[tuple[str, str]]:
    """Facts behind a deduction: its reason, less spaces, punctuation and forms of letters, and its rule's figures."""
    reason = unicodedata.normalize("NFKC", _reason(item)).casefold()
    if letters := "".join(letter for letter in reason if letter.isalnum()):
        yield "reason", letters
    for name in rule_of(item.indicator).rests_on:
        yield "figure", name
