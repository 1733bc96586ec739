"""A sentence's first clause, in both languages."""

from __future__ import annotations

import pytest

from core.text.clause import first_clause


@pytest.mark.parametrize(
    ("sentence", "clause"),
    [
        ("使用率100.00%随分母而变：以到位资金为分母才是100.00%。", "使用率100.00%随分母而变"),
        ("小区数有4行写了两个数（合计28-28），第二个数未说明；含义待确认。", "小区数有4行写了两个数，第二个数未说明"),
        ("累计支付占概算为53.33%，低于80%（工期已过61.38%）", "累计支付占概算为53.33%，低于80%"),
        ("王工10:32把本项改为5.00。", "王工10:32把本项改为5.00"),
        ("Paid 53.33% (61.38% of the time gone), below 80%. Both cannot hold.", "Paid 53.33%, below 80%"),
        ("The 330.67 (10k ㎡) of the table are planned; none is done.", "The 330.67 (10k ㎡) of the table are planned"),
        ("The report says: one; the approval: two.", "The report says: one"),
        ("没有标点", "没有标点"),
        ("", ""),
    ],
)
def test_it_ends_before_colon_semicolon_or_full_stop_and_has_no_asides(sentence: str, clause: str) -> None:
    assert first_clause(sentence) == clause
