"""The form of a reporting period on its page: a fragment that follows the store, and saves what the browser holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

import streamlit as st

from core.errors import InputError, NameNeeded, NotAllowed, StoreError
from core.ingest.project_tables.correction import CorrectableFigure
from core.model.context import NEWEST, Actor
from core.model.reporting import STATES, Report, ReportedFigure, Row
from core.service.base import identity
from core.service.base.moments import hour_minute
from core.service.manage.reporting import form, review
from core.service.manage.reporting.form import BETWEEN, Answer, Cell, Conflict, Form, FormRow, Saved
from pages.manage.reporting_parts import photos
from pages.manage.reporting_parts import review as reviewing
from pages.shared import log, sent_edits, state
from pages.shared.browser.answers import answers
from pages.shared.empty import empty
from pages.shared.errors import error_box
from pages.shared.reads import kept, now, read_own
from pages.shared.report_grid import Column, FormData, GridData, GridRow, PlaceHead, Stored, Told, drawn, report_grid
from pages.shared.sent_edits import Anothers, maker
from pages.shared.session import actor, context
from pages.shared.words import say, t

EVERY = 1.5
"""Seconds from one look at the store to the next, as the score grid's."""
_STEPS = {"submit": review.submit, "recall": review.recall}


def form_panel(project: str, report: Report) -> None:
    """The form of a period, for the rows that the one who asks may write; the page mounts `who`."""
    period = report.period.id
    rows = read_own(form.form, project, period).rows
    if rows:
        _live(project, period, actor())
        photos.filing(project, report, [(row.place, row.community) for row in rows], _chosen(project, period))
    else:
        empty(t("这一期没有由您填报的街镇。如有需要请联系数据员。"))


@st.fragment(run_every=EVERY)
def _live(project: str, period: str, asked_by: Actor) -> None:
    """`asked_by` is whom the page was made for: where that is no longer who asks, the whole page is made again."""
    if actor() != asked_by:
        st.rerun()
    key = f"report/{project}/{period}"
    shown = f"{key}_shown"

    def arrived() -> None:
        with error_box():
            apply(project, period, st.session_state[key])

    def asked() -> None:
        with error_box():
            apply(project, period, st.session_state[key])
            take_step(project, period, st.session_state[key])

    with error_box():
        answers(_sheet(project, period), as_data(_answers(project, period)), key=f"{key}_answers")
        away = None
        try:
            st.session_state[shown] = _read(project, period)
        except StoreError as error:
            # The grid stays, with the keyboard in it; it saves what was typed when the database is back.
            if shown not in st.session_state:
                raise
            away = error
        value = report_grid(st.session_state[shown], key=key, on_outbox=arrived, on_act=asked)
        if away is not None:
            raise away
        apply(project, period, value)
        take_step(project, period, value)
        reviewing.alarms_of_own(project, period)
        if value.get("chosen") != st.session_state.get(_key("chosen", project, period)):
            st.session_state[_key("chosen", project, period)] = value.get("chosen")
            st.rerun()  # the pictures below are of the community whose card is open


def _chosen(project: str, period: str) -> Row | None:
    """The row whose card is open on a telephone."""
    code = st.session_state.get(_key("chosen", project, period))
    if not isinstance(code, str):
        return None
    place, _, community = code.partition(BETWEEN)
    return place, community


# ---------------------------------------------------------------- from the browser


def apply(project: str, period: str, value: Mapping[str, Any]) -> bool:
    """Save what the component's value holds and remember the answers for the next mount; whether there was anything.

    Raises StoreError, UnknownName, InputError; NameNeeded when edits come without a name.
    """

    def save(edits: Sequence[object]) -> Mapping[str, Answer]:
        with log.timed("save") as saving:
            saving.count = len(edits)
            return form.save(context(), project, period, edits)

    found = sent_edits.answered(value.get("outbox"), _answers(project, period), Saved, save)
    if found is None:
        return False
    st.session_state[_key("answers", project, period)], anything = found
    return anything


def take_step(project: str, period: str, value: Mapping[str, Any]) -> None:
    """Submit a row, or take that back, as a click asks, once; what keeps it from going is told at the row.

    `value` has been applied. Raises StoreError, UnknownName.
    """
    act, last = value.get("act"), st.session_state.get(_key("told", project, period))
    if not isinstance(act, Mapping) or (last is not None and last["id"] == act.get("id")):
        return
    place, step = str(act.get("place"))[:40], _STEPS.get(str(act.get("kind")))
    if step is None:
        return
    told: Told = {"id": str(act.get("id"))[:40], "place": place, "sentences": _unsaved(project, period, place, value)}
    if (another := sent_edits.anothers(act, actor())) is not None:
        told["sentences"] = [say(another.message)]
    if not told["sentences"]:
        try:
            step(context(), project, period, place)
        except NotAllowed as error:
            told["sentences"] = [say(each) for each in error.reasons or (error.message,)]
        except (NameNeeded, InputError) as error:
            told["sentences"] = [say(error.message)]
    st.session_state[_key("told", project, period)] = told


def _unsaved(project: str, period: str, place: str, value: Mapping[str, Any]) -> list[str]:
    """Why a row is not submitted as it stands in the store: what was typed last has not got there."""
    known = _answers(project, period)
    of_place = [edit for edit in value.get("outbox") or () if _place_of(edit) == place]
    left = [edit for edit in of_place if not isinstance(known.get(sent_edits.edit_id_of(edit)), Saved)]
    return [t("没有提交：有修改没有保存，请先处理。")] if left else []


def _place_of(edit: Mapping[str, Any]) -> str:
    return str(edit.get("code")).partition(":")[2].partition(BETWEEN)[0]


def _answers(project: str, period: str) -> dict[str, Answer | Anothers]:
    return cast(dict[str, Answer | Anothers], st.session_state.get(_key("answers", project, period), {}))


def _key(name: str, project: str, period: str) -> str:
    return f"report_{name}_{project}_{period}"


# ---------------------------------------------------------------- to the browser


def as_data(found: Mapping[str, Answer | Anothers]) -> dict[str, dict[str, Any]]:
    """The answers as the component reads them."""
    return sent_edits.as_data(found, _answer)


def _answer(answer: Answer) -> dict[str, Any]:
    if isinstance(answer, Saved):
        return sent_edits.saved(answer.figure.revision, answer.figure.made_at)
    if isinstance(answer, Conflict):
        return {"state": "conflict", "theirs": _named(answer.theirs)}
    return sent_edits.refused(answer.message)


def _named(theirs: ReportedFigure | None) -> dict[str, Any]:
    if theirs is None:
        return {}
    return dict(zip(("raw", "reason", "revision", "edit_id", "by", "at"), _stored(theirs), strict=True))


def _stored(figure: ReportedFigure) -> Stored:
    at = hour_minute(figure.made_at)
    return figure.raw, figure.reason, figure.revision, figure.edit_id, figure.actor_name, at


def _sheet(project: str, period: str) -> str:
    return f"{project}/{period}"


def _read(project: str, period: str) -> GridData:
    """All that the grid shows. Raises StoreError, UnknownName, NotAllowed."""
    question = "report", project, period, actor(), now()  # before it is read: it may be newer than its question
    return {
        "drawn": kept(question, lambda: drawn(data_of(read_own(form.form, project, period), _sheet(project, period)))),
        "actor": maker(),
        "local": identity.mode() == "local",
        "read_only": context().version != NEWEST,
        "told": st.session_state.get(_key("told", project, period)),
    }


def data_of(shown: Form, sheet: str) -> FormData:
    """The form as the component draws it, in the session's language."""
    return {
        "sheet": sheet,
        "columns": [_column(figure) for figure in shown.figures],
        "places": [_place(rows[0]) for rows in _by_place(shown.rows)],
        "rows": [_row(row) for row in shown.rows],
        "communities": bool(shown.report.period.communities),
        "language": state.language(),
    }


def _column(figure: CorrectableFigure) -> Column:
    unit = "%" if figure.kind == "share" else say(figure.unit) if figure.unit else ""
    return {"id": figure.id, "name": say(figure.name), "unit": unit, "kind": figure.kind}


def _by_place(rows: Sequence[FormRow]) -> list[list[FormRow]]:
    found: dict[str, list[FormRow]] = {}
    for row in rows:
        found.setdefault(row.place, []).append(row)
    return [*found.values()]


def _place(row: FormRow) -> PlaceHead:
    return {
        "place": row.place,
        "state": row.state,
        "label": say(STATES[row.state]),
        "returned": row.returned,
        "writable": row.writable,
    }


def _row(row: FormRow) -> GridRow:
    return {
        "place": row.place,
        "name": row.name,
        "code": f"{row.place}{BETWEEN}{row.community}" if row.community else row.place,
        "last": [cell.last for cell in row.cells],
        "fill": [cell.fill for cell in row.cells],
        "cells": [_cell(cell) for cell in row.cells],
    }


def _cell(cell: Cell) -> tuple[Stored, Sequence[str]] | None:
    if cell.figure is None:
        return None
    return _stored(cell.figure), [say(each) for each in cell.doubts]
