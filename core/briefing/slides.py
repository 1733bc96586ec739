"""The slides of the deck by their names, which stay in the file: the one list of them.

A slide is drawn in `core.briefing.deck` and put into place in `deck.deck`; what becomes of an old one is told by
`core.service.briefing.old_deck`. Nothing here needs the library that writes slides.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from core.text import word

Part = Literal["data", "scores", "checks", "findings"]


@dataclass(frozen=True)
class Slide:
    """One slide: what people call it, and what it hangs on."""

    called: str
    part: Part = "data"
    """Changes of which part (`core.service.briefing.view_codes.Since`) can make its figures stale."""


SLIDES: Mapping[str, Slide] = {
    "cover": Slide(word("封面")),
    "overview": Slide(word("总览")),
    "progress": Slide(word("资金、工期与工程")),
    "pace": Slide(word("进度与预测")),
    "streets": Slide(word("各街镇")),
    "funds": Slide(word("资金")),
    "homes": Slide(word("受益")),
    "compared": Slide(word("改造前后")),
    "scorecard": Slide(word("评分表"), "scores"),
    "deductions": Slide(word("扣分"), "scores"),
    "margin": Slide(word("评分差异"), "scores"),
    "checks": Slide(word("数据疑点"), "checks"),
    "findings": Slide(word("问题与建议"), "findings"),
    "basis": Slide(word("口径与来源")),
}
"""In the order of the deck; 核对 is there when it was chosen, 改造前后 when anything of it is reported."""
STREET, STREET_CALLED = "street", word("街镇页")
"""Among the chosen slides: a page a street, beside them."""


def street_id(place: str) -> str:
    """Id of the page of one street."""
    return f"{STREET}:{place}"


def place_of(name: str) -> str:
    """The street of whose page that is the id."""
    return name.partition(":")[2]


def kind_of(name: str) -> str:
    """Id that a slide is chosen by: of a street's page, the id of all of them."""
    return name.partition(":")[0]


def ordered(parts: Sequence[str], places: Sequence[str]) -> tuple[str, ...]:
    """Ids of the slides of a deck in order. `parts`: those that were chosen, (): all; pages of streets stand last, but
    口径与来源 closes the deck.
    """
    names = tuple(each for each in parts if each != STREET) or tuple(SLIDES)
    streets = tuple(map(street_id, places)) if STREET in parts else ()
    end = len(names) - 1 if names[-1] == "basis" else len(names)
    return (*names[:end], *streets, *names[end:])
