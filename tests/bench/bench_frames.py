"""Frames as PDF and as a picture, against Typst setting the same words and bars bare.

    .venv/bin/python tests/bench/bench_frames.py

Not run by the tests. Each part is the median of a few runs over changing figures, so that nothing is remembered from
the run before; the machine should have nothing else to do.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))  # run as a script, the repository's root is not on the path

from core.briefing import typeset  # noqa: E402
from core.briefing.frames import draw  # noqa: E402
from core.briefing.frames.frame import Frame  # noqa: E402
from core.model.context import Actor, Context  # noqa: E402
from core.service import briefing, frames, home  # noqa: E402
from tests.bench.bench import Line  # noqa: E402

TIMES = 7
CTX = Context(Actor("bench-frames", "测速"))
PROJECT = "lingang-2023"
BOUND = 1000.0
RATIO = 1.5

BARE = """
#let data = json(bytes(sys.inputs.data))
#set page(width: 960pt, height: 540pt, margin: 30pt)
#set text(font: data.font, size: 12pt)
#for page in data.pages {
  for text in page.texts { par(text) }
  for table-of in page.tables { table(columns: table-of.at(0).len(), ..table-of.flatten()) }
  for share in page.shares { rect(width: share * 400pt, height: 9pt, fill: navy) }
  pagebreak(weak: true)
}
"""
"""What a frame says, without anybody having placed, measured or fitted it."""


def bare(found: tuple[Frame, ...]) -> Callable[[], object]:
    """Typst compiling the same texts, tables and bars, no more."""
    pages = [
        {
            "texts": [
                each.title, *each.foot, *each.sentences,
                *(text for figure in each.figures for text in vars(figure).values()),
                *(amount.text for amount in each.amounts),
            ],
            "tables": [[list(table.headings), *map(list, table.rows)] for table in each.tables],
            "shares": [min(float(abs(amount.value or 0)) % 1, 1.0) for amount in each.amounts],
        }
        for each in found
    ]  # fmt: skip
    inputs = {"data": json.dumps({"pages": pages, "font": typeset.FONT}, ensure_ascii=False)}
    return lambda: typeset._compiler().compile(input=BARE.encode(), format="pdf", sys_inputs=inputs)


def timed(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return (time.perf_counter() - start) * 1000


def changed(found: tuple[Frame, ...], turn: int) -> tuple[Frame, ...]:
    """The same frames with other words in each, as another project has."""

    def other(text: str) -> str:
        return f"{text}{turn}" if text else text

    return tuple(
        replace(
            each,
            title=other(each.title),
            basis=other(each.basis),
            sentences=tuple(map(other, each.sentences)),
            tables=tuple(
                replace(table, rows=tuple((other(row[0]), *row[1:]) for row in table.rows)) for table in each.tables
            ),
        )
        for each in found
    )


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "bench.duckdb"
        home.build_at(store)
        os.environ["RENEWAL_STORE"] = str(store)
        found = frames.frames(CTX, PROJECT, None, True)
        draw.pdf(found)  # fonts are read once a process
        ours, theirs, pictures = [], [], []
        for turn in range(TIMES):
            now = changed(found, turn)
            ours.append(timed(lambda now=now: draw.pdf(now)))  # type: ignore[misc]
            theirs.append(timed(bare(now)))
            pictures.append(timed(lambda now=now: draw.png(now[0])))  # type: ignore[misc]
        whole = [timed(lambda: frames.frames_pdf(CTX, PROJECT, None, True)) for _ in range(TIMES)]
        brief = [timed(lambda: frames.brief_pdf(CTX, PROJECT, None, True)) for _ in range(TIMES)]
        matter = [timed(lambda: briefing.matter(CTX, PROJECT, None, True)) for _ in range(TIMES)]
        home.close()
    print(f"{'':<46}{'ours ms':>9}{'bare':>9}{'ratio':>8}{'bound':>10}{'within':>7}")
    middle = statistics.median
    print(Line(f"{len(found)} frames -> PDF, against Typst bare", middle(ours), middle(theirs), RATIO))
    print(Line("the same, in ms", middle(ours), None, BOUND))
    print(Line("frames_pdf: read, lint, draw, keep the code", middle(whole), None, BOUND))
    print(Line("brief_pdf", middle(brief), None, BOUND))
    print(Line("one frame -> PNG 3200 x 1800", middle(pictures), None, BOUND))
    print(Line("of which what the frames are made of", middle(matter), None, None))
    return 0


if __name__ == "__main__":
    sys.exit(main())
