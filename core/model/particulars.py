"""Particulars of a project: what a person says of it beside the tables of its files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True)
class Particulars:
    """Entries of a person; "", None or empty: nothing is said of it, and it stays as it is."""

    name: str = ""
    approval: str = ""
    """Number of the approval document."""
    approved_on: date | None = None
    start: date | None = None
    """First day of the planned time (计划工期)."""
    end: date | None = None
    """Last day of the planned time."""
    funding: tuple[tuple[str, Decimal], ...] = ()
    """The whole plan of money: each source by its name, and its amount in 万元."""


UNSAID = Particulars()
