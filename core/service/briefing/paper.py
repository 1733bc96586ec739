"""Choices of a paper become the view that its 查验码 stands for, and what is said on each of its pages."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date

from core.briefing.content import BriefingContent
from core.briefing.frames.names import FRAME_NAMES
from core.briefing.report_parts import MAY_BREAK
from core.briefing.slides import SLIDES, STREET, street_id
from core.errors import Message, NotAllowed
from core.model.context import Actor, Context, Language
from core.model.paper import PaperChoice, problems
from core.model.rights import Deed
from core.model.view_code import View
from core.service.base.asking import asks
from core.service.base.moments import local
from core.service.briefing import view_codes
from core.store.clock import now
from core.text import render, word
from core.text.one_line import one_line

CONFIDENTIALITY = (word("内部资料"), word("征求意见稿"))
"""Lines that are offered; any other is in one's own words."""
SLIDE_NAMES: Mapping[str, str] = {name: each.called for name, each in SLIDES.items()}
"""What people call the slides, by their ids, in the deck's order."""


MOST_TEMPLATE = 20 * 2**20
"""Bytes of a template that is read."""


def digest(template: bytes) -> str:
    """What stands for a template in a view."""
    return hashlib.sha256(template).hexdigest()[:16]


def today() -> date:
    """Day that a watermark names, in local time."""
    return local(now()).date()


@asks(Deed.SEE)
def view_of(ctx: Context, project: str, kind: str, choice: PaperChoice, *, frame: str = "", template: str = "") -> View:
    """What is about to be made of a choice. Raises UnknownName, NotAllowed with all that is wrong with the choice."""
    line, words = whose(ctx.actor, ctx.language, choice)
    slides = (*choice.slides, *((STREET,) if choice.street_pages else ()))
    parts = {"pptx": slides, "pdf": choice.frames, "docx": choice.breaks}.get(kind, ())
    return view_codes.view_of(
        ctx,
        project,
        kind,
        frame=frame,
        baseline=choice.baseline,
        round_id=choice.round,
        checks=choice.checks or "checks" in parts,
        names=choice.names,
        template=template,
        confidentiality=line,
        watermark=words,
        parts=parts,
    )


def whose(asker: Actor, language: Language, choice: PaperChoice) -> tuple[str, str]:
    """The line that says who may read it, and the words of the watermark; "" where there is none.

    Raises NotAllowed with all that is wrong with the choice.
    """
    wrong = problems(choice, SLIDES, FRAME_NAMES, MAY_BREAK)
    if wrong:
        raise NotAllowed(wrong)
    if not choice.watermark:
        return choice.confidentiality, ""
    name = one_line(asker.name or "") or render(word("未署名"), language)
    return choice.confidentiality, f"{name} {today():%Y-%m-%d}"


def marked(content: BriefingContent, view: View) -> BriefingContent:
    """The content with the view's code, and what the view says on each page."""
    return replace(
        content,
        view_code=view_codes.view_code(view),
        confidentiality=view.confidentiality,
        watermark=view.watermark,
        parts=view.parts,
    )


def left_out(
    parts: Sequence[str], there: Collection[str], names: Mapping[str, str], places: Sequence[str] = ()
) -> tuple[Message, ...]:
    """Say which of the chosen slides or frames have nothing to show, and which of the streets (`places`) have no page.

    `names`: by their ids. Raises NotAllowed where there is nothing at all.
    """
    missing: tuple[str | Message, ...] = tuple(
        names.get(each, each) for each in parts if each != STREET and each not in there
    )
    if STREET in parts:
        silent = (place for place in places if street_id(place) not in there)
        missing += tuple(Message("{place}街镇页", {"place": place}) for place in silent)
    if missing and not there:
        raise NotAllowed([Message("选中的{names}现在都没有内容，文件未生成。请另选。", {"names": missing})])
    return (Message("没有内容，未列入：{names}。", {"names": missing}),) if missing else ()


def again(view: View) -> PaperChoice:
    """Choice that makes the same once more, of whoever asks then."""
    return PaperChoice(
        round=view.round,
        checks=view.checks,
        baseline=view.baseline,
        names=view.names,
        confidentiality=view.confidentiality,
        watermark=bool(view.watermark),
        slides=tuple(each for each in view.parts if each != STREET) if view.kind == "pptx" else (),
        street_pages=view.kind == "pptx" and STREET in view.parts,
        frames=view.parts if view.kind == "pdf" else (),
        breaks=view.parts if view.kind == "docx" else (),
    )
