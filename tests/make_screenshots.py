"""`make screenshots`: the pictures in docs/, every page as a plain 1600 x 900 window at scale 2.

Taken from a freshly built store of their own, so that nobody's scores get into them.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # run as a script, the repository's root is not on the path

from core.service.base.open_store import build_at  # noqa: E402
from tests.browser.find_browser import HELP, find  # noqa: E402
from tests.browser.pages import navigation, visit  # noqa: E402
from tests.browser.running_app import BROWSER_ARGUMENTS, RunningApp  # noqa: E402

WINDOW = {"width": 1600, "height": 900}


def take(browser: Browser, url: str, path: str, language: str, target: Path) -> None:
    """One picture of one page."""
    context = browser.new_context(viewport=WINDOW, device_scale_factor=2, locale="zh-CN")  # type: ignore[arg-type]
    page = context.new_page()
    visit(page, url, path, **({} if language == "zh" else {"lang": language}))
    page.screenshot(path=target)
    context.close()
    print(target.relative_to(ROOT))


def main() -> None:
    """Build, start, take, stop."""
    browser_path = find()
    if browser_path is None:
        sys.exit(HELP)
    docs = ROOT / "docs"
    docs.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        store = Path(folder) / "renewal.duckdb"
        build_at(store)
        app = RunningApp(store, Path(folder) / "server.log")
        app.start()
        browser = playwright.chromium.launch(executable_path=str(browser_path), args=list(BROWSER_ARGUMENTS))
        try:
            for path in navigation(browser, app.url):
                take(browser, app.url, path, "zh", docs / f"{path or 'overview'}.png")
            take(browser, app.url, "", "en", docs / "overview-en.png")
        finally:
            browser.close()
            app.stop()


if __name__ == "__main__":
    main()
