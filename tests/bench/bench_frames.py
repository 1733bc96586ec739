"""Frames as PDF, as a person gets them, against Typst compiling the same content bare.

    .venv/bin/python tests/bench/bench_frames.py

Not run by the tests. Each part is the median of a few runs over changing figures, so that nothing is remembered from
the run before; the machine should have nothing else to do.
"""

from __future__ import annotations

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

from core.briefing.content import BriefingContent  # noqa: E402
from core.briefing.frames import draw  # noqa: E402
from core.briefing.frames.frame import Frame  # noqa: E402
from core.briefing.frames.frames import frames as made  # noqa: E402
from core.errors import Message  # noqa: E402
from core.model.context import Actor, Context  # noqa: E402
from core.model.paper import PaperChoice  # noqa: E402
from core.model.view_code import ViewCode  # noqa: E402
from core.render import typst  # noqa: E402
from core.service.base import open_store  # noqa: E402
from core.service.briefing import frames  # noqa: E402
from core.service.briefing.content import content_of  # noqa: E402
from tests.bench.bench import Line  # noqa: E402

TIMES = 7
CTX = Context(Actor("bench-frames", "测速"))
PROJECT = "lingang-2023"
BOUND = 1000.0
RATIO = 1.5


def bare(found: tuple[Frame, ...]) -> Callable[[], object]:
    """Typst compiling the same template with the same words: nothing read, linted or kept."""
    inputs = typst.inputs(draw.data_of(found))
    template = str(typst.ROOT / draw.TEMPLATE)
    return lambda: typst._compiler().compile(input=template, format="pdf", sys_inputs=inputs, timestamp=0)


def timed(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return (time.perf_counter() - start) * 1000


def another(known: BriefingContent, turn: int) -> BriefingContent:
    """The same with other words in each frame, as another project has."""
    facts = replace(known.facts, project=replace(known.facts.project, name=f"{known.facts.project.name}{turn}"))
    panels = {
        name: replace(panel, rows=tuple((f"{row[0]}{turn}", *row[1:]) for row in panel.rows))
        for name, panel in known.panels.items()
    }
    return replace(known, facts=facts, panels=panels, money_note=Message(f"{known.money_note}{turn}"))


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "bench.duckdb"
        open_store.build_at(store)
        os.environ["RENEWAL_STORE"] = str(store)
        code = ViewCode("ABCD-EFGH-IJKL", "")
        known = content_of(CTX, PROJECT, checks=True)
        draw.pdf(made(known))  # fonts are read once a process
        ours, theirs, pictures = [], [], []
        for turn in range(0, 2 * TIMES, 2):
            frames.content_of = lambda *asked, turn=turn, **named: another(content_of(*asked, **named), turn)  # type: ignore[attr-defined]
            ours.append(timed(lambda: frames.frames_pdf(CTX, PROJECT, PaperChoice(checks=True))))
            pictures.append(timed(lambda: frames.picture(CTX, PROJECT, "overview")))
            theirs.append(timed(bare(made(another(known, turn + 1), code))))
        brief = [timed(lambda: frames.brief_pdf(CTX, PROJECT, PaperChoice(checks=True))) for _ in range(TIMES)]
        open_store.close()
    count = len(made(known))
    print(f"{'':<46}{'ours ms':>9}{'bare':>9}{'ratio':>8}{'bound':>10}{'within':>7}")
    middle = statistics.median
    print(Line(f"{count} frames -> PDF, against Typst bare", middle(ours), middle(theirs), RATIO))
    print(Line("the same, in ms", middle(ours), None, BOUND))
    print(Line("A4 brief -> PDF", middle(brief), None, BOUND))
    print(Line("one frame, shown and as PNG 3200 x 1800", middle(pictures), None, BOUND))
    return 0


if __name__ == "__main__":
    sys.exit(main())
