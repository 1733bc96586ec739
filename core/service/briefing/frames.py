"""The briefing as pictures: frames as PNG and PDF, and the A4 brief. One call a document; what is made has a 查验码."""

from __future__ import annotations

from dataclasses import dataclass, replace

from core.briefing.content import BriefingContent
from core.briefing.frames.frame import Frame
from core.briefing.frames.frames import FRAMES
from core.briefing.frames.frames import frames as made
from core.briefing.frames.names import FRAME_NAMES
from core.errors import Message, NotAllowed, UnknownName
from core.model.context import Context
from core.model.paper import DEFAULT, PaperChoice
from core.model.rights import Deed
from core.service.base.asking import asks
from core.service.base.file import File
from core.service.briefing import paper, view_codes
from core.service.briefing.content import content_of, file_name
from core.service.briefing.decisions import decisions
from core.service.scoring import rounds
from core.text import render

IDS = tuple(FRAME_NAMES)
"""Every frame that there can be, in the order of a briefing."""
OF_SCORES = tuple(name for name, kind in FRAMES.items() if kind.scores == "subject")
"""Those that are about a round's scores."""


@dataclass(frozen=True)
class Picture:
    """One frame as it is shown, and as the file that is taken along."""

    frame: Frame
    svg: str
    png: File


@asks(Deed.SEE)
def frames(ctx: Context, project: str, choice: PaperChoice = DEFAULT) -> tuple[Frame, ...]:
    """The frames that there is something to show in, without codes.

    Who may not see the round's result yet gets those that are not about it. Raises UnknownName.
    """
    return made(_content(ctx, project, replace(choice, names=False)))


def _content(ctx: Context, project: str, choice: PaperChoice) -> BriefingContent:
    scores = withheld(ctx, project, choice.round) is None
    return content_of(ctx, project, choice.round, choice.checks, choice.baseline, scores=scores, names=choice.names)


def _whole(ctx: Context, project: str, choice: PaperChoice) -> BriefingContent:
    return content_of(ctx, project, choice.round, choice.checks, choice.baseline, names=choice.names)


@asks(Deed.SEE)
def withheld(ctx: Context, project: str, round_id: str | None = None) -> Message | None:
    """Why there are no frames of the round's scores for the asker yet; None: there are. Raises UnknownName."""
    view = rounds.round_or_leading(ctx, project, round_id)
    found = None if view is None else next((each for each in view.sheets if each.sheet.id == view.result), None)
    return None if found is None else found.hidden


@asks(Deed.SEE)
def picture(ctx: Context, project: str, name: str, choice: PaperChoice = DEFAULT) -> Picture:
    """One frame, to be shown and to be taken along.

    Raises UnknownName also where there is no such frame, NotAllowed for one of scores that the asker may not see yet,
    InputError with what lint found, else as `frames`.
    """
    from core.briefing.frames import draw

    choice = replace(choice, checks=choice.checks or name == "checks")
    known = _content(ctx, project, choice)
    every = made(known)
    found = next((each for each in every if each.id == name), None)
    if found is None:
        hidden = withheld(ctx, project, choice.round) if name in OF_SCORES else None
        if hidden is not None:
            raise NotAllowed([hidden])
        params = {"frame": name, "ids": tuple(each.id for each in every)}
        raise UnknownName(Message("没有图框“{frame}”。可用：{ids}。", params))
    stamped, (content,) = _pictures(ctx, project, (found,), choice)
    called = Message("{project}_{frame}", {"project": known.title, "frame": found.name})
    svg = draw.drawn(stamped, "svg").pages[0].decode()
    named = known if FRAMES[found.id].scores else replace(known, score=None)
    return Picture(stamped[0], svg, File(file_name(named, called, "png"), content))


@asks(Deed.SEE)
def frames_png(ctx: Context, project: str, choice: PaperChoice = DEFAULT) -> tuple[File, ...]:
    """All of them, a file each: 01_overview.png … Raises UnknownName, InputError with what lint found, NotAllowed while
    the asker may not see the round's result: what is handed on is whole."""
    found, pictures = _pictures(ctx, project, made(_whole(ctx, project, choice)), choice)
    named = zip(found, pictures, strict=True)
    return tuple(File(f"{n:02}_{frame.id}.png", content) for n, (frame, content) in enumerate(named, 1))


def _pictures(
    ctx: Context, project: str, found: tuple[Frame, ...], choice: PaperChoice
) -> tuple[tuple[Frame, ...], list[bytes]]:
    """Each with a code of its own that is put down (whoever sees a frame may look its code up), linted and drawn."""
    from core.briefing.frames import draw, lint

    views = [paper.view_of(ctx, project, "frame", choice, frame=each.id) for each in found]
    stamped = tuple(
        replace(
            each,
            view_code=view_codes.view_code(view),
            confidentiality=render(view.confidentiality, ctx.language),
            watermark=view.watermark,
        )
        for each, view in zip(found, views, strict=True)
    )
    made = draw.drawn(stamped, "png")
    lint.passed(stamped, made.said)
    for view in views:
        view_codes.keep(ctx, view)
    return stamped, made.pages


@asks(Deed.SEE)
def frames_pdf(ctx: Context, project: str, choice: PaperChoice = DEFAULT) -> File:
    """All frames as pages of 16:9, text selectable. Raises as `frames_png`."""
    from core.briefing.frames import draw, lint

    view = paper.view_of(ctx, project, "pdf", choice)
    known = paper.marked(_whole(ctx, project, replace(choice, checks=view.checks)), view)
    found = made(known, known.view_code)
    said = paper.left_out(view.parts, {each.id for each in found}, FRAME_NAMES)
    drawing = draw.drawn(found, "pdf")
    lint.passed(found, drawing.said)
    view_codes.keep(ctx, view)
    content = drawing.pages[0]
    return File(file_name(known, Message("{project}_图框", {"project": known.title}), "pdf"), content, said)


@asks(Deed.SEE)
def brief_pdf(ctx: Context, project: str, choice: PaperChoice = DEFAULT) -> File:
    """The project on one page of A4. Raises as `frames_png`."""
    from core.briefing.brief.brief import brief_pdf as made

    view = paper.view_of(ctx, project, "brief", choice)
    known = paper.marked(_whole(ctx, project, choice), view)
    known = replace(known, decisions=decisions(ctx, project, known, choice.baseline))
    content = made(known, known.view_code)
    view_codes.keep(ctx, view)
    return File(file_name(known, Message("{project}_一页简报", {"project": known.title}), "pdf"), content)
