"""自评: what its sheet says beside its points (targets, results, the year's money), and its 分差 to a review."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.errors import Message
from core.model.context import Context
from core.model.rights import Deed
from core.model.scorecard import BudgetLine, SheetTarget
from core.scoring import ScoredItem
from core.scoring.differences import Difference, beside_self, by_size
from core.scoring.round_state import round_of, working_id
from core.service.base import open_store
from core.service.base.asking import asks
from core.service.scoring import scorecards
from core.service.scoring.independence import seen_sheets
from core.service.scoring.rounds import event_of, sheet_title
from core.store import logs, sheet_words
from core.text.numbers import signed


@dataclass(frozen=True)
class ItemResult:
    """An item with its target and its result."""

    words: SheetTarget
    name: str
    weight: Decimal
    points: Decimal | None


@dataclass(frozen=True)
class SelfAssessment:
    """What stands beside the points of a sheet; of one that came as no 自评表 both are empty."""

    items: tuple[ItemResult, ...]
    """In the order of the sheet; without items of which nothing is said."""
    budget: tuple[BudgetLine, ...]


@asks(Deed.SEE)
def self_assessment(ctx: Context, project: str, sheet: str) -> SelfAssessment:
    """Read what a sheet says beside its points. Raises UnknownName, NotAllowed."""
    card, store = scorecards.scorecard(ctx, project, sheet), open_store.of(ctx)
    said = sheet_words.targets(store, project, sheet)
    items = tuple(
        ItemResult(said[item.indicator.code], item.indicator.l3, item.indicator.weight, item.points)
        for item in card.items
        if item.indicator.code in said
    )
    return SelfAssessment(items, sheet_words.sheet_budget(store, project, sheet))


MOST_NAMED = 5
"""Most items named in a sentence; of more their number is given."""


@dataclass(frozen=True)
class OwnScores:
    """A 自评 beside a review: what the unit gave itself takes no part in any result of the review."""

    sheet: str
    """Id."""
    title: Message
    """Name among the sheets of all rounds."""
    rows: tuple[Difference, ...]
    """All items (left 自评, right review, gap 分差): those of the review in its order, then those of the 自评 alone."""

    @property
    def differing(self) -> tuple[Difference, ...]:
        """Items of which both have points, and not equal ones; the largest 分差 first."""
        return tuple(row for row in by_size(self.rows) if row.gap)

    @property
    def sentence(self) -> Message:
        """Say on which items the review differs from it."""
        found = self.differing
        if not found:
            return Message("评审得分与“{title}”没有分差。", {"title": self.title})
        named = tuple(Message("{code} {gap}", {"code": row.code, "gap": signed(row.gap)}) for row in found[:MOST_NAMED])
        params: dict[str, object] = {"title": self.title, "count": len(found), "changes": named}
        if len(found) > MOST_NAMED:
            return Message("评审得分与“{title}”有{count}项不同，评审减自评：{changes}等。", params)
        return Message("评审得分与“{title}”有{count}项不同，评审减自评：{changes}。", params)


@asks(Deed.SEE)
def self_beside(ctx: Context, project: str, sheet: str) -> OwnScores | None:
    """Find the newest 自评 that may stand beside a sheet now; None: there is none, or not before it is submitted.

    Raises UnknownName, NotAllowed.
    """
    round_id = round_of(sheet)
    state = logs.round_state(open_store.of(ctx), project, round_id)
    if not state.sets_self_beside(sheet):
        return None
    card = scorecards.unrecorded(ctx, project, sheet)
    return next(iter(own_scores(ctx, project, round_id, card.sheet.scheme.id, card.items)), None)


@asks(Deed.SEE)
def own_scores(
    ctx: Context, project: str, round_id: str, scheme: str, items: Sequence[ScoredItem]
) -> tuple[OwnScores, ...]:
    """Set every 自评 of the project that the actor may see beside these items of a round's review, the newest first.

    `scheme`: the id of the items' scheme. Nothing beside a round that is itself 自评, or for a sheet without points.
    Whoever is shown a unit's own sheet goes on record in its round. Raises UnknownName.
    """
    store, found = open_store.of(ctx), list[OwnScores]()
    if event_of(store, project, round_id).self_assessed:
        return ()
    for event in reversed(logs.rounds(store, project, ctx.version)):
        if not event.self_assessed:
            continue
        state = logs.round_state(store, project, event.round)
        # What nobody stands by yet is a draft, and no 自评.
        said = [sheet for sheet in state.sheets if sheet in state.ballots or not state.is_personal(sheet)]
        first = (state.panel, working_id(event.round))
        for sheet in sorted(seen_sheets(ctx, project, event.round, said), key=lambda each: each not in first):
            card = scorecards.unrecorded(ctx, project, sheet)
            rows = beside_self(items, card.items, by_code=card.sheet.scheme.id == scheme)
            if any(row.left is not None for row in rows):
                found.append(OwnScores(sheet, sheet_title(ctx, project, sheet), rows))
    return tuple(found)
