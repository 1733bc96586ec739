"""The first chart of a visit waits for the figures above it, behind the guard only."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from core.service.base import identity
from pages.shared import first_sight


def page() -> None:
    from pages.shared.first_sight import figures_first

    figures_first()
    figures_first()


@pytest.mark.parametrize(("guarded", "waits"), [(True, [first_sight.AHEAD]), (False, [])])
def test_it_waits_once_a_visit(monkeypatch: pytest.MonkeyPatch, guarded: bool, waits: list[float]) -> None:
    waited: list[float] = []
    monkeypatch.setattr(identity, "guarded", guarded)
    monkeypatch.setattr(first_sight, "sleep", waited.append)
    AppTest.from_function(page).run().run()
    assert waited == waits
