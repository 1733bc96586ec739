"""Choosing a round, and a sheet among those that the one who asks may see."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import AbstractContextManager
from typing import Literal

import streamlit as st

from core.errors import Message
from core.model.rights import Deed
from core.model.scorecard import Scheme
from core.scoring.leading_sheet import reviewed
from core.scoring.round_state import round_of
from core.service.base import project as project_service
from core.service.base.reviewed import Reviewed, by_lock
from core.service.scoring import rounds as rounds_service
from core.service.scoring.rounds import RoundView
from pages.shared import chips, filters, state, unknown_address
from pages.shared.choices import apart
from pages.shared.empty import empty
from pages.shared.errors import error_box
from pages.shared.reads import read, read_own
from pages.shared.session import may, project
from pages.shared.words import plain, say, t

_REFUSED = "sheet_refused"
"""The sheet that was asked for in vain: kept in the session, so that its sentence outlives the runs that follow at
once, until a sheet is chosen. One that may be seen after all (its person has said who they are) is opened."""
_OFFERED = "sheet_offered"
"""The sheet that was opened because none was named, or none that may be seen: nobody has asked for it."""


def settled(sheets: Collection[str]) -> str:
    """The id of the sheet that the view is of: the one named, else that of `rounds.first_sheet`."""
    titles = read_own(rounds_service.sheet_titles, project())
    unknown_address.ask("sheet", t("请选择评分表："), {key: say(titles[key]) for key in sheets})
    kept, asked = st.session_state, state.get("sheet")
    if asked is not None and asked != kept.get(_OFFERED):
        kept[_OFFERED], kept[_REFUSED] = None, None if asked in sheets else asked
    refused = kept.get(_REFUSED)
    if refused in sheets:
        kept[_REFUSED] = None
        state.put("sheet", refused)
    elif asked not in sheets:
        first = rounds_service.first_sheet(read_own(rounds_service.rounds, project()), state.get("round"), sheets)
        kept[_OFFERED] = first or next(iter(sheets))
        state.put("sheet", kept[_OFFERED])
    return str(state.get("sheet"))


def sheet(sheets: Collection[str]) -> str:
    """A select box of sheets; the id of the one that holds. One that the address names in vain says why."""
    first = settled(sheets)
    refused = st.session_state.get(_REFUSED)
    if refused is not None:
        with error_box():
            read_own(rounds_service.sheet_title, project(), refused)
    titles = read_own(rounds_service.sheet_titles, project())
    return state.chooser(t("评分表"), "sheet", list(sheets), lambda key: say(titles[key]), default=first, width=300)


def round_view() -> RoundView | None:
    """The round that the view is of, the newest reviewed one where none is named; None: the project has none."""
    rounds = read_own(rounds_service.rounds, project())
    if not rounds:
        return None
    unknown_address.ask_round(project())
    if state.get("round") is None:
        state.put("round", reviewed(rounds)[-1].id)
    return next(view for view in rounds if view.id == state.get("round"))


def round_box(chosen: RoundView) -> None:
    """A select box of rounds, where there are several."""
    titles = {view.id: view.title for view in read_own(rounds_service.rounds, project())}
    if len(titles) > 1:
        state.chooser(t("轮次"), "round", list(titles), lambda key: say(titles[key]), default=chosen.id, width=260)


def lock_of(sheet: str) -> Reviewed | None:
    """Who locked the round of a sheet; None: it is open."""
    found = next((each for each in read_own(rounds_service.rounds, project()) if each.id == round_of(sheet)), None)
    return None if found is None else by_lock(found.locked)


def head(title: str, shown: Message | None) -> None:
    """The head of a page: under its title the project, and the round or sheet that it shows, if any."""
    name = read(project_service.facts, project()).project.name
    filters.head(title, say(name) if shown is None else t("{project} · {title}", project=name, title=shown))


def sheet_head(title: str, shown: Message) -> AbstractContextManager[object]:
    """The head of a sheet's page, where its box says which sheet it is; returns the row for that box.

    Where no box is, on paper and on a wall, the sheet is named in a line.
    """
    row = filters.head(title)
    with st.container(key="sheet_named"):
        st.caption(plain(say(shown)))
    return row


def item_names(scheme: Scheme) -> dict[str, str]:
    """A scheme's items by their codes, each with its code and its name."""
    return {item.code: f"{item.code} {say(item.l3)}" for item in scheme.indicators}


def item(scheme: Scheme, key: str, width: int | Literal["stretch"] = "stretch") -> str:
    """A select box of a scheme's items; the code of the one that is chosen."""
    names = item_names(scheme)
    show = apart(names, names.__getitem__)
    return st.selectbox(t("指标"), list(names), format_func=show, key=key, width=width)


def no_sheet(*, leads: bool = True) -> None:
    """There is no sheet in the whole project; `leads` to the page that one is imported on."""
    if not leads:
        empty(t("还没有评分表。请按指标体系新建，或导入一张（得分可以留空）。"))
    else:
        empty(t("还没有评分表。请在“绩效评分”页导入一张（得分可以留空）。"))
        chips.lead("pages/scoring/scorecard.py", t("绩效评分"))


def nothing(here: str, *, leads: bool = True) -> None:
    """Why there is no sheet to choose: there is none, or none that the one who asks may see before they have scored."""
    if not read(project_service.sheet_ids, here):
        no_sheet(leads=leads)
        if may(Deed.CHAIR):
            chips.lead("pages/scoring/panel.py", t("选指标体系，建评分表"))
        return
    empty(t("您是本轮的评价人：请先到“专家评议”开始您的评分表；提交后才能看到其他评分表。"))
    chips.lead("pages/scoring/panel.py", t("专家评议"))
