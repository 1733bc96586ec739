"""The leading round and sheet of a project: one rule for 总览, 项目群, documents and machines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from core.scoring.round_state import panel_id, working_id


class Assessed(Protocol):
    """A round of which it is known who scores in it."""

    @property
    def self_assessed(self) -> bool:
        """True where the unit scores itself (自评)."""


class Round(Assessed, Protocol):
    """A round as far as the rule asks."""

    @property
    def id(self) -> str:
        """r1, r2 …"""

    @property
    def locked(self) -> object:
        """None or False while nobody has locked it."""

    @property
    def closed(self) -> object:
        """None or False while it goes on."""

    @property
    def panel(self) -> object:
        """None or False while its panel has no sheet."""


A = TypeVar("A", bound=Assessed)
R = TypeVar("R", bound=Round)


@dataclass(frozen=True)
class RoundSheets:
    """A round as far as the rule asks, with the name that stands beside its figure."""

    id: str
    name: str
    locked: bool
    panel: bool
    self_assessed: bool = False
    closed: bool = False


def leading_round(rounds: Sequence[R]) -> R | None:
    """Find the last of these rounds (oldest first) that is locked, else the last; None where there is no round.

    What somebody has signed stands until something else is signed, also while a later round is scored. One that was
    closed without being signed heads only where no other goes on. What a unit says of itself heads only where nobody
    else has said anything.
    """
    judged = reviewed(rounds)
    going_on = [each for each in judged if not each.closed] or judged
    return next((each for each in reversed(judged) if each.locked), going_on[-1] if going_on else None)


def reviewed(rounds: Sequence[A]) -> Sequence[A]:
    """The rounds in which others score than the unit itself; all of them where there are none."""
    return [each for each in rounds if not each.self_assessed] or rounds


def result_of(of: Round) -> str:
    """Id of the sheet that a round comes to: the panel's or, while there is none, the shared one.

    Rights are not asked: no other sheet takes the place of one that is hidden.
    """
    return panel_id(of.id) if of.panel else working_id(of.id)
