"""What stands on a page, element by element: its words, choices, tables and what components are handed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from google.protobuf.json_format import MessageToDict

from core.model.context import Actor, Language
from tests.pages.opening import opened
from tests.unchanged.files import one_line

_ASIDE = frozenset(
    (
        "id", "formId", "url", "deferredFileId", "pageScriptHash", "setValue", "elementType", "wrap",
        "jsContent", "htmlContent", "cssContent", "jsSourcePath", "cssSourcePath",
        "spec", "imgs", "arrowData", "json",
    )
)  # fmt: skip
"""Fields of an element that nobody reads, that change from run to run, or that have a text of their own."""
_AGE = ("数据已超过12个月", "Data over 12 months old")
"""What a page says by today's date."""
_LAID_OUT = ("flex_container", "column")


def screen(page: str, project: str, language: Language, actor: Actor) -> str:
    """A page by its place below pages/, as the person sees it."""
    lang = {"zh_CN": "zh", "en": "en"}[language]
    return "\n".join(_block(opened(page, actor, project=project, lang=lang).main, "")) + "\n"


def _block(block: Any, indent: str) -> Iterator[str]:
    for each in block.children.values():
        if not hasattr(each, "children"):
            yield from _element(each, indent)
            continue
        said = getattr(each, "label", "") or ""
        if each.type not in _LAID_OUT or said:
            yield f"{indent}{each.type} {one_line(said)}".rstrip()
        yield from _block(each, indent + " ")


def _element(element: Any, indent: str) -> Iterator[str]:
    found = MessageToDict(element.proto)
    said = {name: value for name, value in sorted(found.items()) if name not in _ASIDE and value not in ("", {}, [])}
    if any(age in str(said.get("body")) for age in _AGE):
        return
    body = one_line(said.pop("body", ""))
    more = f" {json.dumps(said, ensure_ascii=False, sort_keys=True)}" if said else ""
    yield f"{indent}{element.type} {body}{more}".rstrip()
    if "json" in found:
        yield from (f"{indent}  {line}" for line in _handed(json.loads(found["json"]), ""))
    if "arrowData" in found:
        for row in [list(element.value.columns), *element.value.itertuples(index=False)]:
            yield f"{indent}  | " + " | ".join(one_line(cell) for cell in row)


def _handed(value: Any, at: str) -> Iterator[str]:
    if isinstance(value, dict) and value:
        for key in sorted(value):
            yield from _handed(value[key], f"{at}.{key}" if at else key)
    elif isinstance(value, list) and any(isinstance(each, dict | list) for each in value):
        for number, each in enumerate(value):
            yield from _handed(each, f"{at}[{number}]")
    else:
        yield f"{at}: {json.dumps(value, ensure_ascii=False)}"
