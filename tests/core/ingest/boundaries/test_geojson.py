"""街镇边界 out of GeoJSON: every place once, in longitude and latitude; all that is wrong at once."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.ingest.boundaries.geojson import MOST_BYTES, read_boundaries
from core.ingest.boundaries.thinned import MOST_POINTS
from tests.core.ingest.boundaries.four import NAMES, feature, four, square, text


def read(content: bytes) -> tuple[dict[str, Any], list[str]]:
    outlines, problems = read_boundaries("街镇.geojson", content, NAMES)
    return dict(outlines), [str(each.message) for each in problems]


def test_each_place_has_its_outline() -> None:
    outlines, problems = read(text(four()))
    assert problems == []
    assert outlines["申港街道"] == (((120.1, 31.8), (120.2, 31.8), (120.2, 31.9), (120.1, 31.9)),)
    assert list(outlines) == list(NAMES)


def test_neighbours_keep_their_corners_in_common() -> None:
    outlines, _ = read(text(four()))
    assert all((120.2, 31.9) in rings[0] for rings in outlines.values())


@pytest.mark.parametrize("name", ["申港 街道", "　申港街道", "申港街道\n"])
@pytest.mark.parametrize("key", ["name", "NAME", "名称", "街镇", "XZQMC"])
def test_spellings_of_a_name_and_of_its_property_are_one(name: str, key: str) -> None:
    _, problems = read(text([feature(name, square(0, 0), key=key), *four()[1:]]))
    assert problems == []


def test_several_parts_and_a_hole_are_kept_and_turned() -> None:
    hole = [[120.14, 31.84], [120.16, 31.84], [120.16, 31.86], [120.14, 31.86], [120.14, 31.84]]
    parts = [[*square(0, 0), hole], square(3, 3)]
    outlines, problems = read(text([feature(NAMES[0], parts, "MultiPolygon"), *four()[1:]]))
    assert problems == []
    outer, inner, other = outlines[NAMES[0]]
    assert (len(outer), len(inner), len(other)) == (4, 4, 4)
    assert inner[:2] == ((120.14, 31.86), (120.16, 31.86))  # from the north-west to the north-east: with the clock


def test_all_problems_are_told_at_once() -> None:
    point = {"type": "Feature", "properties": {"name": NAMES[2]}, "geometry": {"type": "Point", "coordinates": [1, 2]}}
    _, problems = read(text([four()[0], four()[0], feature("云亭街道", square(0, 1)), feature("", []), point]))
    assert problems == [
        "第2个图形与第1个都是“申港街道”。请合并为一个，或删去一个。",
        "第3个图形：项目中没有街镇“云亭街道”，已有：申港街道、夏港街道、利港街道、璜土镇。请检查名称，或删去这个图形。",
        "第4个图形没有名称。请在属性（name、名称、街镇、街道、乡镇、xzqmc之一）中写明街镇。",
        "第5个图形“利港街道”：不是面（Polygon或MultiPolygon）。请导出街镇的边界面，而不是点或线。",
        "文件中没有夏港街道、璜土镇的边界。请补上后重新导出。",
    ]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "不是GeoJSON（UTF-8编码的JSON文本）"),
        ("名称".encode("gb18030"), "UTF-8"),
        (b"[" * 100_000, "不是GeoJSON"),
        (b"[]", "要素集合（FeatureCollection）"),
        (b'{"type":"Feature"}', "要素集合（FeatureCollection）"),
        (b'{"type":"FeatureCollection","features":[]}', "没有图形"),
        (b'{"type":"FeatureCollection"}', "没有图形"),
        (text([1] * 1001), "文件中有1001个图形，最多1000个"),
        (b" " * (MOST_BYTES + 1), "文件超过5MB"),
    ],
)
def test_what_is_no_collection_is_said(content: bytes, words: str) -> None:
    outlines, problems = read(content)
    assert outlines == {}
    assert len(problems) == 1
    assert words in problems[0]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda x, y: [y, x], "纬度在前"),
        (lambda x, y: [x * 1e5, y * 1e5], "坐标不是经纬度"),
        (lambda x, y: [10**400, y], "坐标不是经纬度"),
        (lambda x, y: [float("nan"), y], "坐标不是经纬度"),
        (lambda x, y: [True, y], "不是两个数"),
        (lambda x, y: [str(x), y], "不是两个数"),
        (lambda x, y: [x], "不是两个数"),
        (lambda x, y: [120.1, 31.8], "没有面积"),
    ],
)
def test_coordinates_are_longitude_and_latitude(change: Callable[[float, float], list[Any]], words: str) -> None:
    wrong = [[change(x, y) for x, y in square(0, 0)[0]]]
    outlines, problems = read(text([feature(NAMES[0], wrong), *four()[1:]]))
    assert outlines == {}
    assert len(problems) == 1
    assert words in problems[0]
    assert NAMES[0] in problems[0]


def test_a_line_of_very_many_corners_is_thinned() -> None:
    south = [[120.1 + 0.1 * n / 50_000, 31.8] for n in range(50_000)]
    ring = [*south, [120.2, 31.8], [120.2, 31.9], [120.1, 31.9], [120.1, 31.8]]
    outlines, problems = read(text([feature(NAMES[0], [ring]), *four()[1:]]))
    assert problems == []
    assert sum(len(ring) for rings in outlines.values() for ring in rings) <= MOST_POINTS


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from(["", "Polygon", *NAMES]) | st.text(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["type", "features", "properties", "geometry", "coordinates", "name"]), inner, max_size=4
        )
    ),
    max_leaves=20,
)


@given(st.binary())
def test_no_bytes_crash_it(content: bytes) -> None:
    outlines, problems = read(content)
    assert bool(outlines) != bool(problems)


@given(st.lists(_JSON, max_size=4))
def test_no_json_crashes_it(features: list[Any]) -> None:
    outlines, problems = read(json.dumps({"type": "FeatureCollection", "features": features}).encode())
    assert bool(outlines) != bool(problems)


@given(st.sampled_from(["Polygon", "MultiPolygon"]), _JSON)
def test_no_coordinates_crash_it(kind: str, coordinates: Any) -> None:
    outlines, problems = read(text([feature(NAMES[0], coordinates, kind), *four()[1:]]))
    assert bool(outlines) != bool(problems)
