"""Claims, facts and problems of a report's text, found by families of patterns, whatever the wording.

Each family (claim_money, claim_scope, claim_time, claim_state, claim_document, claim_problems) gives the claims in
the order of the sentences. Of two that differ the first is the claim; its `text` shows the other one. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import chain

from core.ingest.files.document import Paragraph
from core.ingest.report_text import about_report, problems, progress_claims, scope, times
from core.ingest.report_text import money as claim_money
from core.ingest.report_text.outline import of_report, outline
from core.ingest.report_text.project_particulars import Stated, find_stated
from core.model.fields import COLUMNS, TableId
from core.model.project import Claim
from core.text.marks import full_width

__all__ = ["Stated", "estimate_stage", "find_claims", "find_problems", "find_stated", "find_unclear", "with_printed"]

MOST_SECTIONS = 4
"""Places that are named for one claim."""
OTHER = "_other"
"""Behind the id of a total: the first different value that the document gives for it."""
TOTALS_OF: Mapping[TableId, tuple[str, ...]] = {
    table: tuple(f"total_{name}" for name in COLUMNS[table]) for table in ("spend", "renovation")
}
"""The ids of what a table's row of sums states."""
TOTALS = (*TOTALS_OF["spend"], *TOTALS_OF["renovation"])
_QUIET = ("stage_goal", "bond_revenue", "evaluator", "signatures", "satisfaction_method", "satisfaction_sample")
"""Texts without one value: more of them is no difference."""


def _one(claims: Sequence[Claim]) -> Iterable[Claim]:
    """Reduce all statements with one id to the claim."""
    first = claims[0]
    same = dict.fromkeys(claim.source for claim in claims if claim.value == first.value)
    source = of_report(list(same)[:MOST_SECTIONS])
    others = [claim for claim in claims if claim.value != first.value and claim.value is not None]
    if not others or first.value is None or first.id in _QUIET:
        yield replace(first, source=source)
        return
    other = others[0]
    text = f"{first.text}；{other.source.removeprefix('报告 ')}另写{other.text}"
    yield replace(first, text=text, source=source)
    if first.id in TOTALS:
        yield replace(other, id=first.id + OTHER)


def _merged(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    by_id: dict[str, list[Claim]] = {}
    for claim in claims:
        by_id.setdefault(claim.id, []).append(claim)
    every = chain.from_iterable(_one(same) for same in by_id.values())
    return tuple(replace(claim, text=full_width(claim.text)) for claim in every)


def find_claims(paragraphs: Sequence[Paragraph]) -> tuple[Claim, ...]:
    """Find the claims: at most one an id, and `<total>_other` where the text gives a total twice differently."""
    found = outline(paragraphs)
    money = list(claim_money.find(found, claim_money.amounts(found)))
    goals = [progress_claims.completion(claim) for claim in money if claim.id == "completion_rate"]
    return _merged(
        chain(
            scope.find(found),
            (claim for claim in money if claim.id != "completion_rate"),
            times.find(found),
            progress_claims.find(found),
            goals,
            progress_claims.find_stage_goal(found),
            problems.find(found),
            about_report.find(found),
        )
    )


def find_problems(paragraphs: Sequence[Paragraph]) -> tuple[tuple[str, str, str], ...]:
    """(problem or recommendation, its words, its section), in the order of the text."""
    return tuple((item.kind, full_width(item.text), item.section) for item in problems.items(outline(paragraphs)))


def find_unclear(paragraphs: Sequence[Paragraph]) -> tuple[tuple[str, str], ...]:
    """(words, place) of the figures in the text of which it was not understood what they are of: they are no claims."""
    found = outline(paragraphs)
    return tuple(dict.fromkeys(chain(claim_money.unclear(found), scope.unclear(found))))


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
    """Claim the stage by which the table calls its approved amount (概算金额); None for a heading without a stage."""
    return Claim("estimate_stage", amount, heading.strip(), source) if "概算" in heading else None
