"""Findings of an evaluation and what becomes of them (整改): owner, due date, state, evidence; every step an event.

待整改 open -> 整改中 working -> 已整改 done -> 已复核 reviewed; a review may send back to 整改中. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from core.errors import Message
from core.model.context import Actor

State = Literal["open", "working", "done", "reviewed"]
STATES: tuple[State, ...] = ("open", "working", "done", "reviewed")
Kind = Literal["problem", "recommendation"]
KINDS: tuple[Kind, ...] = ("problem", "recommendation")

_STEPS: dict[State, tuple[State, ...]] = {
    "open": ("working",),
    "working": ("done",),
    "done": ("reviewed", "working"),
    "reviewed": (),
}


@dataclass(frozen=True)
class FindingPoint:
    """A problem or a recommendation, as it was put down."""

    project: str
    id: str
    kind: Kind
    text: str
    source: str
    """Section of the document, or who raised it."""
    actor: str
    actor_name: str
    made_at: datetime
    """Naive UTC."""


@dataclass(frozen=True)
class Proof:
    """Proof of rectification: a document's name or number, and its stored content's digest ("": none)."""

    name: str
    digest: str = ""

    def stored(self) -> str:
        """Write it as the table has it: the digest (- for none) and the name; "" without a name."""
        return f"{self.digest or '-'} {self.name}" if self.name else ""

    @staticmethod
    def read(stored: str) -> Proof:
        """Read it from the table's text."""
        digest, _, name = stored.partition(" ")
        return Proof(name, "" if digest == "-" else digest)


@dataclass(frozen=True)
class Step:
    """An event: it says the whole state from then on."""

    state: State
    owner: str
    """The unit or person who has to act; "" nobody yet."""
    due: date | None
    proof: Proof
    note: str
    actor: str
    actor_name: str
    made_at: datetime


@dataclass(frozen=True)
class Rectification:
    """A finding with its steps, oldest first."""

    point: FindingPoint
    steps: tuple[Step, ...]

    @property
    def state(self) -> State:
        """State after the newest step; without any step it is open."""
        return self.steps[-1].state if self.steps else "open"

    @property
    def owner(self) -> str:
        """Unit or person who has to act; "" nobody yet."""
        return self.steps[-1].owner if self.steps else ""

    @property
    def due(self) -> date | None:
        """Due date."""
        return self.steps[-1].due if self.steps else None

    @property
    def proof(self) -> Proof:
        """Proof of the newest step."""
        return self.steps[-1].proof if self.steps else Proof("")

    @property
    def sent_back(self) -> str:
        """Reason of its return by who reviewed it; "": it was not returned, or is reported anew."""
        before = self.steps[-2].state if len(self.steps) > 1 else "open"
        return self.steps[-1].note if before == "done" and self.state == "working" else ""

    @property
    def next_states(self) -> tuple[State, ...]:
        """States that a step may lead to from here."""
        return _STEPS[self.state]

    def overdue(self, as_of: date) -> bool:
        """True where it should have been put right before the data's as-of day. Done counts as put right."""
        return self.due is not None and self.due < as_of and self.state in ("open", "working")


@dataclass(frozen=True)
class Progress:
    """Counts of findings by state."""

    every: int = 0
    done: int = 0
    """Put right, reviewed or not."""
    reviewed: int = 0
    overdue: int = 0


@dataclass(frozen=True)
class CheckAnswer:
    """Answer of a named person to a check."""

    check: str
    text: str
    actor: str
    actor_name: str
    made_at: datetime
    """Naive UTC."""


def progress(found: Iterable[Rectification], as_of: date) -> Progress:
    """Counted; overdue against the data's as-of day."""
    every = tuple(found)
    return Progress(
        every=len(every),
        done=sum(each.state in ("done", "reviewed") for each in every),
        reviewed=sum(each.state == "reviewed" for each in every),
        overdue=sum(each.overdue(as_of) for each in every),
    )


def refusal(found: Rectification, actor: Actor, wanted: Step) -> Message | None:
    """Say why the step cannot be taken; None: it can. A step that keeps the state changes owner or due date only."""
    if found.state == "reviewed":
        return Message("这一条已复核，不能再改。")
    if wanted.state == found.state:
        return Message("这一条已报告整改，请先复核或退回。") if found.state == "done" else None
    if wanted.state not in found.next_states:
        return Message("这一条的状态刚被他人修改，请刷新后再操作。")
    if wanted.state == "working" and found.state == "open" and not (wanted.owner and wanted.due):
        return Message("开始整改前请填写责任单位（人）和整改期限。")
    if wanted.state == "working" and found.state == "done" and not wanted.note:
        return Message("退回整改请写明理由。")
    if wanted.state == "done" and not wanted.proof.name:
        return Message("请填写整改证明材料的名称或文号，或上传文件。")
    if wanted.state == "reviewed" and found.steps and found.steps[-1].actor == actor.id:
        return Message("须由另一人复核：这一条是您本人报告已整改的。")
    return None
