"""Four evaluators, and what they do on their sheets."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any
from uuid import uuid4

from core.errors import Question
from core.model.context import Actor, Context
from core.model.scorecard import Sheet
from core.scoring import Answer
from core.service.scoring import item_records, opening, scorecards, steps

PROJECT = "lingang-2023"
WORKING, PANEL = "r1/working", "r1/panel"
WANG = Context(Actor("browser-wang", "王工"))
LI = Context(Actor("browser-li00", "李工"))
ZHAO = Context(Actor("browser-zhao", "赵工"))
QIAN = Context(Actor("browser-qian", "钱工"))
NOBODY = Context(Actor("browser-anon"))


def edit(
    code: str, base: int | str, points: str | None, status: str = "confirmed", reason: str = ""
) -> dict[str, object]:
    return {
        "edit_id": str(uuid4()),
        "code": code,
        "base": base,
        "points": points,
        "status": status,
        "reason": reason,
    }


def save(ctx: Context, sheet: str, *edits: dict[str, object]) -> list[Answer]:
    answers = scorecards.save(ctx, PROJECT, sheet, edits)
    return [answers[str(e["edit_id"])] for e in edits]


def score_all(ctx: Context, sheet: Sheet, less: Mapping[str, str], reason: str = "依据不足") -> None:
    """Full marks on every item of a blank sheet, but for `less`, by code."""
    save(
        ctx,
        sheet.id,
        *(
            edit(i.code, 0, str(i.weight - Decimal(less.get(i.code, "0"))), reason=reason if i.code in less else "")
            for i in sheet.scheme.indicators
        ),
    )


def agreed(call: Callable[..., Any], *args: object) -> Any:
    """A step, and yes to what is asked before it counts."""
    try:
        return call(*args)
    except Question as question:
        return call(*args, agreed=question.agreed)


def has_submitted(ctx: Context, less: Mapping[str, str], reason: str = "依据不足") -> Sheet:
    sheet = opening.my_sheet(ctx, PROJECT, "r1")
    score_all(ctx, sheet, less, reason)
    steps.submit(ctx, PROJECT, sheet.id)
    return sheet


def answer_all_flags(ctx: Context, sheet: str = PANEL) -> None:
    card = scorecards.scorecard(ctx, PROJECT, sheet)
    if card.open_flags:
        item_records.answer_flags(ctx, PROJECT, sheet, [(f.code, f.kind) for f in card.open_flags], "见纸质档案第3卷")
