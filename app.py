"""The router: page config, language, query check, who is asking, navigation, one error box."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import streamlit as st

from core.service import home
from pages.shared import errors, filters, paper, restored, start, state
from pages.shared.words import plain, say, t

st.set_page_config(
    page_title="旧改绩效看板",
    page_icon=str(Path(__file__).parent / "pages" / "shared" / "icon.png"),
    layout="wide",
    initial_sidebar_state="collapsed",
)

with errors.error_box():
    start.once()
    unknown = restored.adopt()
    allowed = filters.allowed()
    wrong = (*unknown, *state.adopt(allowed))
    shown: dict[bool, Literal["visible", "hidden"]] = {True: "visible", False: "hidden"}
    # Streamlit gives its first page no address of its own: whoever opens /overview is led to it.
    overview = st.Page("pages/progress/overview.py", title=t("总览"), url_path="first", default=True)
    page = st.navigation(
        [
            overview,
            st.Page(lambda: st.switch_page(overview), title=t("总览"), url_path="overview", visibility="hidden"),
            st.Page("pages/progress/budget.py", title=t("资金使用"), url_path="budget"),
            st.Page("pages/progress/beneficiaries.py", title=t("受益情况"), url_path="beneficiaries"),
            st.Page(
                "pages/progress/communities.py",
                title=t("小区明细"),
                url_path="communities",
                visibility=shown[filters.has_detail()],
            ),
            st.Page("pages/scoring/scorecard.py", title=t("绩效评分"), url_path="scorecard"),
            st.Page(
                "pages/scoring/panel.py", title=t("专家评议"), url_path="panel", visibility=shown[filters.has_sheets()]
            ),
            st.Page(
                "pages/scoring/history.py",
                title=t("过程记录"),
                url_path="history",
                visibility=shown[filters.has_record()],
            ),
            st.Page("pages/evidence/checks.py", title=t("核对"), url_path="checks"),
            st.Page("pages/evidence/alarms.py", title=t("预警"), url_path="alarms", visibility="hidden"),
            st.Page("pages/evidence/findings.py", title=t("问题整改"), url_path="findings"),
            st.Page(
                "pages/briefing/frames.py", title=t("简报"), url_path="frames", visibility=shown[filters.has_projects()]
            ),
            st.Page("pages/briefing/verify.py", title=t("查验"), url_path="verify"),
            st.Page("pages/manage/importing.py", title=t("数据导入"), url_path="importing"),
            st.Page(
                "pages/manage/portfolio.py",
                title=t("项目群"),
                url_path="portfolio",
                visibility=shown[filters.has_projects(2)],
            ),
        ],
        # A frame that another page shows inside itself comes without controls.
        position="hidden" if state.bare() else "top",
    )
    if (elsewhere := restored.jump()) is not None:
        st.switch_page(elsewhere)
    state.settle(allowed, page.url_path)
    if short := home.shortfall():
        st.error(plain(say(short)))
    for message in wrong:
        st.warning(plain(say(message)))
    paper.style(filters.subject(page.url_path))
    restored.banner()
    page.run()
