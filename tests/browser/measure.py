"""Measure every page in every window, language and store: what stands over, in or outside something else.

    python -m tests.browser.measure FOLDER [--stores …] [--pages …] [--windows …] [--languages …]

writes a picture of each page into FOLDER and prints what is wrong. `measure.js` says what is measured.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from core.service.base.sections import SECTIONS
from core.service.manage import demo as demo_project
from tests.browser import stores
from tests.browser.find_browser import HELP, find
from tests.browser.pages import navigation, settle, visit
from tests.browser.running_app import BROWSER_ARGUMENTS, RunningApp

MEASURE = (Path(__file__).parent / "measure.js").read_text(encoding="utf-8")
WINDOWS = {
    "390x844": (390, 844),
    "768x1024": (768, 1024),
    "1366x768": (1366, 768),
    "1440x900": (1440, 900),
    "1920x1080": (1920, 1080),
    "2560x1440": (2560, 1440),
}
TELEPHONE = "390x844"
LEAST_PLOT, LEAST_PLOT_NARROW = 120, 150
"""Pixels that a plot of lines is high at least; on a telephone a page may be scrolled."""
LANGUAGES = ("zh", "en")
STORES: dict[str, Callable[[Path], None]] = {"shipped": stores.shipped, "demo": stores.demo, "missing": stores.missing}
SHOWN = {"demo": demo_project.ID}
"""The project that is looked at in a store, where it is not the first one."""
MOST_EMPTY = 0.20
"""The share of the window that may be empty on 总览."""
SKIP = (
    '[data-testid="stToolbarActions"]',  # Streamlit's own menu
    '[data-testid="stElementToolbar"]',  # Streamlit's own buttons on a chart or table
    ".modebar",  # Plotly's own buttons
    '[data-testid="stSkipToContent"]',  # Streamlit's own, shown to the keyboard only
    '[data-testid="stIconMaterial"]',  # an icon's name, drawn as the icon
)
STILL = """(frames) => new Promise((done) => {
  let before = "", same = 0;
  const look = () => {
    const now = [...document.querySelectorAll('[data-testid="stElementContainer"], .main-svg, .main-svg text')]
      .map((one) => one.getBoundingClientRect())
      .map(({ left, top, width, height }) => [left, top, width, height].map(Math.round).join())
      .join(";");
    same = now === before ? same + 1 : 0;
    before = now;
    if (same >= frames) done(true); else requestAnimationFrame(look);
  };
  look();
})"""
"""Waits until nothing has moved for some frames: charts follow a window that changes a little later."""
FRAMES, FRAMES_NARROW = 15, 60
"""On a telephone charts are drawn once more when it has told the server how narrow it is."""
CHARTS = """() => [...document.querySelectorAll(".js-plotly-plot, .st-key-example_chart")]
  .map((one) => one.getBoundingClientRect())
  .map(({ left, top, right, bottom }) => [left, top, right, bottom].map((each) => Math.max(0, Math.round(each))))"""
SENTENCES = {
    "cut": "“{text}” is cut off by {other}, {by} px of it",
    "shortened": "“{text}” ends in … in {other} and nothing says the rest, {by} px of it",
    "beyond": "“{text}” runs out of {other} by {by} px",
    "over": "“{text}” and “{other}” stand over each other by {by} px",
    "struck": "“{text}” is struck through by {other} over {by} px",
    "sideways": "“{text}” must be scrolled sideways in {other} by {by} px",
    "edge": "{text} begins {by} px beside the title “{other}”",
    "ground": "the ground of “{text}” covers {by} px of “{other}”",
    "small": "“{text}” in {other} has letters of only {by} px",
    "low": "the plot of {text} is only {by} px high",
}
LONGER = """() => {
  const main = document.querySelector('[data-testid="stMain"]');
  return main.scrollHeight - main.clientHeight;
}"""
NEAR = 3.0
"""Lines of text: what lies no nearer to anything drawn is empty."""
LINE = 16
FAINT = 48
"""Levels of grey by which a point must differ from the paper to count as drawn: borders of boxes are fainter."""


def problems(page: Page) -> list[str]:
    """What is wrong with the page as it stands, as sentences."""
    width = page.viewport_size["width"] if page.viewport_size else 0
    least = LEAST_PLOT if width > 640 else LEAST_PLOT_NARROW
    found = page.evaluate(MEASURE, {"skip": list(SKIP), "least": least})
    return list(dict.fromkeys(SENTENCES[each["kind"]].format(**each) for each in found))


def empty_share(picture: Image.Image, line: float, used: Iterable[Sequence[int]] = ()) -> float:
    """The share of a picture that lies farther than NEAR lines of text (`line` pixels) from all that is drawn.

    `used`: boxes (left, top, right, bottom) that count as drawn over all their area, charts.
    """
    grey = np.asarray(picture.convert("L"), dtype=np.int16)
    drawn = (255 - grey > FAINT).astype(np.int32)
    for left, top, right, bottom in used:
        drawn[top:bottom, left:right] = 1
    reach = round(NEAR * line)
    around = np.pad(drawn, ((reach + 1, reach), (reach + 1, reach))).cumsum(0).cumsum(1)
    size = 2 * reach + 1
    inside = around[size:, size:] - around[:-size, size:] - around[size:, :-size] + around[:-size, :-size]
    return float((inside == 0).mean())


def page_problems(page: Page, path: str, picture: Path | None = None) -> list[str]:
    """What is wrong with a page that stands still; on 总览 also how much of the window is empty and whether it fits."""
    width = page.viewport_size["width"] if page.viewport_size else 0
    page.evaluate(STILL, FRAMES if width > 640 else FRAMES_NARROW)
    settle(page)
    found = problems(page)
    whole = not path and width >= 1000
    shot = page.screenshot(path=picture) if picture or whole else b""
    if whole:
        line = LINE * float(page.evaluate("() => parseFloat(getComputedStyle(document.documentElement).fontSize) / 14"))
        share = empty_share(Image.open(BytesIO(shot)), line, page.evaluate(CHARTS))
        if share > MOST_EMPTY:
            found.append(f"{share:.0%} of the window is empty")
        if (longer := int(page.evaluate(LONGER))) > 1:
            found.append(f"the page is {longer} px longer than the window")
    return found


def measured(
    browser: Browser,
    url: str,
    *,
    paths: Sequence[str],
    windows: Iterable[str] = WINDOWS,
    language: str = "zh",
    store: str = "",
    folder: Path | None = None,
) -> Iterator[str]:
    """What is wrong with pages of a server in these windows, each a sentence that names page, window and store."""
    asked = {} if language == "zh" else {"lang": language}
    if store in SHOWN:
        asked["project"] = SHOWN[store]
    small = [name for name in windows if name == TELEPHONE]
    for group in (small, [name for name in windows if name != TELEPHONE]):
        if not group:
            continue
        width, height = WINDOWS[group[0]]
        finger = group is small
        size = ViewportSize(width=width, height=height)
        context = browser.new_context(viewport=size, locale="zh-CN", has_touch=finger, is_mobile=finger)
        page = context.new_page()
        for path in paths:
            visit(page, url, path, **asked)
            for name in group:
                width, height = WINDOWS[name]
                page.set_viewport_size({"width": width, "height": height})
                settle(page)
                at = f"{store}-{path or 'overview'}-{name}-{language}"
                for found in page_problems(page, path, folder and folder / f"{at}.png"):
                    yield f"{at}: {found}"
        context.close()


@contextmanager
def serving(store: str, folder: Path) -> Iterator[RunningApp]:
    """A server on one of STORES, made in a folder."""
    path = folder / f"{store}.duckdb"
    STORES[store](path)
    app = RunningApp(path, folder / f"{store}.log")
    app.start()
    try:
        yield app
    finally:
        app.stop()


def all_pages(browser: Browser, url: str) -> list[str]:
    """The address of each page that the menu leads to, and of those that only links lead to."""
    return [*navigation(browser, url), *(page for page, section in SECTIONS.items() if not section.menu)]


def main() -> int:
    """Measure what is asked for; 1 where anything is wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--stores", nargs="+", default=list(STORES), choices=list(STORES))
    parser.add_argument("--pages", nargs="+")
    parser.add_argument("--windows", nargs="+", default=list(WINDOWS), choices=list(WINDOWS))
    parser.add_argument("--languages", nargs="+", default=list(LANGUAGES), choices=list(LANGUAGES))
    asked = parser.parse_args()
    if (browser_path := find()) is None:
        sys.exit(HELP)
    asked.folder.mkdir(parents=True, exist_ok=True)
    count = 0
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(browser_path), args=list(BROWSER_ARGUMENTS))
        for store in asked.stores:
            with serving(store, Path(name)) as app:
                paths = asked.pages or all_pages(browser, app.url)
                paths = ["" if path == "overview" else path for path in paths]
                for language in asked.languages:
                    found = measured(
                        browser,
                        app.url,
                        paths=paths,
                        windows=asked.windows,
                        language=language,
                        store=store,
                        folder=asked.folder,
                    )
                    for problem in found:
                        print(problem, flush=True)
                        count += 1
        browser.close()
    print(f"{count} problems; pictures in {asked.folder}")
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main())
