"""满意度问卷: kept, withdrawn, and shown with its arithmetic and the size of its sample."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath

from core.errors import Message, NotAllowed, RowProblem, UnknownName
from core.ingest.score_tables.questionnaire import QuestionnaireFile, read_questionnaire
from core.model.context import Context
from core.model.measure import Measure
from core.model.questionnaire import WITHDRAWN, Questionnaire, SurveyQuestion
from core.model.rights import Deed
from core.model.storable import need_text, unstorable
from core.progress.survey import MARGINS
from core.scoring.questionnaires import as_json, enough, from_json, measure, problems, sample
from core.service.base import open_store, questionnaires
from core.service.base.asking import asks, named
from core.service.base.file import File
from core.service.base.moments import day_and_time
from core.service.scoring.scorecards import measures as measures_of
from core.store import logs, read
from core.store.database import Session

MOST_KEPT = 50
"""Questionnaires of a project."""


@dataclass(frozen=True)
class QuestionnaireView:
    """A questionnaire as it stands."""

    now: Questionnaire
    questions: tuple[SurveyQuestion, ...]
    satisfaction: Measure
    sample: int | None
    """Valid questionnaires (份); None: not counted yet."""
    needed: tuple[Measure, ...]
    """Sizes of sample that are needed, by margin of error; undefined without households."""
    enough: tuple[Message, ...]
    """The sample held against them; empty while either is unknown."""
    withdrawn: Message | None
    """Sentence of its withdrawal; None: it counts."""
    saved: tuple[Message, ...]
    """Who saved it when, oldest first."""


@asks(Deed.SEE)
def shown(ctx: Context, project: str) -> tuple[QuestionnaireView, ...]:
    """List the project's questionnaires, those that count first. Raises UnknownName."""
    store = open_store.of(ctx)
    facts = read.facts(store, project, ctx.version)
    sizes = measures_of(store, facts)
    needed = tuple(each for each in sizes.all if each.id == "survey_size" and each.place is None)
    every = questionnaires.saved(store, project, ctx.version)
    found = sorted(questionnaires.newest(store, project, ctx.version), key=lambda each: each.change == WITHDRAWN)
    return tuple(
        _view(each, [one for one in every if one.questionnaire == each.questionnaire], needed, facts.as_of)
        for each in found
    )


def _view(
    now: Questionnaire, saved: Sequence[Questionnaire], needed: tuple[Measure, ...], as_of: date
) -> QuestionnaireView:
    questions = from_json(now.content)
    have = sample(questions)
    margins = dict(MARGINS)
    held = [enough(have, each.number, each.basis) for each in needed if each.basis in margins]
    return QuestionnaireView(
        now=now,
        questions=questions,
        satisfaction=measure(now, as_of),
        sample=have,
        needed=needed,
        enough=tuple(each for each in held if each is not None),
        withdrawn=_said(now) if now.change == WITHDRAWN else None,
        saved=tuple(map(_said, saved)),
    )


def _said(event: Questionnaire) -> Message:
    params = {
        "who": event.actor_name,
        "when": day_and_time(event.made_at),
        "number": event.revision,
        "reason": event.reason,
    }
    if event.change == WITHDRAWN:
        return Message("已由{who}于{when}撤回，理由：{reason}", params)
    return Message("第{number}版：{who}于{when}保存", params)


@asks(Deed.ANSWER)
def keep(
    ctx: Context,
    project: str,
    questionnaire: str,
    base: int,
    name: str,
    asked_on: date | None,
    questions: Sequence[SurveyQuestion],
) -> Questionnaire:
    """Keep a questionnaire as its next version; one that changes nothing is not written. A withdrawn one counts again.

    `questionnaire` is its id, of a new one any that is free; `base`: the version that the person saw, 0 of a new one.
    Raises NameNeeded, UnknownName, NotAllowed with everything that is wrong, or where somebody has saved it since.
    """
    actor, store = named(ctx), open_store.of(ctx)
    read.facts(store, project)
    kept = name.strip()
    if (why := unstorable([kept, [(q.text, [a.text for a in q.answers]) for q in questions]])) is not None:
        raise NotAllowed([why])
    if wrong := problems(kept, questions):
        raise NotAllowed(wrong, Message("问卷有{count}处要改，未保存。", {"count": len(wrong)}))
    draft = {"change": "set", "name": kept, "asked_on": asked_on, "content": as_json(questions), "reason": ""}

    def decide(session: Session, known: Sequence[Questionnaire]) -> tuple[list[logs.Draft], None]:
        if known and all(getattr(known[-1], field) == value for field, value in draft.items()):
            return [], None
        if not known and base:
            raise _gone()
        if known and known[-1].revision != base:
            raise NotAllowed([_newer(known[-1])])
        if not known and len(questionnaires.newest(session, project)) >= MOST_KEPT:
            raise NotAllowed([Message("一个项目最多{most}份问卷。", {"most": MOST_KEPT})])
        return [draft], None

    logs.append(store, logs.QUESTIONNAIRES, project, questionnaire, actor, decide)
    return logs.events(store, logs.QUESTIONNAIRES, project, questionnaire)[-1]


@asks(Deed.ANSWER)
def withdraw(ctx: Context, project: str, questionnaire: str, reason: str) -> Questionnaire:
    """Withdraw a questionnaire: it stays in the record and suggests no points any longer.

    Raises NameNeeded, UnknownName, NotAllowed without a reason, or where it is withdrawn already.
    """
    actor, store = named(ctx), open_store.of(ctx)
    kept = need_text(reason, Message("请写明撤回的理由。"))

    def decide(session: Session, known: Sequence[Questionnaire]) -> tuple[list[logs.Draft], None]:
        if not known:
            raise _gone()
        if known[-1].change == WITHDRAWN:
            raise NotAllowed([_said(known[-1])])
        same = {name: getattr(known[-1], name) for name in ("name", "asked_on", "content")}
        return [{**same, "change": WITHDRAWN, "reason": kept}], None

    logs.append(store, logs.QUESTIONNAIRES, project, questionnaire, actor, decide)
    return logs.events(store, logs.QUESTIONNAIRES, project, questionnaire)[-1]


@asks(Deed.ANSWER)
def preview(ctx: Context, file: File) -> tuple[QuestionnaireFile | None, tuple[RowProblem, ...]]:
    """Read a questionnaire from a file; with any problem it cannot be kept."""
    named(ctx)
    found, wrong = read_questionnaire(file.name, file.content)
    if found is None or wrong:
        return found, wrong
    own = problems(found.title, found.questions)
    return found, tuple(RowProblem(PurePath(file.name).name, None, None, each) for each in own)


def _newer(event: Questionnaire) -> Message:
    params = {"who": event.actor_name, "when": day_and_time(event.made_at)}
    return Message("{who}在{when}改过这份问卷，本次未保存。请刷新后再填。", params)


def _gone() -> UnknownName:
    return UnknownName(Message("没有这份问卷，请刷新后再试。"))
