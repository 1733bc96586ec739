"""One check's finding on facts, and facts with other claims."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from core.checks import Finding, run
from core.model.project import Claim, Facts
from tests.core.lingang import CHECKED, FACTS, REFERENCE

D = Decimal


def found(facts: Facts, number: str) -> Finding:
    """That check's finding, which has all that a finding has, whatever its verdict."""
    finding = next(finding for finding in run(facts, REFERENCE) if finding.id == number)
    # One title whatever the verdict; of a check with nothing to look at in FACTS there is none to compare with.
    if number in CHECKED:
        assert str(finding.title) == str(next(each.title for each in run(FACTS, REFERENCE) if each.id == number))
    assert str(finding.message).endswith("。")
    assert finding.source
    for name, value in finding.figures:
        assert name
        assert str(value).strip()
        assert "None" not in str(value)
    return finding


def shown(finding: Finding) -> dict[str, str]:
    """Its figures as they are printed in Chinese, by their names."""
    return {name: str(value) for name, value in finding.figures}


def absent(facts: Facts, number: str) -> bool:
    return number not in [finding.id for finding in run(facts, REFERENCE)]


def saying(base: Facts = FACTS, **values: str | None) -> Facts:
    """The facts with these claims changed or added: name=value; None takes the claim away, "?" leaves it valueless."""
    claims = {claim.id: claim for claim in base.claims}
    for name, value in values.items():
        old = claims.pop(name, Claim(name, None, name, f"报告 {name}"))
        if value is not None:
            claims[name] = replace(old, value=None if value == "?" else D(value))
    return replace(base, claims=tuple(claims.values()))


def silent(base: Facts = FACTS) -> Facts:
    """The facts of a document that claims nothing."""
    return replace(base, claims=())
