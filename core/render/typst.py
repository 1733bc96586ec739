"""Typst: draws frames, the A4 brief and their charts, with the fonts that are pinned and no others.

So a drawing does not hang on the machine, and a server needs no browser for it. What is drawn goes in as JSON: a name
is never read as markup.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Literal, cast

import pylopdf_fonts_zh_cn
import typst

from core.figures.figure import (
    Bars,
    Chart,
    ChartAmount,
    Figure,
    LineChart,
    Pairs,
    SmallMultiples,
    Spans,
    Stack,
    highest_first,
)
from core.figures.palette import CAUTION, CAUTION_PAPER, INK, LINE, MONEY, PAPER, QUIET, STRIP, TIME, TRACK
from core.model.context import Language

ROOT = Path(__file__).parents[1]
"""Templates may include what is below here."""
ALONE = "render/chart.typ"
"""The template of one chart: takes its `width` and `height`, pixels of a frame of 1600, and the `chart`."""
FONT = "Noto Sans SC"
BOLD = ROOT / "render" / "fonts" / "NotoSansSC-Bold.ttf"
"""Its bold; characters that it lacks are taken from Regular, which is of a package."""
_PALETTE = {
    "ink": INK, "quiet": QUIET, "line": LINE, "track": TRACK, "strip": STRIP, "paper": PAPER, "money": MONEY,
    "time": TIME, "caution": CAUTION, "caution_paper": CAUTION_PAPER,
}  # fmt: skip
_one_at_a_time = threading.Lock()


@dataclass(frozen=True)
class Drawn:
    """Remarks of a drawing on itself, a page at a time by the page's id."""

    sizes: Mapping[str, tuple[float, ...]]
    """Sizes of its texts, pixels."""
    cut: Mapping[str, tuple[str, ...]]
    """Texts that found no room."""


@dataclass(frozen=True)
class Drawing:
    """Pages as files (a .pdf is one, whatever its pages), and what they say of themselves."""

    pages: list[bytes]
    said: Drawn


Kind = Literal["pdf", "png", "svg"]


def draw(template: str, data: Mapping[str, Any], kind: Kind, ppi: float = 240) -> Drawing:
    """A template filled with data; `template`: its path below here."""
    with _one_at_a_time:
        made = _compiler().compile(
            input=str(ROOT / template),
            format=kind,
            ppi=ppi,
            sys_inputs=inputs(data),
            # The day of the figures is in them; the day of making would make each file another one.
            timestamp=0,
            pdf_tags=True,
        )
        said = json.loads(_compiler().query("<said>", field="value"))
    return Drawing(made if isinstance(made, list) else [cast(bytes, made)], _by_page(said))


def _by_page(said: list[dict[str, Any]]) -> Drawn:
    sizes: dict[str, tuple[float, ...]] = {}
    cut: dict[str, tuple[str, ...]] = {}
    page = ""
    for each in said:
        page = each.get("page", page)
        if "size" in each:
            sizes[page] = (*sizes.get(page, ()), float(each["size"]))
        if "cut" in each:
            cut[page] = (*cut.get(page, ()), each["cut"])
    return Drawn(sizes, cut)


def locale(language: Language) -> dict[str, Any]:
    """Language and region, which break lines, and narrow quotation marks for English."""
    if language == "zh_CN":
        return {"lang": "zh", "region": "cn", "features": []}
    return {"lang": "en", "region": "gb", "features": ["pwid"]}


def inputs(data: Mapping[str, Any]) -> dict[str, str]:
    """Give a template the data, the palette and the font."""
    return {"data": json.dumps({**data, "palette": _PALETTE, "font": FONT}, ensure_ascii=False)}


@cache
def _compiler() -> typst.Compiler:
    fonts = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(Path(pylopdf_fonts_zh_cn.__file__).parent), str(BOLD.parent)],
    )
    return typst.Compiler(root=str(ROOT), font_paths=fonts, ignore_system_fonts=True)


_KINDS = {Bars: "bars", Stack: "stack", Spans: "spans", LineChart: "lines", Pairs: "pairs"}


def drawable(figure: Figure) -> tuple[Chart, ...]:
    """The charts of a figure that every renderer draws; () where its table says it alone."""
    if isinstance(figure.marks, SmallMultiples):
        return figure.marks.parts
    if isinstance(figure.marks, Bars) and not figure.marks.rows:
        return ()
    return (figure.marks,) if isinstance(figure.marks, Bars | Stack | Spans | LineChart | Pairs) else ()


def chart(found: Chart) -> dict[str, Any]:
    """A chart as the template takes it: its kind, its words, its values as numbers, its days counted."""
    shown = replace(found, rows=tuple(highest_first(found.rows))) if isinstance(found, Spans) else found
    return {"kind": _KINDS[type(found)], **_plain(shown)}


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if is_dataclass(value):
        text = {"text": value.text} if isinstance(value, ChartAmount) else {}
        return text | {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, Decimal):
        return float(value)
    return value.toordinal() if isinstance(value, date) else value
