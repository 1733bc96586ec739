"""The one place where an error becomes a box on the screen."""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from core.errors import InputError, RenewalError, StoreError
from core.scoring.workflow import NotAllowed
from core.service import health
from pages.shared import log
from pages.shared.session import NoProject
from pages.shared.words import plain, say, t

_AWAY = "store_away"
"""Key of the session: whether something on the page, or a click on it, has met a store that is away."""
EVERY = 3.0
"""Seconds from one look for the store to the next, while it is away."""


@contextmanager
def page_box() -> Iterator[None]:
    """An error box around a whole page: a store that is away is looked for, and the page is made again with it."""
    with error_box():
        yield
    if st.session_state.pop(_AWAY, False):
        _until_it_is_back(time.monotonic())


@st.fragment(run_every=EVERY)
def _until_it_is_back(since: float) -> None:
    # Not in the run that mounts it: where the store only seems to be back, pages would be made without end.
    if time.monotonic() - since > EVERY / 2 and health.not_ready() != "store":
        st.rerun()


@contextmanager
def error_box() -> Iterator[None]:
    """Show what goes wrong inside as a sentence; a fault of ours with a number that the log has too."""
    try:
        yield
    except NoProject as nothing:
        st.info(plain(say(nothing.message)))
    except RenewalError as error:
        if isinstance(error, StoreError) and error.away:
            st.session_state[_AWAY] = True
        st.error(plain(say(error.message)))
        if isinstance(error, InputError):
            st.markdown("\n".join(f"- {plain(say(problem.sentence()))}" for problem in error.problems))
        if isinstance(error, NotAllowed) and len(error.reasons) > 1:
            st.markdown("\n".join(f"- {plain(say(reason))}" for reason in error.reasons))
    except Exception:
        number = secrets.token_hex(3)
        log.event("fault", log.Fields(request=log.request(), fault=number), error=True)
        st.error(
            t("程序出错,编号{number}。已保存的内容不受影响。请刷新页面;仍不行时,把编号告诉管理员。", number=number)
        )
