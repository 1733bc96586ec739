"""/plain says what 总览 says, to whoever may see it, without script and in less than 60 kB."""

from __future__ import annotations

import asyncio
import re
from concurrent.futures import ThreadPoolExecutor
from html import escape, unescape
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser
from starlette.applications import Starlette

from core.errors import NotAllowed, UnknownName
from core.model.context import Actor, Context, Language
from core.model.rights import GIVEN, Grant
from core.service.base import identity
from core.service.progress.first_sight import first_sight
from core.text import render
from core.text.amounts import usual
from deploy import plain_page
from deploy.guard import Guard

PROJECT, OTHER = "lingang-2023", "another-2024"
MOST = 60_000
"""Bytes."""
APP = Starlette(routes=plain_page.routes())
ROWS = {
    "璜土镇": ["2,164.00", "14.43%", "80.79%～122.32%", "4,787.61", "4,520"],
    "夏港街道": ["2,627.00", "17.51%", "51.53%～54.85%", "3,127.38", "8,400"],
    "申港街道": ["1,900.00", "12.67%", "39.41%～54.40%", "2,904.31", "6,542"],
    "利港街道": ["1,309.00", "8.73%", "28.21%～48.87%", "1,911.51", "6,848"],
}
"""FACTS: 累计支付（万元）, 占概算, 测算区间, 户均支付（元）, 计划受益（户）."""


@pytest.fixture(autouse=True)
def here(store_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(identity, "guarded", True)


def of(language: Language) -> Context:
    return Context(Actor("anonymous"), language, unit=usual(language))


def answer(path: str, query: str = "", **headers: str) -> tuple[int, dict[str, str], str]:
    """Status, headers and content behind the guard. In a thread: the browser of other tests may have a loop here."""
    told: list[Any] = []

    async def nothing() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def sent(message: Any) -> None:
        told.append(message)

    named = {"host": "127.0.0.1:8501", "accept": "text/html", **headers}
    scope: dict[str, Any] = {
        "type": "http", "method": "GET", "path": path, "query_string": query.encode(), "server": ("127.0.0.1", 8501),
        "headers": [(name.encode(), value.encode()) for name, value in named.items()],
    }  # fmt: skip
    with ThreadPoolExecutor(1) as other:
        other.submit(lambda: asyncio.run(Guard(APP)(scope, nothing, sent))).result()
    found = {name.decode(): value.decode() for name, value in told[0]["headers"]}
    return told[0]["status"], found, b"".join(message["body"] for message in told[1:]).decode()


def text(page: str) -> str:
    """What can be read on the page, its parts a blank apart."""
    body = re.sub(r"<svg.*?</svg>", "", page.partition("<body>")[2], flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def test_it_bears_the_figures_of_the_sample() -> None:
    status, headers, page = answer("/plain")
    assert status == 200
    assert headers["cache-control"] == "private, no-store"
    assert "frame-ancestors 'self'" in headers["content-security-policy"]
    said = text(page)
    for figure in ("8,000万元", "2026年5月", "26,310户", "93分·优", "报告得分93分（原评分表未附）"):
        assert figure in said
    for place, figures in ROWS.items():
        row = re.search(rf"<tr[^>]*><th[^>]*>(?:(?!</tr>).)*{place}.*?</tr>", page, re.DOTALL)
        assert row is not None
        assert [each for each in figures if f">{each}<" not in row[0]] == []
    assert "合计 100.00 93.00" in said
    assert "还原稿·非原表" in said


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_it_says_in_each_language_all_that_the_first_page_says(language: Language) -> None:
    ctx = of(language)
    view = first_sight(ctx, PROJECT)
    page = plain_page.page(ctx, None)
    said = text(page)
    shown = [view.title, view.subtitle, view.headline]
    shown += [line for card in view.cards for line in (card.label, card.value, card.caveat, card.more) if line]
    shown += [line for each in view.decisions for line in (each.what, each.why)]
    wanted = [" ".join(render(each, language, ctx.unit).split()) for each in shown]
    assert [each for each in wanted if each not in said] == []
    cells = [cell for row in view.streets.table.rows for cell in row if cell]
    assert [each for each in cells if " ".join(each.split()) not in said] == []
    assert all(f'aria-label="{escape(panel.alt)}"' in page for panel in view.panels)
    assert page.count("<svg ") > len(view.panels) == 1


@pytest.mark.parametrize("query", ["", "lang=en", "lang=en&unit=yi", "unit=yuan"])
def test_it_is_small_and_needs_no_script(query: str) -> None:
    page = answer("/plain", query)[2]
    assert len(page.encode()) < MOST
    assert re.findall(r"<script|<button|<input|\son\w+=|https?://(?!www\.w3\.org)", page) == []


@pytest.mark.parametrize("role", GIVEN)
def test_who_may_look_sees_their_projects_and_no_other(role: Any) -> None:
    own = Context(Actor("x", "某人", frozenset({Grant(role, PROJECT)})))
    assert "8,000万元" in plain_page.page(own, PROJECT)
    assert "8,000万元" in plain_page.page(own, None)
    stranger = Context(Actor("x", "某人", frozenset({Grant(role, OTHER)})))
    with pytest.raises(NotAllowed):
        plain_page.page(stranger, PROJECT)
    assert "8,000万元" not in plain_page.page(stranger, None)


def test_nobody_gets_it_where_people_log_in_before_they_have(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RENEWAL_MODE", "accounts")
    status, headers, page = answer("/plain", "project=lingang-2023")
    assert (status, page) == (303, "")
    assert headers["location"] == "./login?next=%2Fplain%3Fproject%3Dlingang-2023"


def test_a_project_that_is_not_there_is_named() -> None:
    status, _, page = answer("/plain", "project=%3Cb%3Enone")
    assert status == 404
    assert "&lt;b&gt;none" in page
    assert "<b>none" not in page
    with pytest.raises(UnknownName):
        plain_page.page(of("zh_CN"), "none")


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("width", [390, 1366])
def test_a_browser_without_script_shows_it_whole_and_readers_find_their_way(
    browser: Browser, language: Language, width: int
) -> None:
    page = plain_page.page(of(language), None)
    still = browser.new_context(java_script_enabled=False, viewport={"width": width, "height": 800})
    heard = browser.new_context(viewport={"width": width, "height": 800})
    try:
        shown = still.new_page()
        shown.set_content(page)
        assert shown.get_by_role("row").count() >= 4 + 1 + 32
        assert shown.get_by_role("img").first.is_visible()
        read = heard.new_page()
        read.set_content(page)
        assert read.evaluate("document.documentElement.scrollWidth") <= width
        assert [each["id"] for each in Axe().run(read).response["violations"]] == []
    finally:
        still.close()
        heard.close()
