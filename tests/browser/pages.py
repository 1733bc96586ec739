"""What the browser tests say to a page: open it, wait until it stands still, listen to what goes wrong."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlencode, urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Request, Response, expect

WITHIN = 20_000
"""Milliseconds that a page may take on a machine that two browsers share."""

STILL = '[data-testid="stApp"][data-test-script-state="notRunning"][data-test-connection-state="CONNECTED"]'
ADDRESS = "127.0.0.1"
LINK = ':is([data-testid="stTopNavLink"], [data-testid="stTopNavDropdownLink"])'
GROUP = '[data-testid="stTopNavSection"]'
"""Of the menu at the top: a page, and a heading that opens to several."""


DRAWN = f"""() => document.querySelector('{STILL}')
  && !document.querySelector('[data-stale="true"]')
  && [...document.querySelectorAll('.st-key-who')].every(one => one.querySelector('.who-is-there[data-heard]'))
  && !document.querySelector('[data-testid="stAppSkeleton"], [data-testid="stSkeleton"]')
  && !document.querySelector('[class*="st-key-first_sight_"]')
  && document.querySelector('[data-testid="stMain"] [data-testid="stElementContainer"]')
  && [...document.querySelectorAll('[data-testid="stPlotlyChart"]')].every(one => one.querySelector('.main-svg'))
  && [...document.querySelectorAll('[data-testid="stBidiComponentIsolated"]')]
       .every(one => one.shadowRoot?.querySelector(':not(style, link)'))"""
"""All at one moment: while it is not yet known who asks, a first run of the script ends and a second one follows."""


def settle(page: Page) -> None:
    """Wait until the script has ended and knows who asks, nothing is stale or loading, charts and grids are drawn."""
    page.wait_for_function(DRAWN, timeout=WITHIN)
    page.evaluate("() => document.fonts.ready.then(() => true)")


def wait_until_cut_off(page: Page) -> None:
    """Wait until the page has noticed that its server is gone (before that it still looks connected)."""
    expect(page.locator('[data-testid="stApp"]:not([data-test-connection-state="CONNECTED"])')).to_be_attached(
        timeout=WITHIN
    )


def visit(page: Page, url: str, path: str = "", **query: str) -> None:
    """Open a page of the app by its address and wait until it stands still."""
    page.goto(f"{url}/{path}" + (f"?{urlencode(query)}" if query else ""), wait_until="domcontentloaded")
    settle(page)


def named(url: str) -> dict[str, str]:
    """What an address asks for, by name."""
    return dict(parse_qsl(urlsplit(url).query))


def stands_at(page: Page, **asked: str) -> dict[str, str]:
    """Wait until the address names what is asked and the page stands still with it; everything that it names.

    After a click the page stands still for a moment before its script begins: only the address tells that it ended.
    """
    page.wait_for_url(lambda url: asked.items() <= named(url).items(), timeout=WITHIN)
    settle(page)
    there = named(page.url)
    assert asked.items() <= there.items(), page.url
    return there


def menu(page: Page) -> dict[str, str]:
    """The menu at the top as it reads: what each page's link is called, and where it leads. Opens each group once."""
    found = {link.inner_text(): link.get_attribute("href") or "" for link in page.locator(LINK).all()}
    for group in page.locator(GROUP).all():
        group.click()
        inside = page.get_by_test_id("stTopNavPopover")
        expect(inside).to_be_visible(timeout=WITHIN)
        found |= {link.inner_text(): link.get_attribute("href") or "" for link in inside.locator(LINK).all()}
        page.keyboard.press("Escape")
        expect(inside).to_have_count(0, timeout=WITHIN)
    return found


def unfolded(page: Page, link: str) -> Locator:
    """The link of the menu that a selector names; the group that it stands in is opened."""
    groups = iter(page.locator(GROUP).all())
    while not page.locator(link).count():
        page.keyboard.press("Escape")
        next(groups).click()
        expect(page.get_by_test_id("stTopNavPopover")).to_be_visible(timeout=WITHIN)
    return page.locator(link).first


def go(page: Page, name: str) -> None:
    """Open another page by the menu at the top, whatever group it stands in, and wait until it stands still."""
    # The home page may bear the number of one's own tasks.
    link = unfolded(page, f'{LINK}:has(:text-matches("^{name}(（[0-9]+）| \\\\([0-9]+\\\\))?$"))')
    there = urlsplit(link.get_attribute("href") or "").path
    link.click()
    page.wait_for_url(lambda url: urlsplit(url).path == there, timeout=WITHIN)
    settle(page)


def from_menu(box: Locator, entry: str) -> None:
    """Choose an entry of a figure's menu ⋯."""
    box.locator('[aria-haspopup="menu"]').click()
    box.get_by_role("menuitem", name=entry, exact=True).click()


def navigation(browser: Browser, url: str) -> list[str]:
    """The path of each page, as the app's own navigation links it; the first page's is empty."""
    page = browser.new_page(viewport={"width": 1600, "height": 900})
    visit(page, url)
    found = list(menu(page).values())
    page.close()
    assert len(found) >= 2, "the navigation links no pages"
    return [href.removeprefix(url).split("?")[0].strip("/") for href in found]


def _is_streamlits_search(url: str) -> bool:
    """Whether the request is Streamlit's own search for its server: below a deep link's path first, then above it."""
    path = urlsplit(url).path
    return path.endswith(("/_stcore/health", "/_stcore/host-config")) and not path.startswith("/_stcore/")


@dataclass
class Listener:
    """Everything that went wrong on a page, as sentences: requests, answers, console, exceptions."""

    problems: list[str] = field(default_factory=list)

    def listen(self, page: Page) -> Listener:
        page.on("request", self._request)
        page.on("requestfailed", self._failed)
        page.on("response", self._response)
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.problems.append(f"exception: {error}"))
        return self

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.hostname != ADDRESS:
            self.problems.append(f"foreign request: {request.url}")

    def _failed(self, request: Request) -> None:
        # A page that is left takes its open requests along; that is no failure of the page.
        if request.failure != "net::ERR_ABORTED":
            self.problems.append(f"failed request: {request.url} {request.failure}")

    def _response(self, response: Response) -> None:
        if response.status >= 400 and not _is_streamlits_search(response.url):
            self.problems.append(f"answer {response.status}: {response.url}")

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not _is_streamlits_search(message.location.get("url", "")):
            self.problems.append(f"console: {message.text}")
