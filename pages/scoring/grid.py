"""The score grid on its sheet: mounted in a fragment that follows the store once a second."""

from __future__ import annotations

import streamlit as st

from core.errors import StoreError
from core.model.context import Actor
from core.model.scorecard import GradeScheme
from core.scoring import Tally
from core.scoring.whatif import margin_sentence
from core.service.base import identity, open_store
from core.service.base.reference import reference
from core.service.scoring import scorecards, self_assessment, undoing
from core.service.scoring.scorecards import Scorecard
from core.text.numbers import points
from pages.scoring import offer, outbox
from pages.scoring.item_data import item_data_of, row_data_of, steps_data
from pages.shared import state
from pages.shared.browser.answers import answers
from pages.shared.errors import error_box
from pages.shared.reads import kept, now, read_own
from pages.shared.score_grid import (
    Figures,
    GridData,
    GridSteps,
    Offer,
    SelfPoints,
    SheetData,
    drawn,
    score_grid,
)
from pages.shared.sent_edits import maker
from pages.shared.session import actor, context
from pages.shared.words import say

EVERY = 1.5
"""Seconds from one look at the store to the next: others' changes show within three, across replicas too."""


@st.fragment(run_every=EVERY)
def live(project: str, sheet: str, asked_by: Actor) -> None:
    """The sheet's grid: saves what arrives, shows what others have saved.

    `asked_by` is whom the page was made for. Where that is no longer who asks, the whole page is made again: another
    person may see other sheets.
    """
    if actor() != asked_by:
        st.rerun()
    key = f"grid/{project}/{sheet}"

    shown, saved = f"{key}_shown", f"{key}_saved"

    def arrived() -> None:
        with error_box():
            st.session_state[saved] = outbox.apply(project, sheet, st.session_state[key])
            outbox.apply_inputs(project, sheet, st.session_state[key])

    with error_box():
        answers(f"{project}/{sheet}", outbox.as_data(outbox.answers(project, sheet)), key=f"{key}_answers")
        away = None
        try:
            # Whoever has just saved waits for the answer: their sheet is drawn anew at the next look.
            if not st.session_state.pop(saved, False) or shown not in st.session_state:
                st.session_state[shown] = _read(project, sheet)
        except StoreError as error:
            # The grid stays, with the keyboard in it; it saves what was typed when the database is back.
            if shown not in st.session_state:
                raise
            away = error
        value = score_grid(st.session_state[shown], key=key, on_outbox=arrived)
        if away is not None:
            raise away
        outbox.apply(project, sheet, value)
        outbox.apply_inputs(project, sheet, value)


def _read(project: str, sheet: str) -> GridData:
    """All that the grid shows. Raises StoreError, UnknownName, NotAllowed."""
    question = "grid", project, sheet, now()  # before the sheet is read: it may be newer than its question, never older
    card = read_own(scorecards.scorecard, project, sheet)
    # The sheet is the same for all who may see it: drawn once a change, not once a person.
    return {
        "drawn": kept(question, lambda: drawn(_data(card, offer.offers(context(), card)))),
        "actor": maker(),
        "local": identity.mode() == "local",
        "banner": _banner(card),
        "read_only": card.read_only is not None,
        "entered": outbox.entered(project, sheet),
        "steps": _steps(card),
        "own": _own(project, sheet),
    }


def _own(project: str, sheet: str) -> SelfPoints | None:
    """自评 beside the sheet, as far as the one who looks is to have it there."""
    own = read_own(self_assessment.self_beside, project, sheet)
    if own is None:
        return None
    given = {row.code: f"{row.left:.2f}" for row in own.rows if row.left is not None}
    return {"title": say(own.title), "points": given, "far": f"{reference().limits.far.share * 100:.0f}"}


def _steps(card: Scorecard) -> GridSteps:
    """What the one who looks may undo and redo; kept until somebody changes the sheet."""
    if card.read_only is not None:
        return {"undo": [], "redo": []}
    project, sheet, ctx = card.project.id, card.sheet.id, context()
    newest = tuple(item.event.edit_id for item in card.items if item.event)
    question = "steps", project, sheet, ctx.actor, newest, open_store.store().counted("steps")
    return kept(question, lambda: steps_data(undoing.steps(ctx, project, sheet)))


def _data(card: Scorecard, offers: dict[str, Offer]) -> SheetData:
    return {
        "sheet": f"{card.project.id}/{card.sheet.id}",
        "items": [item_data_of(item.indicator, card.sheet.scheme.step) for item in card.items],
        "rows": {item.indicator.code: row_data_of(item) for item in card.items if item.event is not None or item.out},
        "figures": _figures(card.tally, card.sheet.grade_scheme),
        "grades": [{"name": say(g.name), "floor": f"{g.floor:.2f}"} for g in card.sheet.grade_scheme.grades],
        "claim": say(card.claimed) if card.claimed else "",
        "language": state.language(),
        "suggestions": offers,
    }


def _banner(card: Scorecard) -> str | None:
    """What a reconstructed sheet has to say of itself, why it came back, why nothing can be changed here."""
    return " ".join(map(say, card.notes)) or None


def _figures(sums: Tally, grades: GradeScheme) -> Figures:
    return {
        "total": points(sums.total),
        "normalised": None if sums.normalised is None else points(sums.normalised),
        "grade": None if sums.grade is None else say(sums.grade),
        "scored_weight": points(sums.scored_weight),
        "low": points(sums.low),
        "high": points(sums.high),
        "veto": None if sums.veto is None or sums.grade is None else say(margin_sentence(sums, grades)),
        "margin_up": None if sums.margin_up is None else points(sums.margin_up),
        "margin_down": None if sums.margin_down is None else points(sums.margin_down),
    }
