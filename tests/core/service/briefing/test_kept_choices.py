"""常用选项：kept by name for the project, one of them its default; nothing is overwritten."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.briefing.frames.frames import FRAMES
from core.briefing.slides import SLIDES
from core.errors import NameNeeded, NotAllowed, UnknownName
from core.model.context import Actor, Context
from core.model.kept_choice import KeptChoice, as_text
from core.model.paper import DEFAULT, PaperChoice
from core.service.base import open_store
from core.service.briefing import kept_choices, scheduled_export
from core.store import kept_choices as stored
from core.store.clock import now
from tests.core.service.people import LI, PROJECT, WANG

INSIDE = PaperChoice(confidentiality="内部资料", watermark=True)
SHORT = PaperChoice(checks=True, slides=("overview", "cover"), frames=("pace",))


def kept() -> list[tuple[str, PaperChoice, bool]]:
    return [(each.name, each.choice, each.is_default) for each in kept_choices.choices(WANG, PROJECT)]


@given(
    st.builds(
        PaperChoice,
        round=st.none() | st.just("r1"),
        checks=st.booleans(),
        baseline=st.none() | st.just("2306-2512"),
        names=st.booleans(),
        confidentiality=st.text(max_size=5),
        watermark=st.booleans(),
        slides=st.lists(st.sampled_from([*SLIDES]), unique=True).map(tuple),
        frames=st.lists(st.sampled_from([*FRAMES]), unique=True).map(tuple),
    )
)
def test_all_of_a_choice_is_kept_but_its_round_and_planned_time(choice: PaperChoice) -> None:
    read = KeptChoice("月报", 1, as_text(choice), False, "wang", "王工", now()).choice
    assert (read.round, read.baseline) == (None, None)
    assert [read.checks, read.names, read.confidentiality, read.watermark, read.slides, read.frames] == [
        choice.checks, choice.names, choice.confidentiality, choice.watermark, choice.slides, choice.frames,
    ]  # fmt: skip


@pytest.mark.usefixtures("store_path")
class TestKept:
    def test_everybody_in_the_project_finds_it_by_its_name(self) -> None:
        kept_choices.keep(WANG, PROJECT, " 区长汇报 ", SHORT)
        assert kept_choices.choice(LI, PROJECT, "区长汇报") == SHORT
        assert kept() == [("区长汇报", SHORT, False)]

    def test_the_name_used_again_takes_the_place_of_the_old_which_stays_in_the_record(self) -> None:
        kept_choices.keep(WANG, PROJECT, "月报", SHORT)
        kept_choices.keep(LI, PROJECT, "月报", INSIDE)
        assert kept() == [("月报", INSIDE, False)]
        assert stored.kept_choices(open_store.store(), PROJECT)["月报"].seq == 2

    def test_one_default_at_most(self) -> None:
        assert kept_choices.default(WANG, PROJECT) == DEFAULT
        kept_choices.keep(WANG, PROJECT, "月报", SHORT, is_default=True)
        kept_choices.keep(WANG, PROJECT, "区长汇报", INSIDE, is_default=True)
        assert kept() == [("月报", SHORT, False), ("区长汇报", INSIDE, True)]
        assert kept_choices.default(LI, PROJECT) == INSIDE
        kept_choices.remove(LI, PROJECT, "区长汇报")
        assert kept_choices.default(LI, PROJECT) == DEFAULT  # the one before does not come back by itself
        assert kept() == [("月报", SHORT, False)]

    def test_one_that_was_removed_can_be_kept_again(self) -> None:
        kept_choices.keep(WANG, PROJECT, "月报", SHORT)
        kept_choices.remove(WANG, PROJECT, "月报")
        with pytest.raises(UnknownName, match="常用选项“月报”已不在"):
            kept_choices.remove(WANG, PROJECT, "月报")
        kept_choices.keep(WANG, PROJECT, "月报", INSIDE)
        assert kept() == [("月报", INSIDE, False)]

    def test_what_is_not_there_is_said_with_what_there_is(self) -> None:
        with pytest.raises(UnknownName, match="没有常用选项“月报”：本项目还没有保存过"):
            kept_choices.choice(WANG, PROJECT, "月报")
        kept_choices.keep(WANG, PROJECT, "区长汇报", SHORT)
        with pytest.raises(UnknownName, match="没有常用选项“月报”。可用：区长汇报"):
            kept_choices.choice(WANG, PROJECT, "月报")

    def test_what_cannot_be_kept_is_refused(self) -> None:
        with pytest.raises(NotAllowed, match="请填写常用选项的名称"):
            kept_choices.keep(WANG, PROJECT, "  ", SHORT)
        with pytest.raises(NotAllowed, match="没有幻灯片“moon”"):
            kept_choices.keep(WANG, PROJECT, "月报", PaperChoice(slides=("moon",)))
        with pytest.raises(NameNeeded):
            kept_choices.keep(Context(Actor("anonymous")), PROJECT, "月报", SHORT)
        for number in range(kept_choices.MOST):
            kept_choices.keep(WANG, PROJECT, f"第{number}种", SHORT)
        with pytest.raises(NotAllowed, match="最多20个常用选项"):
            kept_choices.keep(WANG, PROJECT, "月报", SHORT)
        kept_choices.keep(WANG, PROJECT, "第3种", INSIDE)

    def test_what_is_laid_ready_by_schedule_is_made_as_the_default_asks(self) -> None:
        kept_choices.keep(WANG, PROJECT, "月报", PaperChoice(confidentiality="内部资料"), is_default=True)
        deck = next(each.file for each in scheduled_export.scheduled_files(WANG) if each.kind == "pptx")
        assert deck is not None
        with zipfile.ZipFile(io.BytesIO(deck.content)) as parts:
            assert "内部资料" in parts.read("ppt/slides/slide2.xml").decode()
