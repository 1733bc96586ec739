"""The head of a page: its title, and on the right what the view can be narrowed by."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from typing import cast

import streamlit as st

from core.checks import STATUS_NAMES
from core.errors import Message
from core.model.context import AMOUNT_UNITS, AmountUnit
from core.model.project import Facts
from core.model.rectification import KINDS
from core.scoring.round_state import round_of
from core.service.base import identity
from core.service.base import project as service
from core.service.briefing.frames import IDS as FRAMES
from core.service.evidence import alarms, data_checks, findings, payments
from core.service.evidence.findings import STATE_WORDS
from core.service.manage import portfolio
from core.service.manage.reporting import record
from core.service.progress import communities
from core.service.scoring import rounds
from core.text import word
from core.text.amounts import STORED, offered, unit_name, usual
from pages.shared import choices, gate, script_run, state
from pages.shared.reads import read, read_own
from pages.shared.session import project
from pages.shared.state import Options
from pages.shared.who import who
from pages.shared.words import plain, say, t

ALL = "all"
"""No single place: in the URL the default, which is left out."""
_DETAIL = "communities"
"""The address of 小区明细."""
_TEXT = re.compile(r"(?!\s).{1,100}(?<!\s)", re.DOTALL)
_ALL = "portfolio"
"""The address of 项目群."""
_LISTS = ("checks", "alarms", "findings")
"""The addresses of the pages of list and detail."""
_TABLES = ("", "budget", "beneficiaries")
"""The addresses of the pages whose tables can be put in order."""
_OF_PAGES = {
    "community": Options((), None, _TEXT, (_DETAIL,)),
    "find": Options((), None, _TEXT, (_DETAIL, _ALL, *_LISTS)),
    "sort": Options((*communities.SORTS, *portfolio.SORTS), "file", None, (_DETAIL, _ALL)),
    "order": Options(("up", "down"), "up", None, (_DETAIL, _ALL)),
    "page": Options((), "1", re.compile("[1-9][0-9]{0,5}"), (_DETAIL, _ALL, *_LISTS)),
    "show": Options((*STATUS_NAMES, findings.LATE, *STATE_WORDS, *alarms.STATE_WORDS), None, None, _LISTS),
    "only": Options((*data_checks.ANSWERED, *KINDS, *alarms.GROUNDS, *portfolio.ONLY), None, None, (_ALL, *_LISTS)),
    "row": Options((), None, _TEXT, _LISTS),
    "standard": Options((), None, _TEXT, ("standards",)),
    "period": Options((), None, re.compile(r"[0-9-]{10,20}"), ("reporting",)),
    "street": Options((), None, _TEXT, ("standards",)),
    "inside": Options((), None, _TEXT, ("standards",)),
    "against": Options(("moments", "sheets"), "moments", None, ("history",)),
    "reason": Options(tuple(payments.REASONS), None, None, ("checks",)),
    "by": Options((), None, re.compile(r"[a-z_]{1,30}\.[0-9]{1,2}\.(up|down)"), _TABLES),
    "shown": Options(("amount", "share"), "amount", None, ("beneficiaries",)),
}
_OF_ANY_PROJECT = {
    "lang": Options(("zh", "en"), "zh"),
    "unit": Options(AMOUNT_UNITS, STORED),
    "account": Options((), None, _TEXT, ("accounts",)),
    "part": Options((), None, re.compile("[a-z_]{1,20}"), state.PARTS),
    "wall": Options((), None, re.compile(r"[a-z]{1,20}(\.[a-z]{1,20}){0,20}")),
    "seconds": Options((), state.WALL_SECONDS, re.compile("[1-9][0-9]{0,3}")),
}
BASES = {
    "all": word("各分摊口径的区间"),
    "household": word("按户数分摊"),
    "m2": word("按面积分摊"),
    "building": word("按栋数分摊"),
    "community": word("按小区数分摊"),
}
"""What undivided money may be divided by; the first is the default."""
MOST_LISTED = 200
"""Projects that a list to choose from still shows; more are found on 项目群."""


_UNKNOWN = "unknown_project"
"""Key of the session: the project that an address has named in vain, until another is chosen."""


def allowed() -> dict[str, Options]:
    """What the URL may say, given the projects that there are; the view has its project from here on."""
    projects = read(service.names)
    here = _settled(projects)
    facts = read(service.facts, here) if here else None
    options = {"project": Options(projects), **_OF_ANY_PROJECT}
    code = state.get("code")
    if code is not None:
        options["code"] = Options((code,))
    if projects and facts is None:
        options |= {key: Options((), None, _TEXT) for key in (*state.KEYS, *_OF_PAGES) if key not in options}
    if facts is not None:
        options |= {
            "place": Options(facts.places),
            "baseline": Options(
                tuple(b.id for b in facts.baselines), facts.default_baseline.id if facts.baselines else None
            ),
            "basis": Options(tuple(BASES), "all"),
            "round": Options(tuple(view.id for view in read_own(rounds.rounds, here))),
            "sheet": Options(read(service.sheet_ids, here)),
            "frame": Options(FRAMES),
            "compare": Options(facts.places, None, re.compile(r"\d{4}-\d{2}-\d{2}"), ("",)),
            **_OF_PAGES,
        }
    return options


def _settled(projects: Mapping[str, str]) -> str | None:
    """The project of the view: the one that is named or kept, else the one that an address without any means.

    None where that cannot be told: nobody is led to another project than they have asked for.
    """
    asked = st.query_params.get("project") or state.get("project")
    if asked is not None and asked not in projects:
        st.session_state[_UNKNOWN], asked = asked[: state.MOST_SHOWN], None
    elif asked is not None:
        st.session_state.pop(_UNKNOWN, None)
    elif _UNKNOWN not in st.session_state:
        asked = read(service.default_project)
    if asked is None or asked != state.get("project"):
        state.put("project", asked)
    return asked


def agreed() -> tuple[Message, ...]:
    """A sentence where the address names a sheet and another round than the sheet's; the sheet counts."""
    sheet, named = st.query_params.get("sheet"), st.query_params.get("round")
    here = state.get("project")
    if named is None or sheet is None or here is None or sheet not in read(service.sheet_ids, here):
        return ()
    if round_of(sheet) == named:
        return ()
    params = {"sheet": sheet, "round": round_of(sheet), "named": named[: state.MOST_SHOWN]}
    return (Message("网址中的评分表“{sheet}”属于轮次“{round}”，不属于网址中的轮次“{named}”；已按评分表打开。", params),)


def ask_project(page: str) -> None:
    """Where nobody can tell which project is meant: a list to choose from, in the place of the page."""
    projects = read(service.names)
    if state.get("project") is not None or not projects or page in OF_NO_PROJECT:
        return
    unknown = st.session_state.get(_UNKNOWN)
    if unknown is None:
        st.info(plain(t("网址没有写明项目，无法判断是哪一个。请选择项目：")))
    else:
        st.warning(plain(t("没有编号为“{project}”的项目，或您无权查看。请选择项目：", project=unknown)))
    if len(projects) > MOST_LISTED:
        st.page_link("pages/manage/portfolio.py", label=t("切换项目"))
        script_run.end()
    choices.ask({key: say(name) for key, name in projects.items()}, "project", state.put, "project")


OF_NO_PROJECT = ("portfolio", "verify", "accounts")
"""Pages that are not about the project of the view."""


def subject(page: str) -> str:
    """What a sheet of paper with this page says at its foot: the project and the day of its figures."""
    if page in OF_NO_PROJECT or state.get("project") is None:
        return ""
    facts: Facts = read(service.facts, project())
    return t("{project} · 数据截至{day}", project=say(facts.project.name), day=facts.as_of)


def here() -> bool:
    """Whether the view has its project."""
    return state.get("project") is not None


def has_projects(at_least: int = 1) -> bool:
    """Whether there are that many projects."""
    return len(read(service.names)) >= at_least


def always() -> bool:
    """Of a page that always has something to say."""
    return True


def has_accounts() -> bool:
    """Whether people log in here."""
    return identity.mode() == "accounts"


def has_several() -> bool:
    """Whether there is anything to set side by side."""
    return has_projects(2)


def has_detail() -> bool:
    """Whether the project reports its communities one by one."""
    return here() and bool(read(communities.has_detail, project()))


def has_sheets() -> bool:
    """Whether there is anything that a panel could score on."""
    return here() and any(view.sheets for view in read_own(rounds.rounds, project()))


def has_record() -> bool:
    """Whether anything has happened on a sheet, or a reporting period was opened."""
    if not here():
        return False
    scored = any(sheet.scored for view in read_own(rounds.rounds, project()) for sheet in view.sheets)
    return scored or bool(read(record.steps, project()))


def head(
    title: str,
    subtitle: str | None = None,
    *,
    baseline: bool = False,
    place: bool = False,
    amounts: bool = False,
    alone: bool = False,
) -> AbstractContextManager[object]:
    """Title on the left; planned time, place, unit of amounts and who is logged in on the right.

    Under the title stands `subtitle`, the project's name where there is none. `alone`: of a page that needs no project.
    Returns the row on the right, for what a page puts there of its own.
    """
    # Without any project each other page says that there is none yet.
    needed = not alone and (baseline or place or amounts or subtitle is None or not has_projects())
    facts: Facts | None = read(service.facts, project()) if needed else None
    if subtitle is None and facts is not None:
        subtitle = say(facts.project.name)
    with st.container(horizontal=True, vertical_alignment="center", key="head"):
        with st.container(gap=None):
            st.markdown(f"# {plain(title)}")
            st.caption(plain(subtitle or ""))
        row = st.container(
            horizontal=True, horizontal_alignment="right", vertical_alignment="center", width="content", key="filters"
        )
        with row:
            if baseline and facts is not None and facts.baselines:
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
            if place and facts is not None:
                state.chooser(
                    t("街镇"),
                    "place",
                    [ALL, *facts.places],
                    lambda key: t("全部街镇") if key == ALL else say(key),
                    default=ALL,
                    width=150,
                )
            if amounts and facts is not None:
                state.chooser(
                    t("金额单位"),
                    "unit",
                    offered(state.language(), state.unit()),
                    lambda key: unit_name(state.language(), cast(AmountUnit, key)),
                    default=usual(state.language()),
                    width=100 if state.language() == "zh_CN" else 130,
                )
            gate.person()
    return row


def part(page: str, parts: Mapping[str, str], beside: Callable[[], None] | None = None) -> str:
    """Which part of a page is shown, with who sits here beside it; the page ends where that is not known yet.

    `beside`: draws what stands between the two.
    """
    if (unheard := state.no_such_part(parts)) is not None:
        st.warning(plain(say(unheard)))
    with st.container(horizontal=True, vertical_alignment="center", key=f"{page}_bar"):
        chosen = state.choose_part(t("内容"), page, {key: say(name) for key, name in parts.items()})
        if beside is not None:
            beside()
        known = who()
    if not known:
        script_run.end()
    return chosen
