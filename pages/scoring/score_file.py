"""A filled score table on its way in: what is understood of it, which points count, and only then the import."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import streamlit as st

from core.service.base.file import File
from core.service.manage import scorecard_files
from core.service.manage.scheme_files import SchemePreview
from core.service.manage.scorecard_plan import SELF_ROUND
from pages.shared import carried_file, state
from pages.shared.choices import apart
from pages.shared.doubts import confirmed, doubts
from pages.shared.errors import error_box, refusal_box
from pages.shared.next_file import next_file, taken
from pages.shared.reads import looked_at
from pages.shared.session import context, project
from pages.shared.words import bullets, plain, say, t

_SEEN = "scorecard_seen"
"""Key of the tick that what is asked has been seen."""
_SCORECARD = "scorecard"
"""The kind of file."""


@dataclass(frozen=True)
class _Wish:
    """What has been chosen of a file so far."""

    round: str | None
    points: str | None
    form: int | None
    others: bool


def upload(round_id: str | None) -> None:
    """A file for that round (None: the project's first), its preview and the button; nothing is written before that.

    One that was chosen among the data and brought here is not chosen again.
    """
    look = partial(_look, round_id)
    brought = carried_file.carried(project())
    if brought is None:
        label = t("导入评分表、自评表或指标体系（Excel、Word或CSV，成为一张新表）")
        next_file(_SCORECARD, label, ("xlsx", "docx", "csv"), look, round_id or "")
        return
    with st.container(horizontal=True, vertical_alignment="center", key="scorecard_brought"):
        st.markdown(plain(t("从“数据导入”带来的文件：{name}", name=brought.file.name)), width="content")
        st.button(t("不导入这个文件"), key="scorecard_drop", on_click=carried_file.drop)
    with error_box():
        look(brought.file, brought.file_id)


def _look(round_id: str | None, file: File, file_id: str) -> None:
    kept = st.session_state
    keys = {name: f"scorecard_{name}_{file_id}" for name in ("points", "form", "round", "others")}
    first = _preview(file, _Wish(round_id, kept.get(keys["points"]), kept.get(keys["form"]), others=False))
    _form(first, keys["form"])
    into = round_id
    if first.file is not None and first.file.self_assessed:
        into = _round(round_id, keys["round"])
    wish = _Wish(into, _points(first, keys["points"]), kept.get(keys["form"]), _others(first, keys["others"]))
    found = _preview(file, wish)
    doubts(found.problems, found.questions)
    if found.imported is None:
        return
    st.markdown(
        t(
            "共{items}项，有得分{scored}项，得分合计{total}。",
            items=len(found.rows),
            scored=found.scored,
            total=f"{found.total:.2f}",
        )
    )
    seen = confirmed(file, found.questions, _SEEN)
    asked = (file, wish, project())
    st.button(t("确认导入"), key="scorecard_commit", type="primary", on_click=_done, args=asked, disabled=not seen)
    _items(found)


def _form(found: SchemePreview, key: str) -> None:
    """Which form of the file, where it has several."""
    names = found.file.forms if found.file else ()
    if len(names) > 1:
        numbers = list(range(1, len(names) + 1))
        show = apart(numbers, lambda number: names[number - 1])
        st.selectbox(t("第几张评分表"), numbers, index=None, format_func=show, placeholder=t("请选择一张"), key=key)


def _round(here: str | None, key: str) -> str:
    """Where a 自评表 goes: the unit's own round, or the one that is on the screen."""
    names = {SELF_ROUND: t("自评（与评审分开，没有这一轮时新开）")}
    if here is not None:
        names[here] = t("当前轮次")
    return st.selectbox(t("导入到"), list(names), format_func=apart(list(names), names.__getitem__), key=key)


def _points(found: SchemePreview, key: str) -> str | None:
    """The column of points, where several could be meant."""
    letters = [each.letter for each in found.columns]
    if len(letters) < 2:
        return None
    labels = dict(zip(letters, (say(each.label) for each in found.columns), strict=True))
    chosen: str | None = st.selectbox(
        t("得分列"),
        letters,
        index=letters.index(found.read.letter) if found.read else None,
        format_func=apart(letters, labels.__getitem__),
        placeholder=t("请选择以哪一列计分"),
        key=key,
    )
    return chosen


def _others(found: SchemePreview, key: str) -> bool:
    """Whether the other columns of points become sheets, too."""
    others = found.file.others if found.file else ()
    if not others:
        return False
    named = tuple(column.label for column, _ in others)
    return st.checkbox(plain(t("其余各列也各成一张评分表：{columns}（自评的归入自评轮）", columns=named)), key=key)


def _preview(file: File, wish: _Wish) -> SchemePreview:
    """Looked at once for each file and choice, and again when something has been written meanwhile."""
    here = project()
    return looked_at(
        "scorecard_preview", (file, wish, here),
        lambda: scorecard_files.preview_scorecard(
            context(), file, here, wish.round, wish.points, wish.form, others=wish.others
        ),
    )  # fmt: skip


def _items(found: SchemePreview) -> None:
    with st.expander(t("逐项读取结果（{count}项）", count=len(found.rows))):
        st.dataframe(
            {
                t("编号"): [row.indicator.code for row in found.rows],
                t("三级指标"): [row.indicator.l3 for row in found.rows],
                t("分值"): [f"{row.indicator.weight:f}" for row in found.rows],
                t("得分"): ["—" if row.points is None else f"{row.points:f}" for row in found.rows],
                t("原因"): [row.reason for row in found.rows],
            },
            hide_index=True,
        )


def _done(file: File, wish: _Wish, into: str) -> None:
    with refusal_box():
        made = scorecard_files.import_scorecard(
            context(), file, into, wish.round, wish.points, wish.form, others=wish.others
        )
        taken(_SCORECARD)
        carried_file.drop()
        state.put("sheet", made.sheet)
        notes = bullets(note.sentence() for note in made.notes)
        st.success(t("已导入为新的评分表。") + (f"\n{notes}" if notes else ""))
