"""The charts of a visit wait for the figures above them, behind the guard only."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from core.service.base import identity


def page() -> None:
    import streamlit as st

    from pages.shared.first_sight import charts_wait

    st.text(" ".join(str(charts_wait(each)) for each in ("one", "two")))


@pytest.mark.parametrize(("guarded", "first"), [(True, "True True"), (False, "False False")])
def test_they_wait_until_the_browser_says_that_the_figures_stand(
    monkeypatch: pytest.MonkeyPatch, guarded: bool, first: str
) -> None:
    monkeypatch.setattr(identity, "guarded", guarded)
    at = AppTest.from_function(page).run()
    assert at.text[0].value == first
    at.session_state["charts_begun"] = True
    assert at.run().text[0].value == "False False"
