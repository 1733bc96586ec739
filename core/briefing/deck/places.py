"""Where things stand on the slides of a layout: in its own places, and in boxes where it has none. Inches."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.oxml.ns import qn

from core.briefing.deck.box import Box
from core.errors import Message

WIDE, HIGH = 13.333, 7.5
"""Inches of a slide: 16:9."""
MARGIN = 0.591

Role = Literal["cover", "content"]
Line = Literal["kind", "below", "day", "as_of", "scope", "footer", "number", "document"]
CALLED: Mapping[Line, str] = {
    "kind": "类别占位符", "below": "副标题占位符", "day": "日期占位符", "footer": "页脚占位符", "number": "页码占位符",
    "document": "副标题占位符", "as_of": "日期文字占位符", "scope": "范围占位符",
}  # fmt: skip
"""What each place is called on a slide, in whatever template: by that a deck is held against another."""
TITLE = "标题占位符"

_BAND = 0.232
_TOP = Box(0, 0, WIDE, _BAND)


@dataclass(frozen=True)
class Places:
    """A layout, and where the lines of its slides stand."""

    layout: Any
    taken: Mapping[int, str]
    """Which of its placeholders are used, by their number, and what they are called on the slide."""
    boxes: Mapping[Line, Box]
    """Where a line stands that has no place of its own, or too small a one."""
    room: Box
    """Between title and foot."""
    foot: float
    """The line above the foot."""
    code: float
    """Where the words beside the QR code end."""
    band: Box = _TOP
    """What the slide's figures are, across it."""
    small_footer: bool = False
    """Whether the template's place for a footer is too small for what stands there; it is moved then."""
    covered: bool = False
    """Whether a picture or a colour of the layout's own lies behind everything."""
    title: Box | None = None
    """Where the title stands, if not where the layout has it: a high place for one line takes room from the rest."""
    ours: bool = False
    """Whether the layout was made for these slides: colours and fonts of its places are said on the slide too."""


def of_ours(layout: Any, role: Role) -> Places:
    """The places of a layout of our own, which has all of them."""
    taken = {each.placeholder_format.idx: each.name for each in layout.placeholders}
    top = 3.98 if role == "cover" else 1.5
    room = Box(MARGIN, top, WIDE - 2 * MARGIN, 6.726 - top)
    return Places(layout, taken, {}, room, 6.866, 11.65, ours=True)


_TITLES = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)
_WORDS = (PP_PLACEHOLDER.BODY, PP_PLACEHOLDER.SUBTITLE)
_FEET: Mapping[Any, Line] = {
    PP_PLACEHOLDER.FOOTER: "footer", PP_PLACEHOLDER.DATE: "day", PP_PLACEHOLDER.SLIDE_NUMBER: "number",
}  # fmt: skip
_LEAST_WIDE, _LEAST_HIGH = 10.0, 3.6
"""Inches that charts and tables need."""
_WANTED = 5.15
"""Inches that show all that our own layout shows."""
_TITLE_WIDE, _TITLE_HIGH = 5.0, 0.62
_FOOTER = 7.0
"""Inches that source and basis need, a line each."""
_STRIP, _CODE, _SQUARE, _NUMBER = 0.56, 2.3, 0.433, 0.45
"""Inches of the foot: its height, the words beside the code, the code, and the page's number."""
_ROW = 0.3
"""Inches of the line below a title."""
_WHOLE = 0.6
"""Share of a slide from which a shape is its background."""
_LINE = 0.8
"""Inches that a place for one line is high at most."""


def content_places(masters: Sequence[Any]) -> Places | Message:
    """The layout that fits slides with a title and charts best, or the sentence why there is none."""
    found = [places for layout in _layouts(masters) if (places := _content(layout)) is not None]
    if not found:
        return Message("模板里没有带标题占位符的内容版式。请在母版里加一个“仅标题”版式，另存后再用。")
    fitting = [each for each in found if each.room.height >= _LEAST_HIGH and each.room.width >= _LEAST_WIDE]
    if not fitting:
        best = max(found, key=lambda each: min(each.room.height / _LEAST_HIGH, each.room.width / _LEAST_WIDE))
        return Message(
            "模板的内容版式“{name}”在标题和页脚之间只有{wide}×{high}厘米，至少要{least}×{low}厘米。"
            "请把标题占位符改矮，或加一个“仅标题”版式，另存后再用。",
            {
                "name": best.layout.name, "wide": _cm(best.room.width), "high": _cm(max(best.room.height, 0.0)),
                "least": _cm(_LEAST_WIDE), "low": _cm(_LEAST_HIGH),
            },
        )  # fmt: skip
    return min(fitting, key=lambda each: (_unfit(each.layout), -each.room.height))


def cover_places(masters: Sequence[Any], content: Places) -> Places:
    """The layout of a title slide; that of the content where there is none."""
    layouts = list(_layouts(masters))
    own = [each for each in layouts if _kind(each) == "title" or _of(each, (PP_PLACEHOLDER.CENTER_TITLE,))]
    own = own or [each for each in layouts if _of(each, _TITLES) and _of(each, (PP_PLACEHOLDER.SUBTITLE,))]
    layout = next((each for each in own if _of(each, _TITLES)), content.layout)
    title = _box(_of(layout, _TITLES)[0])
    below = _of(layout, (PP_PLACEHOLDER.SUBTITLE,)) or (_of(layout, _WORDS) if _kind(layout) == "title" else [])
    foot, code, boxes, taken = _foot(layout, content.room)
    taken |= {_of(layout, _TITLES)[0].placeholder_format.idx: TITLE}
    if below:
        taken |= {below[0].placeholder_format.idx: COVER_LINES}
        place = _box(below[0])
        boxes["document"] = Box(place.left, place.top, place.width, min(place.height, foot - 0.1 - place.top))
    else:
        boxes["document"] = Box(title.left, title.top + title.height + 0.1, title.width, 1.8)
    start = boxes["document"].top + boxes["document"].height + 0.1
    room = Box(content.room.left, start, content.room.width, max(foot - 0.14 - start, 0.0))
    if _decorated(layout, room):
        room = Box(room.left, room.top, room.width, 0.0)
    band = _TOP if title.top >= _BAND else Box(0, HIGH - _BAND, WIDE, _BAND)
    return Places(layout, taken, boxes, room, foot, code, band, _small_footer(layout), _covered(layout))


COVER_LINES = "封面文字占位符"
"""One place for all that stands below the title of a cover."""


def lacking(cover: Places, content: Places) -> list[Message]:
    """A sentence for each thing that the template lacks, all at once."""
    out = []
    if cover.layout is content.layout:
        out.append(Message("模板没有标题页版式，封面用版式“{name}”。", {"name": cover.layout.name}))
    elif COVER_LINES not in cover.taken.values():
        out.append(Message("模板的标题页没有副标题占位符，封面的日期和范围用文本框。"))
    if CALLED["below"] not in content.taken.values():
        params = {"name": content.layout.name}
        out.append(Message("模板的版式“{name}”没有副标题占位符，标题下的一行用文本框。", params))
    if content.title is not None:
        out.append(Message("模板的标题占位符较高，改矮了，好放下图和表。"))
    if content.small_footer:
        out.append(Message("模板的页脚占位符较窄，放不下来源和口径，移到页脚上方。"))
    names = {"footer": Message("页脚"), "day": Message("日期"), "number": Message("页码")}
    for line, name in names.items():
        missing = [each for each in (content, cover) if CALLED[line] not in each.taken.values()]  # type: ignore[index]
        if content in missing:
            out.append(Message("模板没有{name}占位符，{name}用文本框。", {"name": name}))
        elif missing and line != "day":  # the cover has its day in another line
            out.append(Message("模板的标题页没有{name}占位符，封面的{name}用文本框。", {"name": name}))
    return out


def _layouts(masters: Sequence[Any]) -> Iterator[Any]:
    return (layout for master in masters for layout in master.slide_layouts)


def _kind(layout: Any) -> str:
    return str(layout.element.get("type", ""))


def _unfit(layout: Any) -> int:
    """How many places of a layout are left empty: none is best."""
    if _kind(layout) == "titleOnly":
        return 0
    others = [each for each in layout.placeholders if each.placeholder_format.type not in (*_TITLES, *_FEET)]
    return 1 + len(others)


def _content(layout: Any) -> Places | None:
    titles = _of(layout, (PP_PLACEHOLDER.TITLE,))
    if not titles or _kind(layout) in ("title", "secHead", "blank", "vertTitleAndTx"):
        return None
    title = _box(titles[0])
    if title.width < _TITLE_WIDE or title.top > HIGH / 3:
        return None
    taken = {titles[0].placeholder_format.idx: TITLE}
    wide, lower = _width(layout, title), None
    heads = [each.top + each.height + 0.05 for each in _heads(layout, wide)]
    start = max([title.top + title.height + 0.03, *heads])
    line = next((each for each in _of(layout, _WORDS) if _is_line(_box(each), title)), None)
    foot, code, boxes, feet = _foot(layout, wide)
    boxes["kind"] = Box(wide.left + wide.width * 0.75, start, wide.width * 0.25, 0.24)
    boxes["below"] = Box(wide.left, start, wide.width * 0.74, 0.27)
    if line is not None:
        taken[line.placeholder_format.idx] = CALLED["below"]
        place = _box(line)
        boxes["kind"] = Box(wide.left, place.top + place.height + 0.03, wide.width, 0.24)
        boxes["below"] = place
        start = place.top + place.height + 0.03
    top = start + _ROW
    end = foot - 0.1
    if (
        line is None
        and not heads
        and end - top < _WANTED
        and title.height > _TITLE_HIGH
        and not _drawn_on(layout, title)
    ):
        lower = Box(title.left, title.top, title.width, max(_TITLE_HIGH, title.height - (_WANTED - (end - top))))
        less = title.height - lower.height
        top -= less
        boxes |= {name: replace(boxes[name], top=boxes[name].top - less) for name in ("kind", "below")}
    band = _TOP
    if title.top < _BAND:  # there is no room above the title
        end -= _BAND + 0.05
        band = Box(wide.left, end + 0.05, wide.width, _BAND)
    room = Box(wide.left, top, wide.width, end - top)
    return Places(layout, taken | feet, boxes, room, foot, code, band, _small_footer(layout), _covered(layout), lower)


def _is_line(place: Box, title: Box) -> bool:
    near = title.top + title.height - 0.1 <= place.top <= title.top + title.height + 0.6
    return near and place.height <= _LINE and place.width >= _TITLE_WIDE


def _foot(layout: Any, wide: Box) -> tuple[float, float, dict[Line, Box], dict[int, str]]:
    """The top of the foot, above the template's own; where words beside the code end; boxes; places that are used."""
    feet = _of(layout, tuple(_FEET))
    taken = {each.placeholder_format.idx: CALLED[_FEET[each.placeholder_format.type]] for each in feet}
    low = [_box(each).top for each in feet if _box(each).top > HIGH * 0.75]
    low += [each.top for each in _decor(layout) if each.top > HIGH * 0.75]
    foot = min([*low, HIGH - 0.08]) - _STRIP
    right = wide.left + wide.width
    numbered = CALLED["number"] in taken.values()
    code = right - (0 if numbered else _NUMBER) - _SQUARE - 0.1
    boxes: dict[Line, Box] = {
        "footer": Box(wide.left, foot + 0.02, code - _CODE - 0.15 - wide.left, _STRIP - 0.04),
        "day": Box(code - _CODE, foot + 0.06, _CODE, 0.2),
        "number": Box(right - _NUMBER + 0.05, foot + 0.16, _NUMBER - 0.05, 0.25),
    }
    return foot, code, boxes, taken


def _small_footer(layout: Any) -> bool:
    return any(_box(each).width < _FOOTER for each in _of(layout, (PP_PLACEHOLDER.FOOTER,)))


def _width(layout: Any, title: Box) -> Box:
    """The width that the template gives to what stands below a title."""
    own = _of(layout, (PP_PLACEHOLDER.OBJECT,)) or _of(
        layout.slide_master, (PP_PLACEHOLDER.BODY, PP_PLACEHOLDER.OBJECT)
    )
    boxes = [box for each in own if (box := _box(each)).width >= _LEAST_WIDE]
    wide = max(boxes, key=lambda each: each.width) if boxes else title
    left, right = wide.left + 0.1, wide.left + wide.width - 0.1  # where its words begin and end
    for each in _decor(layout):
        if each.height > HIGH / 2 and each.width < WIDE / 4:
            left = max(left, each.left + each.width + 0.1) if each.left < WIDE / 2 else left
            right = min(right, each.left - 0.1) if each.left >= WIDE / 2 else right
    return Box(left, 0.0, min(right, WIDE - 0.2) - left, HIGH)


def _heads(layout: Any, wide: Box) -> Iterator[Box]:
    """What else stands at the top: a line below the title, a date, a strip of colour."""
    feet = [_box(each) for each in layout.placeholders if each.placeholder_format.type in _FEET]
    for each in (*_decor(layout), *feet):
        across = min(each.left + each.width, wide.left + wide.width) - max(each.left, wide.left)
        if each.top + each.height < HIGH / 3 and each.height < HIGH / 4 and across > 0.1:
            yield each


def _decor(layout: Any) -> Iterator[Box]:
    """What is drawn on a layout and its master, but for what fills the slide."""
    shapes = [each for each in layout.shapes if not each.is_placeholder]
    if layout.element.get("showMasterSp") not in ("0", "false"):
        shapes += [each for each in layout.slide_master.shapes if not each.is_placeholder]
    for each in shapes:
        box = _box(each)
        if box.width * box.height < _WHOLE * WIDE * HIGH:
            yield box


def _decorated(layout: Any, room: Box) -> bool:
    """Whether something of the template's lies where charts would: a picture, a block of colour, a background."""
    if layout.element.cSld.find(qn("p:bg")) is not None:
        return True
    shapes = [each for each in (*layout.shapes, *layout.slide_master.shapes) if not each.is_placeholder]
    return any(_meet(_box(each), room) for each in shapes)


def _covered(layout: Any) -> bool:
    drawn = [_box(each) for each in layout.shapes if not each.is_placeholder]
    filled = any(each.width * each.height >= _WHOLE * WIDE * HIGH for each in drawn)
    return filled or layout.element.cSld.find(qn("p:bg")) is not None


def _drawn_on(layout: Any, place: Box) -> bool:
    """Whether something is drawn behind a place, or around it."""
    near = Box(place.left, place.top, place.width, place.height + 0.15)
    return any(_meet(each, near) for each in _decor(layout))


def _meet(one: Box, other: Box) -> bool:
    across = min(one.left + one.width, other.left + other.width) - max(one.left, other.left)
    down = min(one.top + one.height, other.top + other.height) - max(one.top, other.top)
    return across > 0 and down > 0


def _of(layout: Any, kinds: Sequence[Any]) -> list[Any]:
    return [each for each in layout.placeholders if each.placeholder_format.type in kinds and each.width is not None]


def _box(shape: Any) -> Box:
    return Box(*((each or 0) / 914400 for each in (shape.left, shape.top, shape.width, shape.height)))


def _cm(inches: float) -> str:
    return f"{inches * 2.54:.1f}"
