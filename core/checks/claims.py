"""Claims of the document, given and missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from core.model.project import Claim, Facts


def given(facts: Facts, name: str) -> Claim | None:
    """Find the claim of that id if it says anything."""
    claim = facts.claim(name)
    return claim if claim is not None and (claim.value is not None or claim.text.strip()) else None


def value(facts: Facts, name: str) -> Decimal | None:
    """Find the claim's value; None without a claim or a value."""
    claim = facts.claim(name)
    return None if claim is None else claim.value


def unsaid(facts: Facts, wanted: Mapping[str, str]) -> tuple[str, ...]:
    """Names of those of the wanted claims (name by id) that the document does not give."""
    return tuple(name for claim_id, name in wanted.items() if given(facts, claim_id) is None)


def sources(claims: Iterable[Claim | None]) -> tuple[str, ...]:
    """Sections that the claims stand in."""
    return tuple(claim.source for claim in claims if claim is not None)
