"""The one place where an error becomes a box on the screen."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from core.errors import InputError, RenewalError
from core.scoring.workflow import NotAllowed
from pages.shared import log
from pages.shared.session import NoProject
from pages.shared.words import plain, say, t


@contextmanager
def error_box() -> Iterator[None]:
    """Show what goes wrong inside as a sentence; a fault of ours with a number that the log has too."""
    try:
        yield
    except NoProject as nothing:
        st.info(plain(say(nothing.message)))
    except RenewalError as error:
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
