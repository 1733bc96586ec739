"""Money by source: what each is to give, what has arrived from it and what was paid of it, in all and by place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from core.errors import Message
from core.model.measure import Measure
from core.model.project import FundingSource
from core.progress.facts_by_place import FactsByPlace, Flow
from core.text import word

SOURCES: tuple[FundingSource, ...] = ("bond", "budget")
"""The two that are always told, where something is known of them or not."""
ALL = "funding"
"""The basis of what is of all sources together."""


@dataclass(frozen=True)
class _FlowWords:
    """What measures of a flow are called."""

    id: str
    own: Mapping[str, str]
    """By the sources that have words of their own, and `ALL`."""
    behind: str
    """Behind the name of another source."""


_WORDS: Mapping[Flow, _FlowWords] = {
    "planned": _FlowWords(
        "funding_planned",
        {"bond": word("专项债计划资金"), "budget": word("财政预算计划资金"), ALL: word("计划资金合计")},
        "计划资金",
    ),
    "paid": _FlowWords(
        "funding_paid",
        {"bond": word("专项债已支付"), "budget": word("财政预算资金已支付"), ALL: word("各来源已支付合计")},
        "已支付",
    ),
    "arrived": _FlowWords(
        "funding_arrived",
        {"bond": word("专项债到位资金"), "budget": word("财政预算到位资金"), ALL: word("到位资金合计")},
        "到位资金",
    ),
}


def called(sums: FactsByPlace, flow: Flow, source: str) -> str:
    """The name of a measure of a source; 中央财政补助到位资金."""
    return _WORDS[flow].own.get(source) or f"{sums.source_name(source)}{_WORDS[flow].behind}"


def known(sums: FactsByPlace) -> tuple[str, ...]:
    """Bond and budget, then the other kinds that the project has."""
    return tuple(dict.fromkeys([*SOURCES, *sums.funding_sources]))


def measures(sums: FactsByPlace) -> Iterator[Measure]:
    """funding_planned and funding_paid of each source and of all; what has arrived where anybody reports it."""
    flows: tuple[Flow, ...] = ("planned", "paid")
    for source in known(sums):
        for flow in flows:
            yield _of_source(sums, flow, source)
    if sums.facts.funding or sums.facts.source_money:
        for flow in flows:
            yield of_all(sums, flow)


def _of_source(sums: FactsByPlace, flow: Flow, source: str, place: str | None = None) -> Measure:
    value, stands = sums.of_source(flow, source, place)
    stands = stands or sums.facts.project.source
    return sums.measure(_WORDS[flow].id, called(sums, flow, source), value, "万元", stands, basis=source, place=place)


def of_all(sums: FactsByPlace, flow: Flow, place: str | None = None) -> Measure:
    """What is planned, has arrived or was paid of all sources together."""
    value, stands = sums.of_all_sources(flow, place)
    formula = Message("各资金来源相加")
    parts = [(each, sums.of_source(flow, each, place)[0]) for each in sums.counted(flow, place)]
    silent = tuple(sums.source_name(each) for each, amount in parts if amount is None)
    if value is None and silent:
        formula = _silent(flow, silent)
    elif value is None:
        formula = Message("各资金来源均未填报")
    elif silent or not parts:
        formula = Message("取自表中各来源的合计")
    stands = stands or sums.facts.project.source
    return sums.measure(_WORDS[flow].id, _WORDS[flow].own[ALL], value, "万元", stands, formula, basis=ALL, place=place)


def _silent(flow: Flow, names: tuple[str, ...]) -> Message:
    if flow == "arrived":
        return Message("{names}的到位数未填报", {"names": names})
    if flow == "paid":
        return Message("{names}的已支付数未填报", {"names": names})
    return Message("{names}的计划数未填报", {"names": names})


def by_place(sums: FactsByPlace) -> Iterator[Measure]:
    """What places report of a source, each place that has it; then what they have of all sources together.

    After all that is of the project: a reader who asks for a figure by its name alone meets the whole first.
    """
    rows = sums.facts.source_money
    for flow in _WORDS:
        there = [row for row in rows if row.place is not None and getattr(row, flow) is not None]
        for place in sums.places if there else ():
            for source in dict.fromkeys(row.source for row in there if row.source and row.place == place):
                yield _of_source(sums, flow, source, place)
            yield of_all(sums, flow, place)
