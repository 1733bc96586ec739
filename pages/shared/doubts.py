"""What has to be said of a file before it counts: problems first, then what was read and looks odd."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from core.errors import RowProblem
from pages.shared.words import bullets, t

MOST_PROBLEMS = 200


def doubts(problems: Sequence[RowProblem], questions: Sequence[RowProblem]) -> None:
    """Everything that is wrong, and everything that was accepted but looks odd."""
    if problems:
        count = len(problems)
        st.error(t("有{count}处问题，整份文件不会写入。请修改文件后重新选择。", count=count))
        listed(problems)
    if questions:
        st.warning(t("有{count}处要先确认，才能导入：", count=len(questions)))
        listed(questions)


def confirmed(file: object, questions: Sequence[RowProblem], key: str) -> bool:
    """Whether everything that is asked about a file has been ticked as seen; nothing to tick where nothing is.

    Another file, and another question, have to be ticked anew.
    """
    ticked_for, asked = f"{key}_for", (file, questions)
    if st.session_state.get(ticked_for) != asked:
        st.session_state[ticked_for], st.session_state[key] = asked, False
    return not questions or st.checkbox(t("上面{count}处已核对，照此导入", count=len(questions)), key=key)


def listed(found: Sequence[RowProblem]) -> None:
    """Sentences about the file, the first of them where there are many."""
    st.markdown(bullets(each.sentence() for each in found[:MOST_PROBLEMS]))
    if len(found) > MOST_PROBLEMS:
        st.caption(t("以上为前{most}处，共{count}处。", most=MOST_PROBLEMS, count=len(found)))
