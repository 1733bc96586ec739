"""Review of a reporting period: how far each place is, what was changed with the doubts first; 退回、复核、生效。"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from core.errors import Message
from core.model.fields import FIELDS
from core.model.reporting import STATES, Report
from core.service.base.moments import day_and_time
from core.service.manage.reporting import foreseen, periods, review
from core.service.manage.reporting.periods import PlaceProgress
from core.service.manage.reporting.review import ReportedChange
from pages.manage.reporting_parts import photos
from pages.shared import tables
from pages.shared.errors import error_box, refusal_box
from pages.shared.fields import text_form
from pages.shared.questions import take
from pages.shared.reads import read, read_own
from pages.shared.session import context, key_of
from pages.shared.who import named
from pages.shared.words import bullets, plain, say, t


def show(here: str, report: Report) -> None:
    """How far everybody is; then each place that waits for a review, with what it has changed."""
    period = report.period.id
    stand = read(periods.progress, here, period)
    changes = read(review.compared, here, period)
    with st.container(border=True, key="report_progress", gap="small"):
        _progress(stand, changes)
        coming = _coming(here, period)
        alarms(coming.get("", ()))
        _release(here, period, stand)
    for number, each in enumerate(stand):
        if each.state in ("submitted", "reviewed"):
            of_place = [change for change in changes if change.place == each.place]
            _place(here, period, number, each, of_place, coming.get(each.place, ()))


def _coming(here: str, period: str) -> Mapping[str, Sequence[Message]]:
    """The alarms that a release would raise; where what was typed cannot count, that is said, and the page goes on."""
    found: dict[str, Sequence[Message]] = {}
    with error_box():
        found |= read_own(foreseen.alarms, here, period)
    return found


def alarms_of_own(here: str, period: str) -> None:
    """What a reporter reads of them, all their places together."""
    alarms([each for of_place in _coming(here, period).values() for each in of_place])


def alarms(coming: Sequence[Message]) -> None:
    """The limits that are crossed once what was submitted counts."""
    if coming:
        st.markdown(plain(t("生效后会有这些预警：")) + "\n\n" + bullets(coming))


def _progress(stand: Sequence[PlaceProgress], changes: Sequence[ReportedChange]) -> None:
    headings = [t("街镇"), t("填报人"), t("状态"), t("提交人和时间"), t("未填"), t("疑问")]
    doubted = {each.place: 0 for each in stand}
    for change in changes:
        doubted[change.place] += bool(change.doubts)
    rows = [
        (
            plain(say(each.place)),
            (_names(each), _state(each), _sent(each), str(each.missing), str(doubted[each.place])),
        )
        for each in stand
    ]
    tables.linked("report_stand", headings, rows)


def _names(each: PlaceProgress) -> str:
    return t("{names}", names=each.reporters) if each.reporters else "—"


def _state(each: PlaceProgress) -> str:
    state = say(STATES[each.state])
    if each.returned:
        return t("{state}：{reason}", state=state, reason=each.returned)
    if each.late:
        return t("{state}（迟报）", state=state) if each.submitted_by else t("{state}（已过期限）", state=state)
    return state


def _sent(each: PlaceProgress) -> str:
    return f"{each.submitted_by} {day_and_time(each.submitted_at)}" if each.submitted_at is not None else "—"


def _seen(stand: Sequence[PlaceProgress]) -> dict[str, int]:
    """What of these places is on the screen: what is submitted anew meanwhile is not reviewed by a click here."""
    return {each.place: each.revision for each in stand}


def _release(here: str, period: str, stand: Sequence[PlaceProgress]) -> None:
    """The button that makes what was reviewed count, and the one that reviews all that waits."""
    waiting, ready = ([each for each in stand if each.state == state] for state in ("submitted", "reviewed"))
    with st.container(horizontal=True, key="report_steps"):
        label = t("复核通过全部已提交的{count}个街镇", count=len(waiting))
        if waiting and named(label, "approve_all"):
            st.button(label, key="approve_all", on_click=take, args=(review.approve, here, period, _seen(waiting)))
        label = t("让已复核的{count}个街镇生效", count=len(ready))
        if ready and named(label, "release_period", "primary"):
            st.button(label, key="release_period", type="primary", on_click=take, args=(review.release, here, period))
        if not waiting and not ready:
            st.caption(t("现在没有等待复核的街镇。"))


def _place(
    here: str,
    period: str,
    number: int,
    stand: PlaceProgress,
    changes: Sequence[ReportedChange],
    coming: Sequence[Message],
) -> None:
    place = stand.place
    with st.container(border=True, key=f"report_place_{number}", gap="xsmall"):
        with st.container(horizontal=True, vertical_alignment="center", key=f"report_head_{number}"):
            st.markdown(f"**{plain(say(place))}**", width="content")
            st.badge(say(STATES[stand.state]), color="gray")
            st.caption(plain(_sent(stand)), width="stretch")
            label = t("退回")
            if named(label, f"return_{place}"):
                _return(here, period, place, label)
            label = t("复核通过")
            if stand.state == "submitted" and named(label, f"approve_{place}"):
                seen = _seen([stand])
                st.button(label, key=f"approve_{place}", on_click=take, args=(review.approve, here, period, seen))
        photos.shown(here, period, place)
        alarms(coming)
        if not changes:
            st.caption(t("与上期相同。"))
            return
        headings = (t("数据项"), t("上一期"), t("本期"), t("疑问和原因"))
        rows = [(plain(_item(each)), (each.before, each.after, _doubt(each))) for each in changes]
        tables.linked(f"report_changes_{number}", headings, rows)


def _item(change: ReportedChange) -> str:
    field = FIELDS[change.field]
    unit = say(field.unit) if field.unit else ""
    name = t("{field}（{unit}）", field=say(field.name), unit=unit) if unit else say(field.name)
    return t("{community}{field}", community=say(change.community), field=name) if change.community else name


def _return(here: str, period: str, place: str, label: str) -> None:
    def done(why: str) -> None:
        review.give_back(context(), here, period, place, why)

    key = key_of("return_report", period, place)
    with st.popover(label, width="content"):
        text_form(key, f"{key}_reason", t("原因"), label, done, enter=False, box=refusal_box)


def _doubt(change: ReportedChange) -> str:
    said = " ".join(map(say, change.doubts))
    return t("{doubt}填报人说明：{reason}", doubt=said, reason=change.reason) if change.reason else said
