"""Every page, in three windows and both languages, with every other machine out of reach."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from core.model.context import Actor
from core.service.base.sections import SECTIONS
from core.store import read, snapshots
from core.store.opening import open_store
from tests.browser.accounts import PASSWORD, log_in, start_house
from tests.browser.pages import WITHIN, Listener, navigation, settle, stands_at, visit
from tests.browser.running_app import ROOT, RunningApp
from tests.core.detail import DETAIL, FILE, june

WINDOWS = {"1600x900": (1600, 900), "1366x768": (1366, 768), "390x844": (390, 844)}
LANGUAGES = ("zh", "en")
QUICK = {("zh", "1366x768")}
"""What the quick run walks; the others are walked in the full one."""
IN_ONE_WINDOW = {"": ("1600x900", "1366x768")}
"""Pages that must be whole without scrolling, and where: the overview."""

PICTURES = ROOT / "build" / "walk"
TEXTS = (Path(__file__).parent / "walk.js").read_text(encoding="utf-8")

SKIP = (
    '[data-testid="stElementToolbar"]',  # Streamlit's own buttons on a chart or table
    ".modebar",  # Plotly's own buttons
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
    "tsv": "how a file's name ends",
    "txt": "how a file's name ends",
    "min": "the smaller of two, in a formula",
    "PNG": "how a file's name ends",
    "PDF": "how a file's name ends",
    "PPTX": "how a file's name ends",
    "DOCX": "how a file's name ends",
    "XLSX": "how a file's name ends",
    "ZIP": "how a file's name ends",
}
CHINESE_ALLOWED = {
    "中": "the switch to the other language names that language in itself",
}
AS_WRITTEN = (
    # The names of the project and of its report: translating them would point to documents that do not exist.
    re.compile("2023年度申港、夏港区域老小区改造项目(绩效评价报告)?"),
    # Where a figure stands in the report: its chapters, tables and columns are called so there.
    re.compile("报告 ([一二三四五六七八九十]|标题).*"),
    # The names of communities, and the row of the file that each was read from.
    re.compile("(璜土镇|利港街道)第[0-9]村|台账 第[0-9]行"),
    # The number that the approval is filed under.
    re.compile("澄港开委投〔2022〕41号"),
)
WRITTEN_BY_PEOPLE = "textarea"
"""Reasons stay as somebody wrote them."""

ENGLISH = re.compile(r"[A-Za-z]{2,}")
CHINESE = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]+")


@pytest.fixture(scope="module")
def paths(browser: Browser, shared_server: RunningApp) -> list[str]:
    """The address of each page, as the app's own navigation links it, and of those that only links lead to."""
    linked = [page for page, section in SECTIONS.items() if not section.menu]
    return [*navigation(browser, shared_server.url), *linked]


def language_faults(texts: list[dict[str, str]], language: str) -> list[str]:
    """Words of the other language, each with where it stands."""
    faults = []
    for entry in texts:
        text = entry["text"]
        if language == "zh":
            words = [word for word in ENGLISH.findall(text) if word not in ENGLISH_ALLOWED]
        elif entry["where"].startswith(WRITTEN_BY_PEOPLE):
            continue
        else:
            for pattern in AS_WRITTEN:
                text = pattern.sub("", text)
            words = [word for word in CHINESE.findall(text) if word not in CHINESE_ALLOWED]
        if words:
            faults.append(f"{', '.join(words)} | {entry['text'][:90]} | {entry['where']}")
    return faults


FIRST_HEADING = """() => [...document.querySelectorAll('[data-testid="stMain"] :is(h1, h2, h3, h4, h5, h6)')]
  .find(one => one.checkVisibility())?.tagName"""


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


EVERYWHERE = pytest.mark.parametrize(
    ("language", "window"),
    [
        pytest.param(language, window, marks=() if (language, window) in QUICK else pytest.mark.full)
        for language in LANGUAGES
        for window in WINDOWS
    ],
)


@EVERYWHERE
def test_every_page_stands(
    new_context: Callable[..., BrowserContext],
    shared_server: RunningApp,
    paths: list[str],
    language: str,
    window: str,
) -> None:
    width, height = WINDOWS[window]
    context = new_context(viewport={"width": width, "height": height})
    problems = walked(context, shared_server.url, paths, language, window)
    assert not problems, f"{window}, {language}:\n" + "\n".join(problems)


def walked(context: BrowserContext, url: str, paths: Sequence[str], language: str, window: str) -> list[str]:
    """What is wrong with these pages. Leaves a picture of each."""
    problems: list[str] = []
    PICTURES.mkdir(parents=True, exist_ok=True)
    page = context.new_page()
    listener = Listener().listen(page)
    for path in paths:
        listener.problems.clear()
        visit(page, url, path, **({} if language == "zh" else {"lang": language}))
        texts = page.evaluate(TEXTS, list(SKIP))
        assert len(texts) > 6, f"{path}: the page is all but empty"
        faults = [
            *listener.problems,
            *(f"an error box: {box}" for box in page.locator('[data-testid="stAlertContentError"]').all_inner_texts()),
            *(f"scrolls sideways: {part}" for part in overflow(page)),
            *(f"other language: {text}" for text in language_faults(texts, language)),
            *([] if (begins := page.evaluate(FIRST_HEADING)) == "H1" else [f"headings begin with {begins}"]),
        ]
        if window in IN_ONE_WINDOW.get(path, ()):
            faults += [f"does not fit the window: {part}" for part in taller(page)]
        name = f"{path or 'overview'}-{window}-{language}"
        page.screenshot(path=PICTURES / f"{name}.png")
        faults += [f"axe: {fault}" for fault in axe_faults(page)]
        problems += [f"{path or '/'}: {fault}" for fault in dict.fromkeys(faults)]
    return problems


@pytest.fixture(scope="module")
def with_detail(built_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningApp]:
    """A server whose project reports its communities."""
    folder = tmp_path_factory.mktemp("detail")
    path = Path(shutil.copy(built_store, folder))
    store = open_store(path)
    facts = june(read.facts(store, "lingang-2023"))
    snapshots.add(store, facts, Actor("browser-w", "王工"), communities=DETAIL, file=FILE)
    store.close()
    app = RunningApp(path, folder / "log.txt")
    app.start()
    yield app
    app.stop()


@EVERYWHERE
def test_the_page_of_communities_stands(
    new_context: Callable[..., BrowserContext], with_detail: RunningApp, language: str, window: str
) -> None:
    width, height = WINDOWS[window]
    context = new_context(viewport={"width": width, "height": height})
    problems = walked(context, with_detail.url, ["communities"], language, window)
    assert not problems, f"{window}, {language}:\n" + "\n".join(problems)


@EVERYWHERE
def test_the_page_of_accounts_stands(
    new_context: Callable[..., BrowserContext], built_store: Path, tmp_path: Path, language: str, window: str
) -> None:
    house = start_house(built_store, tmp_path)
    house.command("users", "add", "sun", "--name", "孙工", "--role", "admin")
    house.command("users", "password", "sun", typed=PASSWORD)
    width, height = WINDOWS[window]
    context = new_context(viewport={"width": width, "height": height})
    try:
        log_in(context.new_page(), house, "sun", "accounts")
        problems = walked(context, house.url, ["accounts"], language, window)
    finally:
        house.stop()
    # The people of this house, and the names that they log in with.
    own = re.compile(r"accounts: other language: (孙工|吴主任|张工|sun|wu|zhang) \|.*")
    problems = [problem for problem in problems if not own.fullmatch(problem)]
    assert not problems, f"{window}, {language}:\n" + "\n".join(problems)


def test_from_the_programme_to_the_row_of_a_community(tab: Page, with_detail: RunningApp) -> None:
    visit(tab, with_detail.url, "beneficiaries")
    tab.get_by_test_id("stMain").get_by_role("link", name="小区明细").click()
    tab.get_by_role("link", name="利港街道", exact=True).click()
    expect(tab.get_by_role("heading", name="利港街道2个小区，明细合计与街镇的数不一致")).to_be_visible(timeout=WITHIN)
    tab.get_by_role("link", name="利港街道第2村").click()
    row = tab.locator(".st-key-source_row")
    for text in ("小区台账.xlsx", "台账 第8行", "G8", "累计支付（万元）"):
        expect(row.get_by_text(text, exact=True).first).to_be_visible(timeout=WITHIN)
    stood = stands_at(tab, project="lingang-2023", place="利港街道", community="利港街道第2村")
    assert stood.keys() == {"project", "place", "community"}
    batch = "lingang-2023\u2060@2025-06-30"  # an id
    texts = [each for each in tab.evaluate(TEXTS, list(SKIP)) if each["text"] != batch]
    assert language_faults(texts, "zh") == []
    assert len(tab.context.pages) == 1
    tab.reload()
    expect(row).to_be_visible(timeout=WITHIN)
    tab.get_by_role("button", name="小区：利港街道第2村 ✕").click()
    expect(row).to_have_count(0, timeout=WITHIN)


def test_a_project_of_the_portfolio_opens_in_the_same_window(tab: Page, with_detail: RunningApp) -> None:
    visit(tab, with_detail.url, "portfolio")
    tab.get_by_role("link", name="2023年度申港、夏港区域老小区改造项目").click()
    expect(tab.get_by_role("heading", name="2023年度申港、夏港区域老小区改造项目")).to_be_visible(timeout=WITHIN)
    settle(tab)
    assert (len(tab.context.pages), urlsplit(tab.url).path) == (1, "/")


def test_the_address_of_the_overview_leads_to_it(tab: Page, shared_server: RunningApp) -> None:
    visit(tab, shared_server.url, "overview", place="璜土镇")
    expect(tab.get_by_role("heading", name="2023年度申港、夏港区域老小区改造项目")).to_be_visible(timeout=WITHIN)
    assert stands_at(tab, project="lingang-2023", place="璜土镇").keys() == {"project", "place"}
    assert urlsplit(tab.url).path == "/"
    assert language_faults(tab.evaluate(TEXTS, list(SKIP)), "zh") == []
