"""Check of the approval against the document's own sources of money."""

from __future__ import annotations

from core.checks.claims import given, sources
from core.checks.finding import Finding, Status, joined_sentence
from core.checks.sums import SHARE_TOLERANCE
from core.errors import Message
from core.model.project import Facts
from core.progress import quotient
from core.progress.arithmetic import sum_of
from core.progress.facts_by_place import joined
from core.text import numbers, word
from core.text.amounts import exact

STAGES = ("approval_stage", "plan_stage", "estimate_stage")
"""Estimates from the first to the approved one: each stage is more exact than the one before."""


def approval(facts: Facts) -> Finding | None:
    """8: compare the payers by the approval and by the document, and the stages of its estimates.

    None when neither the approval's sources nor two stages are known.
    """
    said = given(facts, "approval_funding")
    stages = [claim for claim in (given(facts, name) for name in STAGES) if claim is not None]
    names = tuple(dict.fromkeys(claim.text for claim in stages))
    planned = sum_of(funding.planned for funding in facts.funding)
    comparable = said is not None and said.value is not None and planned > 0
    if not comparable and len(names) < 2:
        return None
    mix = tuple(
        Message("{name}{share}", {"name": each.name, "share": numbers.percent(quotient(each.planned, planned))})
        for each in facts.funding
    )
    parts: list[Message] = []
    figures: list[tuple[str, str | Message]] = []
    status: Status = "P"
    if comparable and said is not None and said.value is not None:
        by_budget = sum_of(each.planned for each in facts.funding if each.source == "budget")
        # Compared as products, so that nothing is rounded on the way.
        differs = abs(by_budget - said.value * planned) > SHARE_TOLERANCE * planned
        status = "E" if differs else "P"
        params = {"approval": facts.project.approval, "words": said.text, "mix": mix}
        parts.append(
            Message("批复（{approval}）写明{words}，报告的资金来源却是{mix}", params)
            if differs
            else Message("批复（{approval}）与报告的资金来源相符（{mix}）", params)
        )
        figures.append((word("批复的财政资金占比"), numbers.percent(said.value)))
        figures.append((word("报告的财政资金占比"), numbers.percent(quotient(by_budget, planned))))
    figures += [(claim.text, Message("{amount}", {"amount": exact(claim.value)})) for claim in stages]
    if len(names) > 1:
        amounts = {claim.value for claim in stages}
        stated: dict[str, object] = {"count": len(names), "stages": names, "amount": exact(stages[0].value)}
        if len(amounts) == 1:
            status = "E" if status == "E" else "W"
            parts.append(Message("{stages}是{count}个阶段的数，却同为{amount}", stated))
        else:
            parts.append(Message("{stages}各有其数", stated))
    message = joined_sentence(parts)
    source = joined([*sources([said, *stages]), *(each.section for each in facts.funding)])
    return Finding("8", status, Message("批复与资金来源"), message, tuple(figures), source)
