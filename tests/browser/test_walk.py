"""Every page, in three windows and both languages, with every other machine out of reach."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.pages import Listener, navigation, visit
from tests.browser.running_app import ROOT, RunningApp

WINDOWS = {"1600x900": (1600, 900), "1366x768": (1366, 768), "390x844": (390, 844)}
LANGUAGES = ("zh", "en")
QUICK = {("zh", "1366x768"), ("en", "390x844")}
"""What the quick run walks; the others are walked in the full one."""
IN_ONE_WINDOW = {"": ("1600x900", "1366x768")}
"""Pages that must be whole without scrolling, and where: the overview."""

PICTURES = ROOT / "build" / "walk"
TEXTS = (Path(__file__).parent / "walk.js").read_text(encoding="utf-8")

SKIP = (
    '[data-testid="stToolbar"]',  # Streamlit's own menu
    '[data-testid="stElementToolbar"]',  # Streamlit's own buttons on a chart or table
    ".modebar",  # Plotly's own buttons
    '[data-testid="stSkipToContent"]',  # Streamlit's own, shown to the keyboard only
    '[data-testid="stIconMaterial"]',  # an icon's name, drawn as the icon
)
ENGLISH_ALLOWED = {
    "EN": "the switch to the other language names that language in itself",
    "Excel": "a product's name",
    "Lorenz": "a person's name",
    "Alt": "what stands on the key",
    "Ctrl": "what stands on the key",
    "Enter": "what stands on the key",
    "Tab": "what stands on the key",
    "Esc": "what stands on the key",
    "docx": "how a file's name ends",
    "xlsx": "how a file's name ends",
    "pptx": "how a file's name ends",
    "csv": "how a file's name ends",
}
ENGLISH_WHOLE = {
    "Upload": "the file button's own name, said by screen readers only: other words are drawn over it",
    "Open": "the arrow of Streamlit's select box, said by screen readers only",
    "Choose an option": "the same box's placeholder, hidden behind what is chosen",
}
CHINESE_ALLOWED = {
    "中文": "the switch to the other language names that language in itself",
}
AS_WRITTEN = (
    # The names of the project and of its report: translating them would point to documents that do not exist.
    re.compile("2023年度申港、夏港区域老小区改造项目(绩效评价报告)?"),
    # Where a figure stands in the report: its chapters, tables and columns are called so there.
    re.compile("报告 ([一二三四五六七八九十]|标题).*"),
    # The number that the approval is filed under.
    re.compile("澄港开委投〔2022〕41号"),
)
WRITTEN_BY_PEOPLE = "textarea"
"""Reasons stay as somebody wrote them."""

ENGLISH = re.compile(r"[A-Za-z]{2,}")
CHINESE = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]+")


@pytest.fixture(scope="module")
def paths(browser: Browser, shared_server: RunningApp) -> list[str]:
    """The address of each page, as the app's own navigation links it."""
    return navigation(browser, shared_server.url)


def language_faults(texts: list[dict[str, str]], language: str) -> list[str]:
    """Words of the other language, each with where it stands."""
    faults = []
    for entry in texts:
        text = entry["text"]
        if language == "zh":
            words = [] if text in ENGLISH_WHOLE else ENGLISH.findall(text)
            words = [word for word in words if word not in ENGLISH_ALLOWED]
        elif entry["where"].startswith(WRITTEN_BY_PEOPLE):
            continue
        else:
            for pattern in AS_WRITTEN:
                text = pattern.sub("", text)
            words = [word for word in CHINESE.findall(text) if word not in CHINESE_ALLOWED]
        if words:
            faults.append(f"{', '.join(words)} | {entry['text'][:90]} | {entry['where']}")
    return faults


def overflow(page: Page) -> list[str]:
    """Parts that are wider than their window and would scroll sideways."""
    return page.evaluate(
        """() => [document.scrollingElement, document.querySelector('[data-testid="stMain"]')]
                 .filter(part => part.scrollWidth > part.clientWidth + 1)
                 .map(part => `${part.dataset.testid || part.tagName}: ${part.scrollWidth} in ${part.clientWidth}`)"""
    )


def taller(page: Page) -> list[str]:
    """Parts that are taller than the window."""
    return page.evaluate(
        """() => [document.scrollingElement, document.querySelector('[data-testid="stMain"]')]
                 .filter(part => part.scrollHeight > part.clientHeight + 1)
                 .map(part => `${part.dataset.testid || part.tagName}: ${part.scrollHeight} in ${part.clientHeight}`)"""
    )


def axe_faults(page: Page) -> list[str]:
    """Serious and critical findings of axe-core."""
    found: dict[str, Any] = Axe().run(page).response
    return [
        f"{rule['id']} ({rule['impact']}): {node['target']} {node.get('failureSummary', '')}".replace("\n", " ")[:300]
        for rule in found["violations"]
        if rule["impact"] in ("serious", "critical")
        for node in rule["nodes"][:4]
    ]


@pytest.mark.parametrize(
    ("language", "window"),
    [
        pytest.param(language, window, marks=() if (language, window) in QUICK else pytest.mark.full)
        for language in LANGUAGES
        for window in WINDOWS
    ],
)
def test_every_page_stands(
    new_context: Callable[..., BrowserContext],
    shared_server: RunningApp,
    paths: list[str],
    language: str,
    window: str,
) -> None:
    width, height = WINDOWS[window]
    context = new_context(viewport={"width": width, "height": height})
    problems: list[str] = []
    PICTURES.mkdir(parents=True, exist_ok=True)
    for path in paths:
        page = context.new_page()
        listener = Listener().listen(page)
        visit(page, shared_server.url, path, **({} if language == "zh" else {"lang": language}))
        texts = page.evaluate(TEXTS, list(SKIP))
        assert len(texts) > 6, f"{path}: the page is all but empty"
        faults = [
            *listener.problems,
            *(f"an error box: {box}" for box in page.locator('[data-testid="stAlertContentError"]').all_inner_texts()),
            *(f"scrolls sideways: {part}" for part in overflow(page)),
            *(f"other language: {text}" for text in language_faults(texts, language)),
        ]
        if window in IN_ONE_WINDOW.get(path, ()):
            faults += [f"does not fit the window: {part}" for part in taller(page)]
        name = f"{path or 'overview'}-{window}-{language}"
        page.screenshot(path=PICTURES / f"{name}.png")
        faults += [f"axe: {fault}" for fault in axe_faults(page)]
        problems += [f"{path or '/'}: {fault}" for fault in dict.fromkeys(faults)]
        page.close()
    assert not problems, f"{window}, {language}:\n" + "\n".join(problems)
