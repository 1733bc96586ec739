"""Leading score of a project: its round and sheet, the data it was locked with, the changes since."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from core.errors import Message
from core.model.context import Context, Version
from core.model.rights import Deed
from core.model.scorecard import GradeScheme
from core.scoring import plain
from core.scoring.tally import grade_at
from core.scoring.workflow import may
from core.service.base import open_store, since
from core.service.base.asking import asks
from core.service.base.project import sheets
from core.service.base.since import Since
from core.service.scoring import scorecards
from core.service.scoring.rounds import RoundView, round_or_leading, rounds
from core.service.scoring.scorecards import Scorecard
from core.store import logs, read
from core.text.numbers import points

MOST_NAMED = 3
"""Changes since a lock that are named in one sentence; documents list them all."""


@dataclass(frozen=True)
class LeadingScore:
    """Leading round and sheet of a project, or those of a named round, as far as the one who asks may see them."""

    round: RoundView | None
    """Round; None: the project has none."""
    grades: GradeScheme | None
    """Grades of its sheet, also where that is hidden: they are no secret. None: there is no sheet."""
    card: Scorecard | None
    """Sheet; None: there is none, or it may not be seen yet; never another in its place."""

    @property
    def signs(self) -> bool:
        """True where the figure is a locked round's, not the report's claim."""
        return self.signed is not None and self.card is not None and bool(self.card.tally.confirmed)

    @property
    def signed(self) -> Decimal | None:
        """The total of a locked round's sheet; None: it is not locked, or may not be seen."""
        locked = self.round is not None and self.round.locked is not None
        return self.card.tally.decisive if locked and self.card is not None else None

    def words(self, claimed: Decimal | None) -> tuple[Message, Message, Message]:
        """Word label, figure and caveat: the signed score; until then the report's claim, beside the sheet's total."""
        value, caveat = Message("—"), Message("报告未写得分，原评分表未附")
        if claimed is not None:
            grade = None if self.grades is None else self.grades.grades[grade_at(claimed, self.grades)].name
            value, caveat = _graded(plain(claimed), grade), Message("原评分表未附")
        if self.round is None or self.card is None or not self.card.tally.confirmed:
            return Message("报告得分"), value, caveat
        sums = self.card.tally
        params: dict[str, object] = {"round": self.round.title, "sheet": self.card.sheet.name}
        if self.round.locked is not None:
            caveat = Message("{round}·{sheet}，已锁定", params)
            if claimed is not None:
                caveat = Message("{round}·{sheet}，已锁定；报告得分{claimed}分", params | {"claimed": plain(claimed)})
            return Message("评价得分"), _graded(points(sums.decisive), sums.grade), caveat
        params |= {"total": points(sums.decisive), "confirmed": sums.confirmed, "items": sums.items}
        return (
            Message("报告得分"),
            value,
            Message("{round}·{sheet}合计{total}，已确认{confirmed}/{items}", params),
        )


def _graded(total: str, grade: str | None) -> Message:
    if grade is None:
        return Message("{points}分", {"points": total})
    return Message("{points}分·{grade}", {"points": total, "grade": grade})


@asks(Deed.SEE)
def leading_score(ctx: Context, project: str, round_id: str | None = None) -> LeadingScore:
    """Find the leading score of the project, or that of a named round. Raises UnknownName."""
    of = round_or_leading(ctx, project, round_id)
    found = next((each for each in sheets(ctx, project) if of is not None and each.id == of.result), None)
    if of is None or found is None:
        return LeadingScore(of, None, None)
    hidden = may(ctx.actor, "see", logs.round_state(open_store.of(ctx), project, of.id), found.id)
    return LeadingScore(of, found.grade_scheme, None if hidden else scorecards.unrecorded(ctx, project, found.id))


@asks(Deed.SEE)
def before(ctx: Context, project: str, head: LeadingScore) -> LeadingScore | None:
    """Find the score of the round before the leading one; None: there is no earlier round. Raises UnknownName."""
    ids = [each.id for each in rounds(ctx, project)]
    at = ids.index(head.round.id) if head.round is not None and head.round.id in ids else 0
    return leading_score(ctx, project, ids[at - 1]) if at > 0 else None


@asks(Deed.SEE)
def as_locked(ctx: Context, project: str, round_id: str | None = None) -> Context:
    """Set the context to the data that the round was locked on, where it is locked.

    Later imports, corrections and withdrawals do not count in it; everything else does. Raises UnknownName.
    """
    of = round_or_leading(ctx, project, round_id)
    if of is None or of.locked is None:
        return ctx
    with open_store.of(ctx).reading() as session:
        asked = read.until(session, ctx.version)
        # Clocks of several machines differ: the batch that the lock names counts, whatever its time says.
        seen = read.until(session, Version(batch=logs.frozen(of.locked)["batch"]))
    data = min(asked, max(seen, of.locked.made_at))
    return replace(ctx, version=replace(ctx.version, batch=None, data=data))


@asks(Deed.SEE)
def since_lock(ctx: Context, project: str, round_id: str | None = None) -> tuple[Since, ...]:
    """List the changes of the data since the round was locked; none while it is open. Raises UnknownName."""
    then = as_locked(ctx, project, round_id)
    if then is ctx:
        return ()
    return tuple(since.data_changes(ctx, project, then))


def how_many(changed: Sequence[Since]) -> Message | None:
    """Count the changes: 锁定后有变（2处）; None: nothing has changed."""
    return Message("锁定后有变（{count}处）", {"count": len(changed)}) if changed else None


def change_sentences(changed: Sequence[Since]) -> tuple[Message, ...]:
    """Word each change as a sentence."""
    return tuple(
        Message(
            "{what}由{before}变为{after}（{why}）", {"what": s.what, "before": s.before, "after": s.after, "why": s.why}
        )
        for s in changed
    )


def notice(changed: Sequence[Since]) -> Message | None:
    """Count the changes and name the first; None: nothing has changed."""
    first = change_sentences(changed[:MOST_NAMED])
    if not first:
        return None
    known = {"count": len(changed), "changes": first}
    if len(changed) > MOST_NAMED:
        return Message("锁定后有变（{count}处）：{changes}等；本页仍为锁定时的数。", known)
    return Message("锁定后有变（{count}处）：{changes}；本页仍为锁定时的数。", known)
