"""The router: page config, language, query check, who is asking, navigation, one error box."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from core.service.base import open_store
from core.text import word
from pages.shared import (
    after_figures,
    bar,
    errors,
    filters,
    gate,
    log,
    menu,
    process_start,
    restored,
    script_run,
    state,
    styles,
)
from pages.shared.bar import wall
from pages.shared.words import plain, say, t

st.set_page_config(
    page_title="旧改绩效看板",
    page_icon=str(Path(__file__).parent / "pages" / "shared" / "icon.png"),
    layout="wide",
    initial_sidebar_state="collapsed",
)

PAGES: tuple[tuple[str, str, str, Callable[[], bool]], ...] = (
    ("pages/progress/overview.py", word("总览"), "overview", filters.always),
    ("pages/progress/budget.py", word("资金使用"), "budget", filters.always),
    ("pages/progress/beneficiaries.py", word("受益情况"), "beneficiaries", filters.always),
    ("pages/progress/communities.py", word("小区明细"), "communities", filters.has_detail),
    ("pages/scoring/scorecard.py", word("绩效评分"), "scorecard", filters.always),
    ("pages/scoring/panel.py", word("专家评议"), "panel", filters.has_sheets),
    ("pages/scoring/schemes.py", word("指标体系"), "schemes", filters.here),
    ("pages/scoring/history.py", word("过程记录"), "history", filters.has_record),
    ("pages/evidence/checks.py", word("数据疑点"), "checks", filters.always),
    ("pages/evidence/alarms.py", word("预警"), "alarms", filters.always),
    ("pages/evidence/findings.py", word("问题整改"), "findings", filters.always),
    ("pages/evidence/standards.py", word("改造标准"), "standards", filters.always),
    ("pages/briefing/frames.py", word("简报"), "frames", filters.here),
    ("pages/briefing/verify.py", word("验真"), "verify", filters.always),
    ("pages/manage/reporting.py", word("街镇填报"), "reporting", filters.always),
    ("pages/manage/importing.py", word("数据导入"), "importing", filters.always),
    ("pages/manage/portfolio.py", word("项目群"), "portfolio", filters.has_several),
    ("pages/manage/accounts.py", word("账号"), "accounts", filters.has_accounts),
)

with log.timed("page") as run, errors.page_box():
    process_start.prepare_process()
    inside = gate.admitted()
    gate.one_person()
    whole = state.whole()
    unknown = restored.adopt() if inside else ()
    allowed = filters.allowed() if inside else {}
    wrong = (*unknown, *filters.agreed(), *state.adopt(allowed, whole=whole), *state.unknown()) if inside else ()
    pages = [
        st.Page(
            path,
            title=menu.home(title) if inside and url == gate.HOME else say(title),
            # Streamlit gives its first page no address of its own: whoever opens /overview is led to it.
            url_path="first" if url == gate.HOME else url,
            default=url == gate.HOME,
            visibility=gate.visibility(url, inside and there_is()),
        )
        for path, title, url, there_is in PAGES
    ]
    led = st.Page(lambda: st.switch_page(pages[0]), title=t("总览"), url_path=gate.HOME, visibility="hidden")
    folders = [Path(path).parts[1] for path, *_ in PAGES]
    groups = menu.grouped([("", pages[0]), *zip(folders[1:], pages[1:], strict=True), ("", led)])
    page = st.navigation(
        groups,
        # A frame that another page shows inside itself comes without controls, and so does a wall.
        position="hidden" if state.bare() or wall.on() else "top",
    )
    if not state.bare():
        menu.brand()
    run.page = page.url_path or gate.HOME
    if not inside:
        gate.turn_away()
        script_run.end()
    if (elsewhere := restored.jump()) is not None:
        st.switch_page(elsewhere)
    state.settle(allowed, page.url_path)
    if not state.bare() and page.url_path != gate.HOME:  # which only leads on
        bar.bar(page.url_path, {url: each for each, (_, _, url, _) in zip(pages, PAGES, strict=True)})
    if short := open_store.shortfall():
        st.error(plain(say(short)))
    for message in wrong:
        st.warning(plain(say(message)))
    styles.style(
        filters.subject(page.url_path), menu.place(groups, page), projects=bar.offers_projects(), wall=wall.on()
    )
    restored.banner()
    errors.unread()
    gate.check(page.url_path)
    filters.ask_project(page.url_path)
    after_figures.begin()
    page.run()
    after_figures.finish()
