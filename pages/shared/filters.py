"""The head of a page: its title, and on the right what the view can be narrowed by."""

from __future__ import annotations

import re

import streamlit as st

from core.model.project import Facts
from core.service import communities, panel
from core.service import project as service
from core.service.frames import IDS as FRAMES
from pages.shared import gate, state
from pages.shared.reads import read, read_own
from pages.shared.session import project
from pages.shared.state import Options
from pages.shared.words import plain, say, t

ALL = "all"
"""No single place: in the URL the default, which is left out."""
_DETAIL = "communities"
"""The address of 小区明细."""
_TEXT = re.compile(r"(?!\s).{1,100}(?<!\s)", re.DOTALL)
_OF_COMMUNITIES = {
    "community": Options((), None, _TEXT, _DETAIL),
    "find": Options((), None, _TEXT, _DETAIL),
    "sort": Options(tuple(communities.SORTS), "file", None, _DETAIL),
    "order": Options(("up", "down"), "up", None, _DETAIL),
    "page": Options((), "1", re.compile("[1-9][0-9]{0,5}"), _DETAIL),
}
MOST_LISTED = 200
"""Projects that a list to choose from still shows; more are found on 项目群."""


def allowed() -> dict[str, Options]:
    """What the URL may say, given the projects that there are."""
    projects = read(service.names)
    first = next(iter(projects), None)
    asked = st.query_params.get("project") or state.get("project") or first
    here = asked if asked in projects else first
    facts = read(service.facts, here) if here else None
    choices = {"lang": Options(("zh", "en"), "zh"), "project": Options(projects, first)}
    code = state.get("code")
    if code is not None:
        choices["code"] = Options((code,))
    if facts is not None:
        choices |= {
            "place": Options(facts.places),
            "baseline": Options(
                tuple(b.id for b in facts.baselines), facts.default_baseline.id if facts.baselines else None
            ),
            "basis": Options(("all", "household", "m2", "building", "community"), "all"),
            "round": rounds(here),
            "sheet": Options(read(service.sheet_ids, here)),
            "frame": Options(FRAMES),
            **_OF_COMMUNITIES,
        }
    return choices


OF_NO_PROJECT = ("portfolio", "verify")
"""Pages that are not about the project of the view."""


def subject(page: str) -> str:
    """What a sheet of paper with this page says at its foot: the project and the day of its figures."""
    chosen = state.get("project")
    if page in OF_NO_PROJECT or not (chosen or read(service.projects)):
        return ""
    facts: Facts = read(service.facts, project())
    return t("{project} · 数据截至{day}", project=say(facts.project.name), day=facts.as_of)


def rounds(project_id: str | None) -> Options:
    """The rounds that there are; the newest one is meant when none is named."""
    found = tuple(view.id for view in read_own(panel.rounds, project_id))
    return Options(found, found[-1] if found else None)


def has_projects(at_least: int = 1) -> bool:
    """Whether there are that many projects."""
    return len(read(service.names)) >= at_least


def always() -> bool:
    """Of a page that always has something to say."""
    return True


def has_several() -> bool:
    """Whether there is anything to set side by side."""
    return has_projects(2)


def has_detail() -> bool:
    """Whether the project reports its communities one by one."""
    return has_projects() and bool(read(communities.has_detail, project()))


def has_sheets() -> bool:
    """Whether there is anything that a panel could score on."""
    return has_projects() and any(view.sheets for view in read_own(panel.rounds, project()))


def has_record() -> bool:
    """Whether anything has happened on a sheet."""
    return has_projects() and any(sheet.scored for view in read_own(panel.rounds, project()) for sheet in view.sheets)


def head(title: str, subtitle: str, *, baseline: bool = False, place: bool = False) -> None:
    """Title on the left; planned time, place, project (when there are several) and language on the right."""
    facts: Facts = read(service.facts, project())
    with st.container(horizontal=True, vertical_alignment="center", key="head"):
        with st.container(gap=None):
            st.markdown(f"## {plain(title)}")
            st.caption(plain(subtitle))
        with st.container(horizontal=True, horizontal_alignment="right", width="content", key="filters"):
            _projects()
            if baseline and facts.baselines:
                spans = {b.id: b for b in facts.baselines}
                state.chooser(
                    t("计划工期"),
                    "baseline",
                    list(spans),
                    lambda key: t(
                        "工期{start}—{end}", start=f"{spans[key].start:%Y.%m}", end=f"{spans[key].end:%Y.%m}"
                    ),
                    default=facts.default_baseline.id,
                    width=210,
                )
            if place:
                state.chooser(
                    t("街镇"),
                    "place",
                    [ALL, *facts.places],
                    lambda key: t("全部街镇") if key == ALL else say(key),
                    default=ALL,
                    width=150,
                )
            gate.person()
            _language()


def _projects() -> None:
    names = read(service.names)
    if len(names) > MOST_LISTED:
        # Each name would go to the browser at every turn.
        st.page_link("pages/manage/portfolio.py", label=t("切换项目"))
    elif len(names) > 1:
        state.chooser(
            t("项目"), "project", list(names), lambda key: say(names[key]), default=next(iter(names)), width=300
        )


def _language() -> None:
    st.session_state["choose_lang"] = state.get("lang") or "zh"

    def changed() -> None:
        chosen = st.session_state["choose_lang"]
        state.put("lang", "en" if chosen == "en" else None)

    st.segmented_control(
        t("语言"),
        ["zh", "en"],
        key="choose_lang",
        required=True,
        format_func={"zh": "中文", "en": "EN"}.__getitem__,
        on_change=changed,
        label_visibility="collapsed",
        width="content",
    )
