"""What a 自评表 says beside its points: targets, results, the year's money. Written with its sheet, for good."""

from __future__ import annotations

from collections.abc import Mapping

from core.model.scorecard import BudgetLine, SheetTarget
from core.store.database import Session, Store


def targets(store: Store, project: str, sheet: str) -> Mapping[str, SheetTarget]:
    """What a 自评表 says of its items beside their points, by code; none for other sheets."""

    def make(session: Session) -> Mapping[str, SheetTarget]:
        found = session.made(SheetTarget, "sheet_targets", project=project, sheet=sheet)
        return {each.code: each for each in found}

    return store.remembered(("targets", project, sheet), make)


def sheet_budget(store: Store, project: str, sheet: str) -> tuple[BudgetLine, ...]:
    """The lines of a 自评表's budget block; none for other sheets."""

    def make(session: Session) -> tuple[BudgetLine, ...]:
        return tuple(session.made(BudgetLine, "sheet_budget", project=project, sheet=sheet))

    return store.remembered(("sheet_budget", project, sheet), make)
