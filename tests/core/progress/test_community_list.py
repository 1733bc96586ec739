"""Columns of a list of communities: figures that every list may have, and those that this one tells."""

from __future__ import annotations

from core.progress.community_list import columns


def test_columns_that_few_lists_have_stand_where_this_one_tells_them() -> None:
    assert list(columns(())) == ["buildings", "households", "area", "invested", "paid", "physical"]
    told = columns({"done_on", "built", "nothing of ours"})
    assert list(told)[6:] == ["built", "done_on"]
    assert (str(told["paid"]), told["built"]) == ("累计支付（万元）", "建成年代")
