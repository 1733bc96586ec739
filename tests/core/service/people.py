"""Four evaluators, and what they do on their sheets."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from uuid import uuid4

from core.model.context import Actor, Context
from core.model.scorecard import Sheet
from core.scoring import Answer
from core.service import panel, scoring

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
    answers = scoring.save(ctx, PROJECT, sheet, edits)
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


def has_submitted(ctx: Context, less: Mapping[str, str], reason: str = "依据不足") -> Sheet:
    sheet = panel.my_sheet(ctx, PROJECT, "r1")
    score_all(ctx, sheet, less, reason)
    panel.submit(ctx, PROJECT, sheet.id)
    return sheet


def answer_all_flags(ctx: Context, sheet: str = PANEL) -> None:
    card = scoring.scorecard(ctx, PROJECT, sheet)
    if card.open_flags:
        panel.answer_flags(ctx, PROJECT, sheet, [(f.code, f.kind) for f in card.open_flags], "见纸质档案第3卷")
