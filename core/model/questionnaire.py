"""满意度问卷: questions, the answers to each with their weights, and how many have given them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class SurveyAnswer:
    """Answer that could be given to a question."""

    text: str
    weight: Decimal
    """Share of satisfaction that it stands for, 0..1."""
    count: int | None = None
    """Questionnaires that gave it (份); None: not counted yet, which is not 0."""


@dataclass(frozen=True)
class SurveyQuestion:
    """Question with its answers, in the order of the sheet of paper."""

    text: str
    answers: tuple[SurveyAnswer, ...]


@dataclass(frozen=True)
class Questionnaire:
    """A questionnaire as somebody saved it, whole; the newest revision counts."""

    project: str
    questionnaire: str
    """Its id."""
    revision: int
    change: str
    """set, withdrawn."""
    name: str
    asked_on: date | None
    """Day of the survey; None: not given."""
    content: str
    """Its questions as JSON (core.scoring.questionnaires)."""
    reason: str
    """Reason of a withdrawal; "" of another change."""
    actor: str
    actor_name: str
    made_at: datetime
