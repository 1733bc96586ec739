"""Names that look like Markdown, HTML or a formula stand on every page, and in what leaves it, as the text they are."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext

from core.model.context import Actor
from core.store import read, snapshots
from core.store.opening import open_store
from tests.browser.pages import Listener, navigation, visit
from tests.browser.running_app import RunningApp

PROJECT = "lingang-2023"
NAMES = {
    "璜土镇": "<b id=bad>璜土</b>",
    "夏港街道": "**夏港** $x$ [链](http://192.0.2.1)",
    "申港街道": "=1+1 `申港` :red[x]",
    "利港街道": "![图](http://192.0.2.1/a.png) # 利港",
}
TITLE = "<img src=x onerror=window.bad=1> _旧改_ | 项目 ~~x~~"

FOUND = """(names) => {
    const texts = [];
    const walk = (root) => {
        for (const node of root.querySelectorAll('*')) {
            if (node.shadowRoot) walk(node.shadowRoot);
            if (node.matches('[data-testid="stMain"] *, .score-grid *, .board *, text, tspan')) {
                for (const child of node.childNodes) if (child.nodeType === 3) texts.push(child.textContent);
            }
        }
    };
    walk(document);
    const all = texts.join(' ').replaceAll('\u2060', '').replace(/\\s+/g, ' ');
    return {
        shown: names.filter((name) => all.includes(name)),
        made: [...document.querySelectorAll('#bad, img[src="x"], img[src*="192.0.2.1"], a')]
            .filter((made) => made.localName !== 'a' || made.hostname === '192.0.2.1' || made.id === 'bad')
            .map((made) => made.closest('[data-testid]')?.outerHTML.slice(0, 600)),
        ran: Boolean(window.bad),
    };
}"""


@pytest.mark.full
def test_names_are_text_on_every_page(
    built_store: Path, tmp_path: Path, browser: Browser, new_context: Callable[..., BrowserContext]
) -> None:
    path = Path(shutil.copy(built_store, tmp_path))
    store = open_store(path)
    facts = read.facts(store, PROJECT)
    renamed = replace(
        facts,
        batch=f"{PROJECT}@renamed",
        project=replace(facts.project, name=TITLE, title_places=tuple(NAMES.values())[:2], source="**报告** <i>x</i>"),
        places=tuple(NAMES[place] for place in facts.places),
        budget_groups=tuple(replace(g, places=tuple(NAMES[p] for p in g.places)) for g in facts.budget_groups),
        spend=tuple(replace(line, place=NAMES[line.place]) for line in facts.spend),
        renovation=tuple(replace(line, place=NAMES[line.place]) for line in facts.renovation),
    )
    snapshots.add(store, renamed, Actor("browser-w", "<s>王工</s>"))
    store.close()

    app = RunningApp(path, tmp_path / "log.txt")
    app.start()
    try:
        pages = navigation(browser, app.url)
        shown: set[str] = set()
        for page_path in pages:
            page = new_context().new_page()
            heard = Listener().listen(page)
            visit(page, app.url, page_path)
            found = page.evaluate(FOUND, [*NAMES.values(), TITLE])
            assert (found["made"], found["ran"]) == ([], False), page_path
            assert heard.problems == [], page_path
            shown.update(found["shown"])
            page.close()
        assert shown >= {TITLE, *NAMES.values()}
    finally:
        app.stop()
