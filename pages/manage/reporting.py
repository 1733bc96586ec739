"""街镇填报：the figures of a day, typed by those who know them, reviewed by another person and released."""

from __future__ import annotations

import streamlit as st

from core.model.rights import Deed
from core.service.manage.reporting import periods
from core.text import word
from pages.manage.reporting_parts import chosen, form, review, set_up
from pages.shared import filters, script_run
from pages.shared.empty import empty
from pages.shared.errors import error_box
from pages.shared.questions import question
from pages.shared.reads import read
from pages.shared.session import may, project
from pages.shared.who import who
from pages.shared.words import t

PARTS = {"form": word("填写"), "review": word("复核和生效"), "set_up": word("填报期和填报人")}

here = project()
filters.head(t("街镇填报"))
reports = read(periods.reports, here)
clerk = may(Deed.CERTIFY)
if clerk:
    part = filters.part("reporting", PARTS, lambda: chosen.chooser(reports))
else:
    part = "form"
    with st.container(horizontal=True, vertical_alignment="center", key="reporting_bar"):
        chosen.chooser(reports)
        known = who()
    if not known:
        script_run.end()
question()

with error_box():
    period = chosen.period(reports)
    if part == "set_up":
        set_up.show(here)
    elif period is None:
        empty(t("还没有填报期。数据员开一个填报期后，各街镇在这里填报。"))
        if clerk:
            set_up.open_button(here)
    elif part == "review":
        review.show(here, period)
    else:
        form.form_panel(here, period)
