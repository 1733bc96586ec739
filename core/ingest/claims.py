"""What a report's text claims, found by families of patterns, whatever the wording: claims, facts, problems.

Each family (claim_money, claim_scope, claim_time, claim_state, claim_document, claim_problems) gives the claims in
the order of the sentences. Of two that differ the first is the claim; its `text` shows the other one. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import chain

from core.ingest import claim_document, claim_money, claim_problems, claim_scope, claim_state, claim_time
from core.ingest.document import Paragraph
from core.ingest.outline import outline
from core.ingest.stated import Stated, find_stated
from core.model.project import Claim

__all__ = ["Stated", "estimate_stage", "find_claims", "find_problems", "find_stated", "with_printed"]

MOST_SECTIONS = 4
"""Places that are named for one claim."""
OTHER = "_other"
"""Behind the id of a total: the first different value that the document gives for it."""
TOTALS = (
    "total_estimate",
    "total_invested",
    "total_paid",
    "total_communities",
    "total_buildings",
    "total_households",
    "total_area",
)
_QUIET = ("stage_goal", "bond_revenue", "evaluator", "signatures", "satisfaction_method", "satisfaction_sample")
"""Texts without one value: more of them is no difference."""


def _place(claim: Claim) -> str:
    return claim.source.removeprefix("报告 ")


def _one(claims: Sequence[Claim]) -> Iterable[Claim]:
    """What is left of all statements with one id."""
    first = claims[0]
    same = dict.fromkeys(_place(claim) for claim in claims if claim.value == first.value)
    source = f"报告 {'、'.join(list(same)[:MOST_SECTIONS])}"
    others = [claim for claim in claims if claim.value != first.value and claim.value is not None]
    if not others or first.value is None or first.id in _QUIET:
        yield replace(first, source=source)
        return
    other = others[0]
    text = f"{first.text};{_place(other)}另写{other.text}"
    yield replace(first, text=text, source=source)
    if first.id in TOTALS:
        yield replace(other, id=first.id + OTHER)


def _merged(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    by_id: dict[str, list[Claim]] = {}
    for claim in claims:
        by_id.setdefault(claim.id, []).append(claim)
    return tuple(chain.from_iterable(_one(same) for same in by_id.values()))


def find_claims(paragraphs: Sequence[Paragraph]) -> tuple[Claim, ...]:
    """What the text claims: at most one claim an id, and `<total>_other` where it gives a total twice differently."""
    found = outline(paragraphs)
    money = list(claim_money.find(found, claim_money.amounts(found)))
    goals = [claim_state.completion(claim) for claim in money if claim.id == "completion_rate"]
    return _merged(
        chain(
            claim_scope.find(found),
            (claim for claim in money if claim.id != "completion_rate"),
            claim_time.find(found),
            claim_state.find(found),
            goals,
            claim_state.find_stage_goal(found),
            claim_problems.find(found),
            claim_document.find(found),
        )
    )


def find_problems(paragraphs: Sequence[Paragraph]) -> tuple[tuple[str, str, str], ...]:
    """(problem or recommendation, its words, its section), in the order of the text."""
    return tuple((item.kind, item.text, item.section) for item in claim_problems.items(outline(paragraphs)))


def with_printed(said: Sequence[Claim], printed: Sequence[Claim]) -> tuple[Claim, ...]:
    """The text's claims beside those that stand in the tables (printed totals), at most one an id.

    A table's claim is the claim; what the text says differently is `<total>_other`, so that the check sees both.
    """
    by_table = {claim.id: claim for claim in printed}
    kept: list[Claim] = list(printed)
    for claim in said:
        base = by_table.get(claim.id.removesuffix(OTHER))
        if base is None:
            kept.append(claim)
        elif base.id in TOTALS and claim.value is not None and claim.value != base.value:
            name = base.id + OTHER
            if all(each.id != name for each in kept):
                kept.append(replace(claim, id=name))
    return tuple(kept)


def estimate_stage(heading: str, amount: Decimal, source: str) -> Claim | None:
    """What the table of spending calls its approved amount (概算金额); None for a heading without a stage."""
    return Claim("estimate_stage", amount, heading.strip(), source) if "概算" in heading else None
