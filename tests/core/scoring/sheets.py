"""Small sheets for tests: a scheme from (code, level 1, full marks), events from points."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from core.model.scorecard import Grade, GradeScheme, Indicator, Scheme, ScoreEvent, Status
from core.scoring import ScoredItem

MOF = GradeScheme(
    "mof",
    "财政部四档",
    (Grade("优", Decimal(90)), Grade("良", Decimal(80)), Grade("中", Decimal(60)), Grade("差", Decimal(0))),
)
PROVINCE = GradeScheme(
    "province",
    "95/85/75",
    (Grade("优秀", Decimal("95.01")), Grade("良好", Decimal("85.01")), Grade("不合格", Decimal(0))),
)


def indicator(code: str, weight: str, l1: str = "产出") -> Indicator:
    return Indicator(code, l1, "二级", f"指标{code}", Decimal(weight), "checklist", {}, "", "", "", "")


def event(
    code: str,
    points: str | None,
    status: Status = Status.CONFIRMED,
    revision: int = 1,
    reason: str = "",
    edit_id: str = "",
) -> ScoreEvent:
    value = None if points is None else Decimal(points)
    made_at = datetime(2026, 1, 1)
    key = edit_id or f"edit-{code}-{revision:010d}"
    return ScoreEvent("p", "r1/working", code, revision, key, value, status, reason, "", "w", "王工", made_at)


def item(
    code: str, weight: str, points: str | None, l1: str = "产出", status: Status = Status.CONFIRMED, reason: str = ""
) -> ScoredItem:
    """An item; without points and with the default status it has no event (未评)."""
    if points is None and status is Status.CONFIRMED:
        return ScoredItem(indicator(code, weight, l1), None)
    return ScoredItem(indicator(code, weight, l1), event(code, points, status, reason=reason))


SCHEME = Scheme("s", 1, "方案", (indicator("A11", "6"), indicator("B11", "4")))
