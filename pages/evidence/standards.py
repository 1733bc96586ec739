"""改造标准: what each street and community was found to be, point by point, and what is still to be looked at."""

from __future__ import annotations

import streamlit as st

from core.model.standard import CheckedArea
from core.service.base import project as service
from core.service.evidence import standards
from pages.evidence.checklist import exchange, one_list, sums
from pages.shared import chips, filters, script_run
from pages.shared.choices import apart, segments
from pages.shared.empty import empty, no_file
from pages.shared.reads import read
from pages.shared.session import key_of, project
from pages.shared.who import who
from pages.shared.words import plain, say, t


def called(choice: standards.StandardChoice) -> str:
    """Name a standard, with its version once there are several."""
    name = say(choice.name)
    return name if choice.version == 1 else t("{name}第{version}版", name=name, version=choice.version)


here = project()
filters.head(t("改造标准"))
known = {f"{each.id}@{each.version}": each for each in read(standards.choices, here)}
if not known:
    empty(
        t("还没有改造标准。请导入一份：列有编号、组别和标准内容的Excel或CSV文件。"),
        t("1.1，基础类，楼栋单元门完好，能正常开关"),
    )
    who()
    exchange.upload()
    script_run.end()

labels = {key: plain(called(each)) for key, each in known.items()}
with st.container(horizontal=True, vertical_alignment="center", key="standards_bar"):
    chosen = known[segments(t("改造标准"), labels, key_of("standard"))]
    standard, edition = chosen.id, chosen.version
    exchange.menu(standard, edition)
    chips.lead("pages/evidence/findings.py", t("问题整改"))
    who()
view = read(standards.view, here, standard, edition)
sums.show(view)

places = read(service.facts, here).places
if not places:
    no_file(t("还没有街镇。请先导入资金明细表和受益明细表。"))
    script_run.end()
heading = t("检查表")
st.markdown(f"## {plain(heading)}")
with st.container(horizontal=True, vertical_alignment="center", key="checklist_bar"):
    place = segments(t("街镇"), {each: plain(say(each)) for each in places}, key_of("checked_place"))
    inside = ["", *read(standards.communities, here, place)]
    community = ""
    if len(inside) > 1:
        community = st.selectbox(
            t("小区"), inside, key=key_of("checked_community", place), label_visibility="collapsed", width=260,
            format_func=apart(inside, lambda name: name or t("整个街镇")),
        )  # fmt: skip
points = read(standards.checklist, here, standard, edition, place, community)
one_list.show(here, view.standard, CheckedArea(place, community), points)
