"""Which round or sheet is meant, where the address names one that is not there: it is asked, never guessed."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from core.service.scoring import rounds
from pages.shared import choices, state
from pages.shared.reads import read_own
from pages.shared.words import plain, say, t


def ask(key: str, question: str, labels: Mapping[str, str]) -> None:
    """A list to choose from in the place of the page; nothing where none has been named in vain."""
    if not state.in_vain(key) or not labels:
        return
    st.info(plain(question))
    choices.ask(labels, key, state.choose, key)


def ask_round(here: str) -> None:
    """The same of a project's rounds."""
    ask("round", t("请选择轮次："), {view.id: say(view.title) for view in read_own(rounds.rounds, here)})
