"""What the document says, and what it does not say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from core.model.project import Claim, Facts


def given(facts: Facts, name: str) -> Claim | None:
    """The claim of that id if it says anything."""
    claim = facts.claim(name)
    return claim if claim is not None and (claim.value is not None or claim.text.strip()) else None


def value(facts: Facts, name: str) -> Decimal | None:
    """The claim's value; None without a claim or a value."""
    claim = facts.claim(name)
    return None if claim is None else claim.value


def unsaid(facts: Facts, wanted: Mapping[str, str]) -> tuple[str, ...]:
    """Of the claim ids wanted, each with its name, the names of those that the document does not give."""
    return tuple(name for claim_id, name in wanted.items() if given(facts, claim_id) is None)


def sources(claims: Iterable[Claim | None]) -> tuple[str, ...]:
    """Where the claims stand."""
    return tuple(claim.source for claim in claims if claim is not None)
