"""Rules that a frame keeps to before it leaves: each breach is a sentence that names the frame."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from core.briefing.frames.frame import MOST_CHARTS, MOST_FIGURES, SMALLEST, Frame
from core.errors import InputError, Message, RowProblem
from core.figures.figure import Bars, LineChart, Spans
from core.figures.palette import SCENARIO_BAND
from core.render.typst import Drawn
from core.text import render

_SAID_OF_NOTHING = re.compile(r"[:：]\s*$")
"""A foot's part whose label has nothing behind it."""


class FrameProblem(RowProblem):
    """One breach; `file` is the frame's name."""

    def sentence(self) -> Message:
        """The problem with its frame in front."""
        return Message("图框“{frame}”：{problem}", {"frame": self.file, "problem": self.message})


def lint(frames: Sequence[Frame], drawn: Drawn) -> tuple[FrameProblem, ...]:
    """Every breach of the rules of a picture; `drawn`: what their drawing says of itself."""
    return tuple(FrameProblem(frame.name, None, None, problem) for frame in frames for problem in _of(frame, drawn))


def passed(frames: Sequence[Frame], drawn: Drawn) -> None:
    """Raises InputError with all problems of all frames: nothing is exported then."""
    problems = lint(frames, drawn)
    if problems:
        raise InputError(Message("图框未导出：有{count}处不符合要求。", {"count": len(problems)}), problems)


def _of(frame: Frame, drawn: Drawn) -> Iterator[Message]:
    yield from _words(frame)
    yield from _counts(frame)
    yield from _sizes(frame, drawn)
    yield from _colours(frame)
    yield from _bars(frame)
    yield from _bands(frame)


def _words(frame: Frame) -> Iterator[Message]:
    if not frame.title.strip():
        yield Message("缺少标题（结论）")
    parts = (
        (frame.unit, Message("缺少单位")),
        (frame.as_of, Message("缺少数据截止日")),
        (frame.source, Message("缺少数据来源")),
        (frame.basis, Message("缺少口径")),
    )
    for text, problem in parts:
        if not text.strip() or _SAID_OF_NOTHING.search(text):
            yield problem


def _counts(frame: Frame) -> Iterator[Message]:
    if len(frame.figures) > MOST_FIGURES:
        yield Message("{count}个大数，最多{most}个", {"count": len(frame.figures), "most": MOST_FIGURES})
    if len(frame.charts) > MOST_CHARTS:
        yield Message("{count}张图，最多{most}张", {"count": len(frame.charts), "most": MOST_CHARTS})


def _sizes(frame: Frame, drawn: Drawn) -> Iterator[Message]:
    sizes = drawn.sizes.get(frame.id, ())
    if not sizes:
        yield Message("没有画出文字")
    elif min(sizes) < SMALLEST:
        yield Message("文字最小{size}像素，应不小于{least}像素", {"size": f"{min(sizes):g}", "least": SMALLEST})
    for text in dict.fromkeys(drawn.cut.get(frame.id, ())):
        yield Message("放不下：{text}", {"text": text[:40]})


def _colours(frame: Frame) -> Iterator[Message]:
    for amount in frame.amounts:
        if amount.place is not None and amount.colour != frame.colours.get(amount.place):
            yield Message("{place}的颜色与全套图不一致", {"place": amount.place})


def _bars(frame: Frame) -> Iterator[Message]:
    for chart in frame.charts:
        if isinstance(chart, Bars | Spans | LineChart) and chart.start != 0:
            yield Message("“{chart}”的轴不从0开始", {"chart": chart.title})
        if isinstance(chart, Bars) and chart.ordered:
            known = [row.amounts[0].value for row in chart.rows if row.amounts[0].value is not None]
            if known != sorted(known, reverse=True):
                yield Message("“{chart}”的条没有按大小排列", {"chart": chart.title})


def _bands(frame: Frame) -> Iterator[Message]:
    striped = any(amount.assumed for amount in frame.amounts)
    due = (*frame.due, *([render(SCENARIO_BAND, frame.language)] if striped else []))
    for band in dict.fromkeys(due):
        if band not in frame.bands:
            yield Message("缺少“{band}”标识", {"band": band})
