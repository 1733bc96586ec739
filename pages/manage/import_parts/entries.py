"""Fields for what a person says of a project: its name, approval, planned time and plan of money."""

from __future__ import annotations

import streamlit as st

from core.service.manage.project_particulars import EXAMPLE, Particulars, read_plan
from pages.shared.fields import day_field, day_of
from pages.shared.words import say, t

MOST_NAME = 100


def name_field(key: str, known: Particulars) -> None:
    """The name; `key`: whose fields they are."""
    _text(f"{key}_name", t("项目名称"), known.name)


def draw(key: str, known: Particulars) -> None:
    """The other fields, with what is known in them."""
    with st.container(horizontal=True, key=f"{key}_approval_and_time"):
        _text(f"{key}_approval", t("批复文号"), known.approval, width=280)
        day_field(t("批复日期"), f"{key}_approved_on", known.approved_on, width=150)
        day_field(t("计划工期开始日"), f"{key}_start", known.start, width=150)
        day_field(t("计划工期结束日"), f"{key}_end", known.end, width=150)
    field = f"{key}_plan"
    if field not in st.session_state:
        st.session_state[field] = "\n".join(f"{source} {planned.normalize():f}" for source, planned in known.funding)
    label = t("资金计划（万元，一行一项）")
    st.text_area(label, key=field, height=100, max_chars=2_000, placeholder=say(EXAMPLE), width=420)


def said(key: str, known: Particulars) -> Particulars:
    """What stands in the fields and is not known already. Raises RenewalError for what is none."""
    name, approval = (str(st.session_state.get(f"{key}_{each}") or "").strip() for each in ("name", "approval"))
    approved_on, start, end = (day_of(f"{key}_{each}") for each in ("approved_on", "start", "end"))
    plan = read_plan(str(st.session_state.get(f"{key}_plan") or ""))
    new_time = (start, end) != (known.start, known.end)
    return Particulars(
        name="" if name == known.name else name,
        approval="" if approval == known.approval else approval,
        approved_on=None if approved_on == known.approved_on else approved_on,
        start=start if new_time else None,
        end=end if new_time else None,
        funding=() if plan == known.funding else plan,
    )


def _text(key: str, label: str, known: str, width: int | None = None) -> None:
    if key not in st.session_state:
        st.session_state[key] = known
    st.text_input(label, key=key, max_chars=MOST_NAME, width=width or "stretch")
