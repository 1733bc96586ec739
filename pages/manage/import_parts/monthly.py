"""A file that may be a monthly series: whether it is, which snapshots it then makes, and taking them over together."""

from __future__ import annotations

import streamlit as st

from core.model.particulars import UNSAID, Particulars
from core.service.manage import monthly
from core.service.manage.importing import FactsReading
from core.service.manage.monthly import Months, MonthSeen
from core.text.numbers import by_unit
from pages.manage.import_parts import headings, holding, look, new_project, reading
from pages.manage.import_parts.chosen import Chosen, came_in
from pages.shared import tables
from pages.shared.choices import apart
from pages.shared.doubts import confirmed, doubts
from pages.shared.errors import refusal_box
from pages.shared.reads import looked_at
from pages.shared.session import context
from pages.shared.who import named
from pages.shared.words import plain, say, t


def wanted(found: FactsReading, file_id: str) -> bool:
    """Ask whether each month is a snapshot, where the file may be read so; nobody has answered: it is not."""
    if found.series is None:
        return False
    st.markdown(plain(say(found.series.question.message)))
    answers = {False: t("否，只导入一期"), True: t("是，按月各存一期")}
    chosen = st.radio(
        t("是否按月各存一期数据"),
        list(answers),
        format_func=apart(list(answers), answers.__getitem__),
        key=f"import_monthly_{file_id}",
        horizontal=True,
        label_visibility="collapsed",
    )
    return bool(chosen)


def show(chosen: Chosen, one: FactsReading, file_id: str, *, new: bool) -> None:
    """Problems first, then the headings, the snapshots by day, and the button. `one`: the file as one snapshot."""

    def find() -> Months:
        with st.spinner(t("正在读取文件…")), reading.watched(file_id) as progress:
            return monthly.preview(context(), *chosen.arguments, hidden=chosen.hidden, progress=progress)

    found = looked_at("import_months", chosen, find)
    # The first of what is asked has just been answered.
    asked = found.questions[1:]
    doubts(found.problems, asked)
    # Of the columns by month the file as one snapshot reads one: the others are no less understood.
    read = found.cells_read
    headings.show(file_id, [each for each in one.columns if each.field or each.cell not in read])
    for month in found.months[:1]:  # the others go on from this one
        look.kept(month.preview.reading)
    for month in found.months[-1:]:
        look.unread(month.preview.reading)
    if found.problems or not found.months:
        return
    said = UNSAID
    if new:
        entered = new_project.ask(found.months[-1].preview, file_id)
        if entered is None:
            return
        chosen, said = chosen._replace(project=entered.project), entered.said
    if all(each.same for each in found.months):
        st.info(t("各期都已有相同的数据，不需要导入。"))
    else:
        _confirm(chosen, found, said, new=new)
    st.header(t("按月各存一期"), anchor=False)
    _snapshots(found)
    for month in found.months:
        if not month.same:
            with st.expander(t("{day}与上一期相比", day=month.day), key=f"import_month_{month.day}"):
                look.changes(month.preview.changes)


def _snapshots(found: Months) -> None:
    """The snapshots by day, with the sums of the whole project."""
    names = list(dict.fromkeys(total.name for month in found.months for total in month.sums))
    units = {total.name: total.unit for month in found.months for total in month.sums}

    def row(month: MonthSeen) -> tuple[str, ...]:
        sums = {total.name: by_unit(total.number, total.unit) for total in month.sums}
        taken = t("已有相同数据，不导入") if month.same else t("导入")
        return (say(month.day), *(sums.get(name, "—") for name in names), taken)

    heads = (f"{say(name)}（{say(units[name])}）" for name in names)
    tables.rows((t("截止日"), *heads, t("处理")), [row(month) for month in found.months])


def _confirm(chosen: Chosen, found: Months, said: Particulars, *, new: bool) -> None:
    """The button; what is asked about the file is confirmed first."""
    label = t("确认导入")
    if not named(label, "import_commit", "primary"):
        return

    def done() -> None:
        with refusal_box():
            hold = bool(st.session_state.get("import_hold"))
            taken = monthly.take_over(context(), *chosen.arguments, hold=hold, hidden=chosen.hidden, said=said)
            if taken.batches:
                came_in(chosen.project, taken.batches[max(taken.batches)], len(taken.batches) - 1)

    with st.container(horizontal=True, vertical_alignment="center", key="import_confirm"):
        seen = confirmed(chosen, found.questions[1:], "import_months_seen")
        st.button(label, key="import_commit", type="primary", on_click=done, disabled=not seen)
        if not new:  # nobody could find a project of which nothing counts yet
            holding.offer(chosen.project, "import_hold")
