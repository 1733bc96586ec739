"""The alarms as a list, and one of them: its figures, how they come about, and the page that they stand on."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from core.service.evidence.alarms import GROUNDS, STATE_WORDS, AlarmLine, AlarmsView, State
from core.text import how_computed
from core.text.clause import first_clause
from core.text.file_text import file_stem
from pages.shared import chips, state, tables
from pages.shared.listing import Listed, Row
from pages.shared.rows import Line, Tone
from pages.shared.words import plain, say, t

TONES: Mapping[State, Tone] = {"new": "doubt", "first": "doubt", "standing": "doubt", "round": "ask", "ended": "good"}


def listed(view: AlarmsView) -> Listed:
    """The list."""
    return Listed(
        name="alarms",
        label=t("预警"),
        rows=[_row(line) for line in view.lines],
        headings=(t("状态"), t("预警"), "", t("依据")),
        show={key: say(word) for key, word in STATE_WORDS.items()},
        only={key: say(word) for key, word in GROUNDS.items()},
        file=(t("下载清单"), view.table.headings, file_stem(view.title, t("预警"))),
        wide=True,
    )


def _row(line: AlarmLine) -> Row:
    name, whole, rests_on = say(STATE_WORDS[line.state]), say(line.message), say(line.rests_on)
    return Row(
        Line(line.id, TONES[line.state], name, first_clause(whole), "", rests_on, whole),
        frozenset((line.state, line.ground)),
        (name, whole, rests_on),
    )


def show(line: AlarmLine) -> None:
    """What is known of the alarm."""
    st.caption(plain(say(line.rests_on)))
    how = how_computed.rows(dict.fromkeys(line.measures), state.language(), state.unit())
    if line.measures:
        headings, *cells = ((name, basis, value) for name, value, _, basis, *_ in how)
        tables.rows(headings, cells, border="horizontal")
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        _lead(line)
        if line.measures:
            tables.how_button(f"how_alarm_{line.id}", tables.how, how)


def _lead(line: AlarmLine) -> None:
    place = {} if line.place is None else {"place": line.place}
    if line.rule == "evaluator":
        chips.lead("pages/scoring/panel.py", t("到“专家评议”页看"))
    elif line.rule == "physical":
        chips.lead("pages/progress/beneficiaries.py", t("到“受益情况”页看"), **place)
    else:
        chips.lead("pages/progress/budget.py", t("到“资金使用”页看"), **place)
