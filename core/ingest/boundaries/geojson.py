"""街镇边界 out of GeoJSON: a FeatureCollection whose features each have the name and the outline of a place."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from core.errors import Message, RowProblem
from core.ingest.boundaries.thinned import RawRings, thinned
from core.ingest.files.labels import compact
from core.ingest.project_tables.place_tables import MOST_PLACES, key_of
from core.model.boundaries import Outlines, Point
from core.text.one_line import one_line

MOST_MB = 5
"""Most megabytes of a file."""
MOST_BYTES = MOST_MB * 2**20
ENDINGS = ("geojson", "json")
NAMES = ("name", "名称", "街镇", "街道", "乡镇", "xzqmc")
"""Properties that name a place, the first that is there; small and capital letters are the same."""
_MOST_SHOWN = 40
"""Characters of a name in a sentence."""
_LEAST = 3
"""Corners of a line around anything."""


def read_boundaries(name: str, content: bytes, places: Sequence[str]) -> tuple[Outlines, tuple[RowProblem, ...]]:
    """The outlines of every place of a project, thinned; or all that is wrong with the file, and no outlines.

    `places`: as the project calls them; spaces and full width in a name make no other place.
    """
    shown = one_line(name)
    found, wrong = _collection(content)
    if wrong is None:
        read = _Read(places)
        for number, feature in enumerate(found, 1):
            read.feature(number, feature)
        outlines, problems = read.outlines()
    else:
        outlines, problems = {}, (wrong,)
    return outlines, tuple(RowProblem(shown, None, None, each) for each in problems)


def _collection(content: bytes) -> tuple[Sequence[Any], Message | None]:
    """The features of a file, or why there are none."""
    if len(content) > MOST_BYTES:
        return (), Message("文件超过{most}MB。请导出简化过的边界。", {"most": MOST_MB})
    try:
        found = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return (), Message("不是GeoJSON（UTF-8编码的JSON文本）。请由地图软件导出为GeoJSON（.geojson）。")
    if not isinstance(found, dict) or found.get("type") != "FeatureCollection":
        return (), Message("不是GeoJSON的要素集合（FeatureCollection）。请把全部街镇导出为一个GeoJSON文件。")
    features = found.get("features")
    if not isinstance(features, list) or not features:
        return (), Message("文件中没有图形。请导出街镇的边界（面）。")
    if len(features) > MOST_PLACES:
        params = {"count": len(features), "most": MOST_PLACES}
        return (), Message("文件中有{count}个图形，最多{most}个。请只导出本项目的街镇。", params)
    return features, None


class _Read:
    """The features of one file, as far as they were read."""

    def __init__(self, places: Sequence[str]) -> None:
        self._known = {key_of(place): place for place in places}
        self._numbers: dict[str, int] = {}
        self._rings: dict[str, RawRings] = {}
        self._problems: list[Message] = []

    def feature(self, number: int, feature: Any) -> None:
        """Take a feature over, or note what is wrong with it."""
        named = _name(feature)
        place = self._known.get(key_of(named))
        if place is None:
            self._problems.append(self._unknown(number, named))
            return
        said = {"number": number, "name": place}
        if place in self._numbers:
            twice = said | {"first": self._numbers[place]}
            self._problems.append(
                Message("第{number}个图形与第{first}个都是“{name}”。请合并为一个，或删去一个。", twice)
            )
            return
        self._numbers[place] = number
        rings = _rings(feature.get("geometry"))
        if isinstance(rings, Message):
            self._problems.append(Message("第{number}个图形“{name}”：{problem}", said | {"problem": rings}))
        else:
            self._rings[place] = rings

    def _unknown(self, number: int, named: str) -> Message:
        if not named:
            params: dict[str, object] = {"number": number, "names": NAMES}
            return Message("第{number}个图形没有名称。请在属性（{names}之一）中写明街镇。", params)
        params = {"number": number, "name": named[:_MOST_SHOWN], "known": tuple(self._known.values())}
        return Message("第{number}个图形：项目中没有街镇“{name}”，已有：{known}。请检查名称，或删去这个图形。", params)

    def outlines(self) -> tuple[Outlines, tuple[Message, ...]]:
        """What was read, where nothing is wrong and no place is missing."""
        missing = tuple(place for place in self._known.values() if place not in self._numbers)
        if missing:
            self._problems.append(Message("文件中没有{places}的边界。请补上后重新导出。", {"places": missing}))
        found = {} if self._problems else thinned(self._rings)
        flat = tuple(place for place, rings in found.items() if not rings)
        if flat:
            self._problems.append(Message("{places}的边界没有面积，画不出来。请检查图形。", {"places": flat}))
        return ({} if self._problems else found), tuple(self._problems)


def _name(feature: Any) -> str:
    """What a feature calls itself; "" where it does not."""
    properties = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(properties, dict):
        return ""
    said = {compact(key).lower(): value for key, value in properties.items() if isinstance(value, str)}
    return next((one_line(said[key]) for key in NAMES if one_line(said.get(key, ""))), "")


def _rings(geometry: Any) -> RawRings | Message:
    """The rings of an area, the outer one of each part first; or what is wrong with them."""
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind not in ("Polygon", "MultiPolygon"):
        return Message("不是面（Polygon或MultiPolygon）。请导出街镇的边界面，而不是点或线。")
    given = geometry.get("coordinates")
    parts = [given] if kind == "Polygon" else given
    if not isinstance(parts, list) or not parts or not all(isinstance(part, list) and part for part in parts):
        return Message("没有坐标。请重新导出。")
    found: list[tuple[tuple[Point, ...], bool]] = []
    for part in parts:
        for at, ring in enumerate(part):
            points = _points(ring)
            if isinstance(points, Message):
                return points
            found.append((points, at == 0))
    return tuple(found)


def _points(ring: Any) -> tuple[Point, ...] | Message:
    """The corners of a closed line."""
    if not isinstance(ring, list) or len(ring) <= _LEAST:
        return Message("有的边界线不足4个点，围不成面。请检查图形。")
    points = tuple(_each(ring))
    if len(points) < len(ring):
        return Message("有的坐标不是两个数（经度、纬度）。请重新导出。")
    if all(-180 <= x <= 180 and -90 <= y <= 90 for x, y in points):
        return tuple((float(x), float(y)) for x, y in points)
    if all(-90 <= x <= 90 and -180 <= y <= 180 for x, y in points):
        return Message("坐标像是纬度在前。GeoJSON应为经度在前、纬度在后，请调换后重新导出。")
    return Message("坐标不是经纬度（经度-180～180，纬度-90～90）。请把坐标系转为经纬度（如CGCS2000或WGS84）后导出。")


def _each(ring: Sequence[Any]) -> Iterator[tuple[int | float, int | float]]:
    for point in ring:
        if isinstance(point, list) and len(point) >= 2 and all(map(_number, point[:2])):
            yield point[0], point[1]


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
