"""Links are seen as links, the keyboard's place is seen, nothing moves for who asks for stillness; axe: test_walk."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.browser.pages import visit
from tests.browser.running_app import RunningApp

PATHS = [
    pytest.param(path, marks=() if path in ("", "findings") else pytest.mark.full)
    for path in (
        "", "budget", "beneficiaries", "scorecard", "panel", "schemes", "history", "checks", "alarms", "findings",
        "standards", "frames", "verify", "importing",
    )
]  # fmt: skip
STOPS = 25
PLAIN_LINKS = """() => [...document.querySelectorAll('[data-testid="stMain"] a[href]')]
  .filter((link) => link.checkVisibility() && link.textContent.trim())
  .filter((link) => {
    const words = [link, ...link.querySelectorAll("*")].filter((one) => one.textContent.trim());
    const colours = new Set(words.map((one) => getComputedStyle(one).color));
    const around = getComputedStyle(document.querySelector('[data-testid="stMain"]')).color;
    const lined = words.some((one) => getComputedStyle(one).textDecorationLine.includes("underline"));
    return !lined && [...colours].every((colour) => colour === around);
  })
  .map((link) => link.textContent.trim().slice(0, 40))"""
"""Links that look like the text around them."""
UNSEEN = """() => {
  let cell = document.activeElement;
  while (cell?.shadowRoot?.activeElement) cell = cell.shadowRoot.activeElement;
  if (!cell || cell === document.body) return "";
  for (let one = cell, steps = 0; one && steps < 4; one = one.parentElement, steps++) {
    const its = getComputedStyle(one);
    if (its.outlineStyle !== "none" && parseFloat(its.outlineWidth) >= 1) return "";
    if (its.boxShadow !== "none") return "";
    if (its.borderColor.includes("18, 67, 109")) return "";
  }
  return cell.outerHTML.slice(0, 140);
}"""
"""The element with the focus where nothing marks it; "" where something does."""
MOVING = """() => [...document.querySelectorAll("*")].filter((one) => {
  const its = getComputedStyle(one);
  const longest = (text) => Math.max(...text.split(",").map(parseFloat));
  const moves = its.animationName !== "none" && longest(its.animationDuration) > 0.02;
  return moves || longest(its.transitionDuration) > 0.02;
}).map((one) => one.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize("path", PATHS)
def test_links_look_like_links_and_the_keyboards_place_is_seen(tab: Page, shared_server: RunningApp, path: str) -> None:
    tab.set_viewport_size({"width": 1366, "height": 768})
    visit(tab, shared_server.url, path)
    assert tab.evaluate(PLAIN_LINKS) == []
    unseen = []
    for _ in range(STOPS):
        tab.keyboard.press("Tab")
        unseen.append(tab.evaluate(UNSEEN))
    assert [each for each in unseen if each] == []


def test_nothing_moves_for_who_asks_for_stillness(
    new_context: Callable[..., BrowserContext], shared_server: RunningApp
) -> None:
    page = new_context(reduced_motion="reduce").new_page()
    for path in ("", "scorecard", "findings"):
        visit(page, shared_server.url, path)
        assert page.evaluate(MOVING) == [], path
