"""A scheme as it is being edited in one browser: its items with numbers of their own, until it is saved or dropped."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

import streamlit as st

from core.model.scorecard import MINUS, Indicator, Scheme
from core.scoring import rule_form
from core.scoring.read_rule import NO_RULE
from pages.shared.session import key_of

NEW_KIND = "checklist"


@dataclass
class Draft:
    """A draft. An item keeps its number whatever becomes of its code or its place."""

    name: str
    items: dict[int, Indicator]
    chosen: int
    """Number of the item whose fields are on the screen."""
    next: int
    step: Decimal

    @property
    def listed(self) -> tuple[Indicator, ...]:
        """The items in their order."""
        return tuple(self.items.values())

    def put(self, number: int, item: Indicator) -> None:
        """The item as its fields say now."""
        self.items[number] = item

    def add(self, *, minus: bool) -> None:
        """A new item under the chosen one, in its group."""
        above = self.items[self.chosen]
        made = Indicator(
            code=f"{MINUS}{1 + sum(item.minus for item in self.listed)}" if minus else "",
            l1=above.l1,
            l2=above.l2,
            l3="",
            weight=Decimal(0),
            kind=NO_RULE if minus else NEW_KIND,
            params={} if minus else rule_form.begun(NEW_KIND),
            rule="",
            inputs="",
            evidence_needed="",
            source_section="",
            least=Decimal(-1) if minus else Decimal(0),
        )
        numbers = list(self.items)
        at = numbers.index(self.chosen) + 1
        numbers.insert(at, self.next)
        items = {**self.items, self.next: made}
        self.items = {number: items[number] for number in numbers}
        self.chosen, self.next = self.next, self.next + 1

    def remove(self) -> None:
        """Drop the chosen item; the one below is chosen, or the one above the last. One always stays."""
        numbers = list(self.items)
        at = numbers.index(self.chosen)
        del self.items[self.chosen]
        left = list(self.items)
        self.chosen = left[min(at, len(left) - 1)]

    def move(self, by: int) -> None:
        """Move the chosen item up (-1) or down (1), where there is room."""
        numbers = list(self.items)
        at = numbers.index(self.chosen)
        if 0 <= at + by < len(numbers):
            numbers[at], numbers[at + by] = numbers[at + by], numbers[at]
            self.items = {number: self.items[number] for number in numbers}


def of(scheme: Scheme) -> Draft:
    """The draft of this version that this browser has, or a new one."""
    key = _key(scheme)
    if key not in st.session_state:
        items = dict(enumerate(scheme.indicators))
        st.session_state[key] = Draft(scheme.name, items, 0, len(items), scheme.step)
    found: Draft = st.session_state[key]
    return found


def drop(scheme: Scheme) -> None:
    """The draft is gone, and what its fields held."""
    for key in [key for key in st.session_state if str(key).startswith((_key(scheme), _fields(scheme)))]:
        del st.session_state[key]


def field_key(scheme: Scheme) -> Callable[[str], str]:
    """(a field's name) -> its key, of the chosen item."""
    number = of(scheme).chosen
    return lambda name: f"{_fields(scheme)}{number}/{name}"


def whole_key(scheme: Scheme) -> Callable[[str], str]:
    """(a field's name) -> its key, of the scheme as a whole."""
    return lambda name: f"{_fields(scheme)}{name}"


def changed(item: Indicator, **values: object) -> Indicator:
    """The item with these values; the item itself where none is another one."""
    other = {name: value for name, value in values.items() if value != getattr(item, name)}
    return replace(item, **other) if other else item  # type: ignore[arg-type]


def _key(scheme: Scheme) -> str:
    return key_of("scheme_draft", scheme.id, str(scheme.version))


def _fields(scheme: Scheme) -> str:
    return key_of("scheme_field", scheme.id, str(scheme.version), "")
