"""满意度问卷 of a project: the newest of each, and the measures that rules compute from."""

from __future__ import annotations

from core.model.context import NEWEST, Version
from core.model.measure import Measure
from core.model.project import Facts
from core.model.questionnaire import WITHDRAWN, Questionnaire
from core.scoring.questionnaires import measure
from core.store import logs
from core.store.database import Session, Source
from core.text import told_apart


def saved(source: Source, project: str, version: Version = NEWEST) -> tuple[Questionnaire, ...]:
    """Every revision of every questionnaire at that version, oldest first."""

    def make(session: Session) -> tuple[Questionnaire, ...]:
        return logs.events(session, logs.QUESTIONNAIRES, project, version=version)

    return source.remembered(("questionnaires", project, version.moment), make, until="steps")


def newest(source: Source, project: str, version: Version = NEWEST) -> tuple[Questionnaire, ...]:
    """The newest revision of each, also of those that were withdrawn, in the order in which they were begun."""
    return tuple({each.questionnaire: each for each in saved(source, project, version)}.values())


def measures(source: Source, facts: Facts, version: Version = NEWEST) -> tuple[Measure, ...]:
    """Make the satisfaction of each questionnaire that counts, with its name as basis; none of one without a value."""
    counting = [each for each in newest(source, facts.project.id, version) if each.change != WITHDRAWN]
    names = told_apart({each.questionnaire: each.name for each in counting})
    found = (measure(each, facts.as_of, names[each.questionnaire]) for each in counting)
    return tuple(each for each in found if each.value is not None)
