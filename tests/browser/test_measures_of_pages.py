"""Nothing stands over, in or outside something else: a page of each kind, on a telephone and in the smallest window.

`python -m tests.browser.measure` looks at every page, window, language and store.

The rules themselves are tried on small pages of which it is known what is wrong.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Browser, Page

from tests.browser.measure import LANGUAGES, WINDOWS, empty_share, measured, problems, serving
from tests.browser.pages import visit
from tests.browser.running_app import RunningApp

QUICK = ("", "scorecard", "checks", "frames", "importing")
"""Pages of the quick run, one of each kind."""
BODY = '<div data-testid="stMain"><div data-testid="stMainBlockContainer">{}</div></div>'
SHORT = "width: 30px; overflow: hidden; white-space: nowrap"
PLOT = (
    '<div class="js-plotly-plot st-key-chart_pace"><svg width="300" height="200"><g class="scatterlayer">'
    '<path class="js-line" d="M0,0L90,40" fill="none" stroke="#12436D"/></g>'
    '<g class="draglayer"><rect class="nsewdrag" width="300" height="{}" fill="none"/></g></svg></div>'
)
LABEL = (
    '<svg width="300" height="60"><text x="10" y="20">单位：万元</text>'
    '<g class="annotation"><rect class="bg" x="40" width="99" height="{}" style="fill: #fff"/>'
    '<text x="60" y="50">5月付完</text></g></svg>'
)
LINE = '<line x1="20" x2="20" y1="0" y2="60" stroke="red"/>'
CASES = {
    "in its place": ("<p>支付进度</p><p>8,000万元</p>", ""),
    "one over another": (
        '<p style="margin:0">支付进度</p><p style="margin:-14px 0 0">8,000万元</p>',
        "stand over each other",
    ),
    "beyond the window": ('<p style="position:fixed; left: 590px; white-space: nowrap">支付进度</p>', "runs out"),
    "cut off": (f'<p style="{SHORT}">支付进度</p>', "is cut off"),
    "shortened": (f'<p style="{SHORT}; text-overflow: ellipsis">支付进度</p>', "ends in …"),
    "shortened, and says itself": (f'<p title="支付进度" style="{SHORT}; text-overflow: ellipsis">支付进度</p>', ""),
    "out of its box": (
        '<div style="border: 1px solid; width: 20px"><p style="white-space: nowrap">支付进度</p></div>',
        "runs out of",
    ),
    "a line through it": (
        f'<svg width="200" height="60"><text x="10" y="30">8,000</text>{LINE}</svg>',
        "is struck through",
    ),
    "a line under the bar that holds it": (
        f'<svg width="200" height="60">{LINE}<rect width="100" height="60" fill="#ddd"/>'
        '<text x="10" y="30">8,000</text></svg>',
        "",
    ),
    "a line beside it": (f'<svg width="200" height="60"><text x="30" y="30">8,000</text>{LINE}</svg>', ""),
    "cut by its drawing": ('<svg width="30" height="40"><text y="20">8,000万元</text></svg>', "is cut off"),
    "the ground of a label over another": (LABEL.format(50), "covers"),
    "the ground of a label below another": (LABEL.format(4), ""),
    "a control over a text": (
        '<h2 style="margin: 0">支付进度</h2><button style="display: block; margin: -14px 0 0">对比</button>',
        "covers",
    ),
    "a control below a text": ('<h2 style="margin: 0">支付进度</h2><button style="display: block">对比</button>', ""),
    "letters smaller than the page's": ('<p style="font-size: 10px">支付进度</p>', "has letters of only 10 px"),
    "a low plot of lines": (PLOT.format(149), "is only 149 px high"),
    "a plot of lines that is high enough": (PLOT.format(150), ""),
    "to be scrolled sideways": (
        '<div style="width: 90px; overflow: auto"><p style="white-space: nowrap">支付进度滞后工期8.0个百分点</p></div>',
        "scrolled sideways",
    ),
    "a part that begins elsewhere": (
        '<div data-testid="stVerticalBlock"><div><h2>总览</h2></div><div style="margin-left: 9px">卡片</div></div>',
        "begins 9 px beside",
    ),
}
"""What stands on a small page, and what is to be said of its text."""
CUT_CHOICES = """() => [...document.querySelectorAll('[data-testid="stSelectbox"] input')]
  .filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.value)"""
GAPS = """() => [...document.querySelectorAll('.st-key-to_decide [class*="st-key-decision_"]')]
  .map((one) => [...one.querySelectorAll('p')].map((each) => each.getBoundingClientRect()))
  .map(([what, why]) => why.top - what.bottom)"""
"""Pixels from what is to be decided to its reason."""


@pytest.mark.parametrize("case", CASES)
def test_what_is_found(tab: Page, case: str) -> None:
    body, expected = CASES[case]
    tab.set_viewport_size({"width": 600, "height": 300})
    tab.set_content(BODY.format(body))
    found = problems(tab)
    if expected:
        assert len(found) == 1, found
        assert expected in found[0]
    else:
        assert found == []


def test_what_is_empty() -> None:
    picture = Image.new("RGB", (400, 300), "white")
    assert empty_share(picture, 10) == 1
    assert empty_share(picture, 10, [(0, 0, 400, 300)]) == 0
    ImageDraw.Draw(picture).rectangle((0, 0, 399, 99), fill="black")
    # Of 300 rows 100 are drawn and the 30 below are near them.
    assert empty_share(picture, 10) == pytest.approx(170 / 300)


def test_pages_of_each_kind(browser: Browser, shared_server: RunningApp) -> None:
    found = [
        problem
        for window in ("390x844", "1366x768")
        for problem in measured(browser, shared_server.url, paths=QUICK, windows=[window], store="shipped")
    ]
    assert not found, "\n".join(found)


def test_titles_stand_at_one_height_and_choices_are_read_whole(tab: Page, shared_server: RunningApp) -> None:
    heights = {}
    tab.set_viewport_size({"width": 2560, "height": 1440})
    for path in ("scorecard", "checks", "frames", "importing", "schemes"):
        visit(tab, shared_server.url, path, lang="en")
        heights[path] = tab.evaluate("() => document.querySelector('h1').getBoundingClientRect().top")
        assert tab.evaluate(CUT_CHOICES) == [], path
    assert len(set(heights.values())) == 1, heights


def test_each_reason_follows_its_decision(tab: Page, shared_server: RunningApp) -> None:
    visit(tab, shared_server.url)
    gaps = tab.evaluate(GAPS)
    assert len(gaps) == 6
    assert max(gaps) - min(gaps) < 1, gaps


@pytest.mark.full
def test_tables_fit_a_tablet_and_a_telephone_in_both_languages(browser: Browser, tmp_path: Path) -> None:
    pages = ["", "budget", "beneficiaries", "schemes", "alarms", "standards", "frames", "portfolio"]
    windows = ["390x844", "768x1024"]
    with serving("demo", tmp_path) as app:
        found = [
            problem
            for language in LANGUAGES
            for problem in measured(browser, app.url, paths=pages, windows=windows, language=language, store="demo")
        ]
    assert not found, "\n".join(found)


@pytest.mark.full
@pytest.mark.parametrize("store", ["demo", "missing"])
def test_the_first_page_fits_and_fills_every_window(browser: Browser, tmp_path: Path, store: str) -> None:
    with serving(store, tmp_path) as app:
        found = [
            problem
            for language in LANGUAGES
            for problem in measured(browser, app.url, paths=[""], windows=WINDOWS, language=language, store=store)
        ]
    assert not found, "\n".join(found)
