"""The one place where an error becomes a box on the screen."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import streamlit as st

from core.errors import InputError, Message, NotAllowed, RenewalError, StoreError
from core.model.rights import Deed, may_anywhere
from core.service.manage import health
from pages.shared import log
from pages.shared.session import AnotherPerson, NoProject, actor, context
from pages.shared.words import bullets, plain, say, t

_AWAY = "store_away"
"""Key of the session: whether something on the page, or a click on it, has met a store that is away."""
_UNREAD = "unread_refusals"
"""Key of the session."""
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
    if time.monotonic() - since > EVERY / 2 and health.answers():
        st.rerun()


@contextmanager
def refusal_box() -> Iterator[None]:
    """Of a click: a refusal stands above the page until it has been read, whatever is made again meanwhile."""
    with error_box():
        try:
            yield
        except RenewalError as error:
            if isinstance(error, StoreError | NoProject):
                raise
            reasons = tuple(_reasons(error))
            unread: list[tuple[Message, ...]] = st.session_state.setdefault(_UNREAD, [])
            if (error.message, *reasons) not in unread:
                unread.append((error.message, *reasons))


def unread() -> None:
    """The refusals that nobody has read yet, each with a button for having done so."""
    found: list[tuple[Message, ...]] = st.session_state.get(_UNREAD, [])
    for number, (message, *reasons) in enumerate(found):
        with st.container(horizontal=True, vertical_alignment="top", key=f"unread_{number}"):
            with st.container(gap=None):
                _refusal(message, reasons)
            st.button(t("知道了"), key=f"read_{number}", on_click=found.remove, args=((message, *reasons),))


def _reasons(error: RenewalError) -> Sequence[Message]:
    if isinstance(error, InputError):
        return [problem.sentence() for problem in error.problems]
    return error.reasons if isinstance(error, NotAllowed) and error.reasons != (error.message,) else ()


def _refusal(message: Message, reasons: Sequence[Message]) -> None:
    st.error(plain(say(message)))
    if reasons:
        st.markdown(bullets(reasons))


@contextmanager
def error_box() -> Iterator[None]:
    """Show what goes wrong inside as a sentence; a fault of ours with a number that the log has too."""
    try:
        yield
    except NoProject as nothing:
        st.info(plain(say(nothing.message)))
        if may_anywhere(actor().grants, Deed.IMPORT):
            st.page_link("pages/manage/importing.py", label=t("导入文件"))
    except AnotherPerson:
        st.rerun()  # also from a callback: the whole page is made again, and says it (gate.one_person)
    except RenewalError as error:
        if isinstance(error, StoreError) and error.away:
            st.session_state[_AWAY] = True
        _refusal(error.message, _reasons(error))
    except Exception:
        number = secrets.token_hex(3)
        log.event("fault", log.Fields(request=log.request(), fault=number), error=True)
        st.error(
            t("程序出错，编号{number}。已保存的内容不受影响。请刷新页面；仍不行时，把编号告诉管理员。", number=number)
        )


def take(call: Callable[..., object], *args: object) -> None:
    """A service call from a button: what does not go stands on the page as a sentence."""
    with error_box():
        call(context(), *args)
