"""Entering a 满意度问卷: a new one, its questions and answers, its counts one by one or as a column, a file."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace

import streamlit as st

from core.errors import Message, NotAllowed
from core.ingest.score_tables.questionnaire import QuestionnaireFile
from core.ingest.score_tables.typed_questionnaire import lines_of, pasted_column, typed_answers, typed_counts
from core.model.questionnaire import SurveyAnswer, SurveyQuestion
from core.scoring.questionnaires import FIVE_GRADES, MOST_NAME, rewritten, with_counts
from core.service.base.file import File
from core.service.scoring import questionnaires
from core.service.scoring.questionnaires import QuestionnaireView
from core.text.numbers import number
from pages.shared import fields
from pages.shared.choices import apart
from pages.shared.doubts import confirmed, doubts
from pages.shared.errors import error_box, refusal_box
from pages.shared.next_file import next_file, taken
from pages.shared.reads import looked_at
from pages.shared.session import context, key_of, project
from pages.shared.who import named
from pages.shared.words import plain, say, t

_KIND = "questionnaire"
"""The kind of file."""
MOST_LINES = 20_000
"""Characters of the questions of one questionnaire."""
MOST_WORDS = 5_000
"""Characters of its answers."""


def new(found: Sequence[QuestionnaireView]) -> None:
    """Two menus: a questionnaire typed anew, or one from a file, which may be the next version of one that is there."""
    with st.container(horizontal=True, key="questionnaire_new"):
        key = st.session_state.setdefault(_new_key(), secrets.token_hex(8))
        # Of another key once it is made: the menu closes.
        label, brought = t("新建问卷"), t("导入问卷")
        if named(label, "new_questionnaire"):
            with st.popover(label, width="content", key=key_of("new_questionnaire", key)):
                _words(None, key)
        if named(brought, "import_questionnaire"):
            with st.popover(brought, width="content"), error_box():
                st.caption(plain(t("表头：题目、答案、权重、份数；一行一个答案，同一题的后几行题目可留空。")))
                next_file(_KIND, t("选择文件（Excel或CSV）"), ("xlsx", "csv"), lambda file, _: _look(file, found))


def edit(found: QuestionnaireView) -> None:
    """The counts, then the questions and answers of a questionnaire, folded."""
    now = found.now
    blank = all(each.count is None for question in found.questions for each in question.answers)
    label, words = t("录入份数"), t("修改题目与答案")
    with st.container(key="questionnaire_edit", gap="small"):
        if named(label, "counts"):
            with st.expander(label, expanded=blank, key=key_of("counts", now.questionnaire)):
                _counts(found)
                _column(found)
        if named(words, "words"):
            with st.expander(words, key=key_of("words", now.questionnaire)):
                _words(found, now.questionnaire)


def alike(questions: Sequence[SurveyQuestion]) -> bool:
    """Whether all questions have the same answers with the same weights."""
    return len({tuple((each.text, each.weight) for each in question.answers) for question in questions}) == 1


def _save(found: QuestionnaireView, counts: Sequence[str]) -> None:
    """Keep these counts, or say of each that is none what is wrong with it."""
    now = found.now
    read, wrong = typed_counts(counts, found.questions)
    if wrong:
        raise NotAllowed(wrong, Message("份数有{count}处要改，未保存。", {"count": len(wrong)}))
    questions = with_counts(found.questions, read)
    questionnaires.keep(context(), project(), now.questionnaire, now.revision, now.name, now.asked_on, questions)


def _counts(found: QuestionnaireView) -> None:
    """A row of fields for each question: anew with each version of it, whoever saves it."""
    of = (found.now.questionnaire, str(found.now.revision))
    keys = [
        [key_of(f"count_{one}_{each}", *of) for each in range(len(question.answers))]
        for one, question in enumerate(found.questions)
    ]

    def done() -> None:
        with refusal_box():
            _save(found, [str(st.session_state[key] or "") for row in keys for key in row])

    with st.form(key_of("counts_form", *of), border=False):
        for number_, (question, row) in enumerate(zip(found.questions, keys, strict=True), start=1):
            st.markdown(f"{number_}\\. {plain(question.text)}")
            with st.container(horizontal=True):
                for each, key in zip(question.answers, row, strict=True):
                    value = "" if each.count is None else str(each.count)
                    st.text_input(plain(each.text), value, key=key, max_chars=12, width=120)
        st.form_submit_button(t("保存份数"), on_click=done)


def _column(found: QuestionnaireView) -> None:
    """A column of counts as a spreadsheet puts it on the clipboard."""
    form = key_of("column", found.now.questionnaire, str(found.now.revision))
    total = sum(len(question.answers) for question in found.questions)
    label = t("或粘贴一列份数（共{count}个，按题目和答案的次序，一行一个）", count=total)

    def done(text: str) -> None:
        _save(found, pasted_column(text))

    fields.text_form(
        form, f"{form}_text", label, t("保存这一列"), done, most=MOST_LINES, lines=True, clear=False, box=refusal_box
    )


def _words(found: QuestionnaireView | None, key: str) -> None:
    """The words of a questionnaire, or of a new one (None). `key`: its id."""
    now = None if found is None else found.now
    questions = () if found is None else found.questions
    of = (key, "0" if now is None else str(now.revision))
    same = not questions or alike(questions)
    keys = {name: key_of(f"questionnaire_{name}", *of) for name in ("name", "day", "questions", "answers")}

    def done() -> None:
        with refusal_box():
            given = st.session_state
            typed = _typed(given[keys["questions"]], given.get(keys["answers"]), questions)
            name, day = given[keys["name"]], fields.day_of(keys["day"])
            questionnaires.keep(context(), project(), key, 0 if now is None else now.revision, name, day, typed)
            if now is None:
                del given[_new_key()]

    with st.form(key_of("questionnaire_form", *of), border=False):
        st.text_input(t("问卷名称"), "" if now is None else now.name, key=keys["name"], max_chars=MOST_NAME)
        fields.day_field(t("调查日期（可不填）"), keys["day"], None if now is None else now.asked_on)
        st.text_area(
            t("题目（一行一题）"),
            "\n".join(each.text for each in questions),
            key=keys["questions"],
            max_chars=MOST_LINES,
        )
        if same:
            st.text_area(
                t("各题的答案与权重（一行一个，如“满意 0.75”；权重在0到1之间）"),
                _lines(questions[0].answers if questions else _usual()),
                key=keys["answers"], max_chars=MOST_WORDS, height=160,
            )  # fmt: skip
            st.caption(plain(t("各题答案不同的，请用“导入问卷”。")))
        else:
            st.caption(plain(t("各题的答案不同：要改答案，请下载问卷，修改后再导入为它的新一版。")))
        st.form_submit_button(t("建立问卷") if now is None else t("保存题目"), on_click=done)


def _new_key() -> str:
    """The key of the session under which the id of the questionnaire lies that is being begun."""
    return key_of("questionnaire_id")


def _usual() -> tuple[SurveyAnswer, ...]:
    return tuple(SurveyAnswer(say(name), weight) for name, weight in FIVE_GRADES)


def _lines(answers: Sequence[SurveyAnswer]) -> str:
    return "\n".join(f"{each.text} {number(each.weight)}" for each in answers)


def _typed(questions: str, answers: str | None, before: Sequence[SurveyQuestion]) -> tuple[SurveyQuestion, ...]:
    """Make the questions of what is typed; counts stay with their words. Raises NotAllowed with every wrong line."""
    texts = lines_of(questions)
    if answers is None:  # each question has answers of its own: only words of questions are changed, in their order
        if len(texts) != len(before):
            params = {"count": len(before), "got": len(texts)}
            raise NotAllowed([Message("各题答案不同，题数不能在这里增减：应为{count}题，读到{got}题。", params)])
        return tuple(replace(each, text=text) for each, text in zip(before, texts, strict=True))
    read, wrong = typed_answers(answers)
    if wrong:
        raise NotAllowed(wrong, Message("答案有{count}处要改，未保存。", {"count": len(wrong)}))
    return rewritten(before, texts, read)


def _look(file: File, found: Sequence[QuestionnaireView]) -> None:
    """What was read of a file, as which questionnaire it is kept, and the button."""
    read, wrong = looked_at("questionnaire_preview", file, lambda: questionnaires.preview(context(), file))
    doubts(wrong, () if read is None else read.notes)
    if read is None or wrong:
        return
    there = {each.now.questionnaire: each for each in found}
    names = {"": t("新的问卷"), **{key: t("“{name}”的新一版", name=each.now.name) for key, each in there.items()}}
    st.selectbox(t("导入为"), list(names), format_func=apart(names, names.__getitem__), key=_into_key())
    st.markdown(plain(t("《{name}》共{count}题。", name=read.title, count=len(read.questions))))
    seen = confirmed(file, read.notes, "questionnaire_seen")
    button, asked = t("确认导入"), (read, there)
    st.button(button, key="questionnaire_commit", type="primary", on_click=_import, args=asked, disabled=not seen)


def _into_key() -> str:
    """The key of the list of what a file can be kept as."""
    return key_of("questionnaire_into")


def _import(read: QuestionnaireFile, there: Mapping[str, QuestionnaireView]) -> None:
    """Keep it as what is chosen now: the button may be pressed before the page has been made again with the choice."""
    with refusal_box():
        into = there.get(st.session_state[_into_key()])
        now = None if into is None else into.now
        name = read.title if now is None else now.name
        key, base = (st.session_state[_new_key()], 0) if now is None else (now.questionnaire, now.revision)
        day = None if now is None else now.asked_on
        questionnaires.keep(context(), project(), key, base, name, day, read.questions)
        if now is None:
            del st.session_state[_new_key()]
        taken(_KIND)
