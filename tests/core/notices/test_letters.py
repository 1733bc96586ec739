"""Messages: by project, in pieces that the channel takes, with links where the address is known."""

from __future__ import annotations

from datetime import datetime

from core.errors import Message
from core.model.notice import Notice
from core.notices.letters import Due, letters, trial


def due(key: str, project: str = "甲", text: str = "预警", together: datetime | None = None) -> Due:
    return Due(Notice(key, project, Message(text), f"alarms?project={project}"), f"{project}项目", together)


def test_sentences_stand_under_their_project_with_one_link() -> None:
    (letter,) = letters([due("1"), due("2", "乙"), due("3")], "https://board.example/", "zh_CN", 2000)
    assert letter.subject == "旧改绩效看板：3条提醒"
    assert letter.text.splitlines() == [
        "旧改绩效看板", "", "甲项目", "· 预警", "· 预警", "https://board.example/alarms?project=甲",
        "", "乙项目", "· 预警", "https://board.example/alarms?project=乙",
        "", "本信息由旧改绩效看板自动发出。预警只是提示，不是结论。",
    ]  # fmt: skip
    assert letter.keys == ("1", "2", "3")


def test_without_an_address_there_is_no_link_and_one_is_one_in_english() -> None:
    (letter,) = letters([due("1")], "", "en", 2000)
    assert "alarms" not in letter.text
    assert letter.subject == "Renewal Scorecard: 1 notice"


def test_no_message_has_more_bytes_than_the_channel_takes_and_nothing_is_lost() -> None:
    many = [due(str(n), text="预警" * 40) for n in range(50)]
    found = list(letters(many, "", "zh_CN", 2000))
    assert len(found) > 1
    assert all(len(each.text.encode()) <= 2000 for each in found)
    assert [key for each in found for key in each.keys] == [str(n) for n in range(50)]
    (long,) = letters([due("1", text="预" * 3000)], "", "zh_CN", 2000)
    assert len(long.text.encode()) <= 2000
    assert long.text.endswith("…")


def test_what_is_sent_again_is_the_message_that_it_was() -> None:
    before = next(iter(letters([due("1"), due("2")], "", "zh_CN", 2000)))
    then = datetime(2026, 12, 3)
    fresh, again = letters([due("1", together=then), due("3"), due("2", together=then)], "", "zh_CN", 2000)
    assert fresh.keys == ("3",)
    assert again.id == before.id != fresh.id


def test_nothing_due_is_no_message() -> None:
    assert list(letters([], "", "zh_CN", 2000)) == []
    assert "测试" in trial("zh_CN").text
