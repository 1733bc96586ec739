"""轮次设置: a new round on one form; the present one's name, rule and deadline; closing, reopening, deleting it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, TypedDict, TypeVar

import streamlit as st

from core.model.panel_events import RoundKind, RoundSetting, SelfShown, SheetKind, Shown
from core.model.scorecard import FINEST, Scheme
from core.scoring import plain as plain_points
from core.scoring.consensus import Rule
from core.scoring.round_settings import full_marks_beside
from core.service.scoring import opening, rounds, setting_up
from core.service.scoring.rounds import RoundView
from core.service.scoring.setting_up import RoundStart
from core.text.numbers import points
from pages.scoring.meeting import ask
from pages.shared import chips, choices, fields, state, tables
from pages.shared.choices import apart
from pages.shared.errors import refusal_box
from pages.shared.reads import read_own
from pages.shared.session import actor, context, key_of, project
from pages.shared.words import plain, say, t

MOST_OFFERED = 10
"""Most persons that a round can ask for on an item, on this form."""
MANY_ROWS = 8
"""Rows of a table that stand in the form at their full height; more are scrolled."""


T = TypeVar("T")
Keys = Callable[[str], str]
"""(a field's name) -> its key in this form."""


class _Setting(TypedDict):
    """What is set of a round, new or there."""

    name: str
    kind: RoundKind
    rule: Rule
    deadline: date | None
    least_scorers: int
    shown: Shown
    self_shown: SelfShown


def show(view: RoundView) -> None:
    """What the chief sets: of this round, and a new one."""
    with st.expander(t("轮次设置"), key=key_of("set_up", view.id)):
        parts = {"this": t("本轮设置"), "new": t("新建轮次")}
        if choices.segments(t("设置"), parts, key_of("set_up_part", view.id)) == "new":
            new_round()
        elif view.locked is not None:
            st.caption(plain(t("本轮已锁定，设置不能再改。")))
        else:
            _present(view)


def first() -> None:
    """The form that gives a project its first scorecard."""
    heading = plain(t("还没有评分表：选指标体系，建评分表"))
    st.markdown(f"## {heading}")
    with st.container(border=True, key="first_round"):
        new_round()


def new_round() -> None:
    """The form that opens a round, as the last one was."""
    start = read_own(setting_up.start, project())
    if not start.schemes:
        st.info(plain(t("还没有指标体系。请先在“数据导入”导入指标体系，或导入一张评分表。")))
        return
    if start.like is not None:
        st.caption(plain(t("已按上一轮“{round}”填好，可以修改。", round=say(start.like))))
    key = _keys("open", start.id)
    _first(key, start.name, start.kind, None)
    _schemes(key, start)
    _step(_chosen(key, start))
    _rules(key, start.rule, start.least_scorers, start.shown, start.self_shown)
    _people(key, read_own(setting_up.experts, project()), start.experts)
    _beside(start, _chosen(key, start))
    # A second click of the same form finds its button gone: its key is that of the round that it opens.
    st.button(t("开始这一轮"), key=key("go"), type="primary", on_click=_open, args=(start,))


def _keys(form: str, *of: str) -> Keys:
    return lambda name: key_of(f"{form}_{name}", *of)


# Each field's beginning is given as its default: what is put into the session instead reaches the browser with one run
# only, and the field stays empty where the next run is faster.
def _choose(label: str, options: Sequence[T], begins: T, key: str, show: Callable[[T], str], **more: Any) -> T:
    chosen = st.selectbox(label, options, options.index(begins), format_func=apart(options, show), key=key, **more)
    return begins if chosen is None else chosen


def _first(key: Keys, name: str, kind: RoundKind, deadline: date | None) -> None:
    with st.container(horizontal=True):
        st.text_input(t("名称"), name, key=key("name"), max_chars=setting_up.MOST_NAME)
        _choose(t("类别"), list(RoundKind), kind, key("kind"), lambda each: say(rounds.KIND_WORDS[each]))
        day = "" if deadline is None else deadline.isoformat()
        st.text_input(t("截止日期（可不填）"), day, key=key("deadline"), max_chars=10, placeholder=fields.A_DAY)


def _rules(key: Keys, rule: Rule, least: int, shown: Shown, self_shown: SelfShown) -> None:
    with st.container(horizontal=True):
        _choose(t("汇总规则"), list(Rule), rule, key("rule"), lambda each: say(rounds.RULE_WORDS[each]))
        when = t("评价人何时可看他人得分")
        _choose(when, list(Shown), shown, key("shown"), lambda each: say(rounds.SHOWN_WORDS[each]))
        beside = t("自评得分何时列在自己得分旁")
        words = rounds.SELF_SHOWN_WORDS
        _choose(beside, list(SelfShown), self_shown, key("self_shown"), lambda each: say(words[each]))
        _choose(t("每项至少几人评"), sorted({*range(1, MOST_OFFERED + 1), least}), least, key("least"), str)


def _versions(start: RoundStart, scheme: str) -> tuple[dict[int, Scheme], int]:
    """Versions of a scheme, and the one that the form begins with: the last round's, else the newest."""
    found = {each.version: each for each in start.schemes if each.id == scheme}
    last = start.scheme
    return found, last.version if last is not None and last.id == scheme else max(found)


def _schemes(key: Keys, start: RoundStart) -> None:
    names = {each.id: each.name for each in start.schemes}
    with st.container(horizontal=True):
        first = start.scheme or start.schemes[0]
        name = _choose(t("指标体系"), list(names), first.id, key("scheme"), lambda each: say(names[each]))
        versions, begins = _versions(start, name)
        _choose(t("版本"), sorted(versions), begins, f"{key('version')}/{name}", lambda each: f"v{each}", width=120)
        grades = {each.id: each for each in start.grade_schemes}
        _choose(t("等级方案"), list(grades), start.grades, key("grades"), lambda each: say(grades[each].name))
    chips.lead("pages/scoring/schemes.py", t("查看或修改指标体系"))


def _chosen(key: Keys, start: RoundStart) -> Scheme:
    """The scheme in its version, as the fields say now."""
    name = st.session_state[key("scheme")]
    versions, begins = _versions(start, name)
    return versions[st.session_state.get(f"{key('version')}/{name}", begins)]


def _step(scheme: Scheme) -> None:
    """The step in which points are given; nothing where two decimals may be."""
    if scheme.step != FINEST:
        st.caption(plain(t("按{step}分一档打分。", step=plain_points(scheme.step))))


def _people(key: Keys, here: Mapping[str, str], chosen: Sequence[str]) -> None:
    if not here:
        st.caption(plain(t("评价人打开本页后，点“开始我的评分表”加入。")))
        return
    st.pills(
        t("评价人（点选；每人一张空白评分表）"),
        list(here),
        default=list(chosen),
        selection_mode="multi",
        format_func=apart(here, here.__getitem__),
        key=key("experts"),
    )


def _beside(start: RoundStart, chosen: Scheme) -> None:
    """The full marks of the last round's scheme beside those of its newest version, or of the one that is chosen."""
    last = start.scheme
    if last is None or chosen.id != last.id:
        return
    newest = max((each for each in start.schemes if each.id == last.id), key=lambda each: each.version)
    other = newest if chosen == last else chosen
    if other.version == last.version:
        return
    old, new = f"v{last.version}", f"v{other.version}"
    st.markdown(plain(t("上一轮用{old}，另有{new}，满分对照如下；用哪一版，在“版本”中选。", old=old, new=new)))
    rows = [(row.code, say(row.name), points(row.before), points(row.after)) for row in full_marks_beside(last, other)]
    if not rows:
        st.caption(plain(t("各项满分没有变化。")))
        return
    count = t("合计（全部{count}项）", count=len(other.indicators))
    rows.append(("", count, points(last.full_marks), points(other.full_marks)))
    with st.container(height=320 if len(rows) > MANY_ROWS else "content", border=False):
        tables.rows([t("编号"), t("指标"), t("{version}满分", version=old), t("{version}满分", version=new)], rows)


def _typed(key: Keys) -> _Setting:
    given = st.session_state
    return {
        "name": given[key("name")],
        "kind": given[key("kind")],
        "rule": given[key("rule")],
        "deadline": fields.day_of(key("deadline")),
        "least_scorers": given[key("least")],
        "shown": given[key("shown")],
        "self_shown": given[key("self_shown")],
    }


def _open(start: RoundStart) -> None:
    """Open it once: another tab that had the same form gets what the first one opened, and is told so."""
    key = _keys("open", start.id)
    with refusal_box():
        typed, scheme = _typed(key), _chosen(key, start)
        made = opening.open_round(
            context(),
            project(),
            **typed,
            form=f"{project()}/{start.id}",
            scheme=(scheme.id, scheme.version),
            grades=st.session_state[key("grades")],
            experts=st.session_state.get(key("experts"), ()),
        )
        if (made.actor, made.name, made.kind, made.rule) != (
            actor().id, typed["name"].strip(), typed["kind"], typed["rule"],
        ):  # fmt: skip
            st.info(plain(t("{who}已先开始了“{round}”，没有再开一轮。", who=made.actor_name, round=made.name)))
        state.put("round", made.round)


def _present(view: RoundView) -> None:
    """The fields of the round that is looked at: begun anew with each change of it, whoever makes it."""
    now = view.round
    key = _keys("set", view.id, str(now.revision))
    sheet = view.sheets[0].sheet
    scheme, grades = sheet.scheme, sheet.grade_scheme
    st.caption(
        plain(
            t(
                "指标体系：{scheme} v{version}；等级方案：{grades}。要换，请新建一轮。",
                scheme=say(scheme.name), version=scheme.version, grades=say(grades.name),
            )
        )
    )  # fmt: skip
    _step(scheme)
    _first(key, now.name, now.kind, now.deadline)
    _rules(key, Rule(now.rule), now.least_scorers, now.shown, now.self_shown)
    there = {each.sheet.id for each in view.sheets}
    here = read_own(setting_up.experts, project())
    more = {each: name for each, name in here.items() if rounds.own_id(view.id, each) not in there}
    if more and view.closed is None:
        _people(key, more, ())
    if view.closed is None:
        _taking_off(view)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(t("保存设置"), key=key("go"), type="primary", on_click=_save, args=(view.id, now))
        if view.closed is None:
            ask.reason(
                t("关闭本轮"),
                key_of("close", view.id),
                lambda why: setting_up.close_round(context(), project(), view.id, why),
            )
        else:
            ask.reason(
                t("重新打开"),
                key_of("reopen", view.id),
                lambda why: setting_up.reopen_round(context(), project(), view.id, why),
            )
        if not any(each.scored for each in view.sheets):
            st.button(t("删除本轮（空的）"), key=key("delete"), on_click=_delete, args=(view.id,))


def _taking_off(view: RoundView) -> None:
    """An evaluator off the round, with a reason; nothing where nobody has a sheet of their own."""
    kinds = (SheetKind.EVALUATOR, SheetKind.UNIT)
    people = {each.owner: each.owner_name for each in view.sheets if each.kind in kinds}
    if not people:
        return
    with st.popover(t("移出评价人"), width="content"):
        show_name = apart(people, people.__getitem__)
        chosen = key_of("take_off", view.id)
        st.selectbox(t("评价人"), list(people), format_func=show_name, key=chosen)
        st.caption(plain(t("移出后，其评分表不计入结果，内容留在记录里；可在上面重新加入。已提交的须先退回。")))
        ask.text(
            t("理由"),
            key_of("take_off_reason", view.id),
            t("移出"),
            # Who is chosen now: a reason may be sent before the page has been made again with it.
            lambda why: opening.take_off(context(), project(), view.id, st.session_state[chosen], why),
        )


def _save(round_id: str, now: RoundSetting) -> None:
    key = _keys("set", round_id, str(now.revision))
    with refusal_box():
        setting_up.change_round(context(), project(), round_id, **_typed(key))
        opening.add_experts(context(), project(), round_id, st.session_state.get(key("experts"), ()))


def _delete(round_id: str) -> None:
    with refusal_box():
        setting_up.delete_round(context(), project(), round_id)
        state.put("round", None)
