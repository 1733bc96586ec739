"""Results side by side: a round's by each rule, and those of the project's other rounds; nothing is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.errors import Message
from core.model.context import Context
from core.model.panel_events import RoundSetting
from core.model.rights import Deed
from core.model.scorecard import Indicator, Scheme
from core.scoring import ScoredItem, Tally
from core.scoring.consensus import Rule, by_each_rule
from core.scoring.differences import side_by_side
from core.scoring.round_state import RoundState, working_id
from core.scoring.tally import items_of
from core.service.base import open_store
from core.service.base.asking import asks
from core.service.scoring import scorecards
from core.service.scoring.independence import record_seen, seen_sheets
from core.service.scoring.meeting import panel_of
from core.service.scoring.rounds import RULE_WORDS, event_of, sheet_title
from core.store import logs, read


@dataclass(frozen=True)
class Result:
    """Points of the round's items by one rule, or in another round."""

    title: Message
    rule: Rule | None
    """Rule of this round; None: it is another round's."""
    points: Mapping[str, Decimal | None]
    """By code of this round's scheme; None: not scored there, or not in that scheme."""
    tally: Tally


@dataclass(frozen=True)
class ResultsBeside:
    """Results of a round's items side by side; those without any points are left out."""

    items: tuple[Indicator, ...]
    rule: Rule
    """Rule that the round goes by."""
    results: tuple[Result, ...]
    """The rules in their order, the other rounds after them, the newest first."""

    @property
    def main(self) -> Result | None:
        """Result by the round's own rule; None: it has no points yet."""
        return next((each for each in self.results if each.rule is self.rule), None)


@asks(Deed.SEE)
def results_beside(ctx: Context, project: str, round_id: str) -> ResultsBeside:
    """Set the results of a round by each rule beside each other, and those of other rounds that the actor may see.

    主评人定 is what stands on the panel's sheet. Of a round of 自评 each sheet that somebody stands by is one.
    Raises UnknownName, NotAllowed while the actor's own sheet is not submitted.
    """
    store = open_store.of(ctx)
    event = event_of(store, project, round_id)
    state = logs.round_state(store, project, round_id)
    record_seen(ctx, project, round_id, [state.panel, *state.ballots])
    card = scorecards.unrecorded(ctx, project, state.panel) if state.panel in state.sheets else None
    sheet = card.sheet if card else read.sheet(store, project, working_id(round_id))
    rule = Rule(event.rule)
    by_rule = by_each_rule(panel_of(store, project, state, sheet, rule, card, ctx.version))
    here = items_of(sheet.scheme, {})
    found = [Result(Message(RULE_WORDS[each]), each, _points(made.items), made.tally) for each, made in by_rule.items()]
    for other in reversed(logs.rounds(store, project, ctx.version)):
        if other.round != round_id:
            found += _of_round(ctx, project, other, sheet.scheme, here)
    shown = tuple(each for each in found if any(points is not None for points in each.points.values()))
    return ResultsBeside(sheet.scheme.indicators, rule, shown)


def _of_round(
    ctx: Context, project: str, event: RoundSetting, scheme: Scheme, here: Sequence[ScoredItem]
) -> Iterator[Result]:
    state = logs.round_state(open_store.of(ctx), project, event.round)
    for name in seen_sheets(ctx, project, event.round, _final(state)):
        card = scorecards.unrecorded(ctx, project, name)
        rows = side_by_side(here, card.items, by_code=card.sheet.scheme.id == scheme.id)[: len(here)]
        points = {row.code: row.right for row in rows}
        yield Result(sheet_title(ctx, project, name), None, points, card.tally)


def _final(state: RoundState) -> tuple[str, ...]:
    """Sheets that a round comes to: the panel's or, while there is none, the shared one; of 自评 each unit's."""
    shared = state.panel if state.panel in state.sheets else working_id(state.round)
    return (shared, *state.ballots) if state.self_assessed else (shared,)


def _points(items: Sequence[ScoredItem]) -> Mapping[str, Decimal | None]:
    return {item.indicator.code: item.points for item in items}
