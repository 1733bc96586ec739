"""Every call of the service as every role: allowed or refused as the table says, each refusal a sentence."""

from __future__ import annotations

import inspect
import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from core.errors import NotAllowed, RenewalError
from core.model.context import NEWEST, Actor, Context, Language, Version
from core.model.rights import (
    GIVEN,
    LOCAL,
    OPERATOR,
    RIGHTS,
    ROLE_WORDS,
    Deed,
    Grant,
    Role,
    everywhere,
    may_do,
    refusal,
)
from core.model.view_code import View
from core.scoring import Refused
from core.service.base import identity, open_store, project
from core.service.base.asking import PAST
from core.service.briefing import slide_deck, view_codes
from core.service.manage import accounts
from core.service.scoring import item_records, opening, scorecards
from core.store import clock
from core.text import render
from tests.core.service.people import edit, save
from tests.core.service.rights_of import PDF, PROJECT, a_view, arguments, calls

CALLS = calls()
RENDERERS = {"core.service.evidence.data_checks.as_json", "core.service.scoring.scorecard_json.as_json"}
"""They put into words what another call has given."""
DOCUMENTS = (
    "briefing.slide_deck.", "briefing.evaluation.", "briefing.frames.", "briefing.old_deck.fresh",
    "briefing.all_documents.",
)  # fmt: skip
"""They take a second each: of those who may, the least and the most are tried, and in the full run."""
WORD = "密语甲乙丙"
WHO: dict[str, frozenset[Grant]] = {role.value: everywhere(role) for role in GIVEN} | {
    "nobody": frozenset(),
    "local": LOCAL,
    "operator": OPERATOR,
    "chief of another project": frozenset({Grant(Role.CHIEF, "another"), Grant(Role.CLERK, "another")}),
}


def actor(who: str) -> Actor:
    return Actor(f"user:{who}", f"角色{who}", WHO[who])


@pytest.fixture(scope="module")
def hidden(built_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The id of a sheet that its evaluator has not submitted, with a reason, an entry and a file on it."""
    path = tmp_path_factory.mktemp("rights") / "renewal.duckdb"
    path.write_bytes(built_store.read_bytes())
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RENEWAL_STORE", str(path))
        open_store.close()
        own = Context(Actor("user:own", "赵工", everywhere(Role.EVALUATOR)))
        sheet = opening.my_sheet(own, PROJECT, "r1").id
        save(own, sheet, edit("A11", 0, "1.37", reason=WORD))
        item_records.add_evidence(own, PROJECT, sheet, "A11", "原始凭证", f"{WORD}.pdf", PDF)
        yield sheet
        open_store.close()


def texts(result: Any) -> str:
    """All that an answer says, documents included."""
    found = repr(result)
    for content in (result, getattr(result, "content", b"")):
        if isinstance(content, bytes):
            found += content.decode("utf-8", "replace")
            if content.startswith(b"PK"):
                with zipfile.ZipFile(io.BytesIO(content)) as archive:
                    found += "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    return found


def test_every_call_says_what_it_asks_for() -> None:
    assert len(CALLS) > 90
    without = {name for name, call in CALLS.items() if not isinstance(getattr(call, "deed", None), Deed)}
    assert without == RENDERERS


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=pytest.mark.full if name.removeprefix("core.service.").startswith(DOCUMENTS) else ())
        for name in sorted(set(CALLS) - RENDERERS)
    ],
)
def test_a_call_is_allowed_or_refused_as_the_table_says(name: str, hidden: str) -> None:
    call = CALLS[name]
    deed: Deed = call.deed  # type: ignore[attr-defined]
    view = a_view(Context(actor("operator")))
    given = arguments(name, call, hidden, view, open_store.store())
    about = PROJECT if {"project", "of", "view"} & set(given) else None
    looks_around = deed is Deed.SEE and not {"project", "of", "view"} & set(inspect.signature(call).parameters)
    for who, grants in WHO.items():
        allowed = any(
            grant.role in RIGHTS[deed].roles and (looks_around or grant.project in (None, about)) for grant in grants
        )
        if allowed and who not in ("leader", "operator") and name.removeprefix("core.service.").startswith(DOCUMENTS):
            continue
        words = str(refusal(grants, deed))
        try:
            said = texts(call(Context(actor(who)), **given))
        except RenewalError as error:
            said = str(error)
        assert (said == words) == (not allowed), f"{who}: {said}"
        if deed is Deed.KEEP:
            continue  # a copy of everything is for who has the files anyway: nobody on a page
        assert WORD not in said, f"{who} has read a sheet that is not submitted"


def test_the_table_names_every_deed_and_role() -> None:
    assert set(RIGHTS) == set(Deed)
    assert set(ROLE_WORDS) == set(Role)
    assert {role for right in RIGHTS.values() for role in right.roles} == set(Role)


def test_no_mode_gives_a_role_more_than_another(hidden: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Whoever has a role is the same Actor however they were known: what the matrix shows holds in every mode."""
    monkeypatch.setenv("RENEWAL_ACCOUNTS", str(tmp_path / "accounts"))
    admin = Context(actor("operator"))
    for role in GIVEN:
        login = f"m-{role.value}"
        accounts.add(admin, login, f"角色{role.value}")
        accounts.grant(admin, login, role)
        accounts.set_password(admin, login, accounts.hashed("correct horse"))
        wanted = Actor(f"user:{login}", f"角色{role.value}", everywhere(role))
        assert accounts.who_has(accounts.log_in(login, "correct horse")) == wanted
        assert identity.known_as(login) == wanted
    assert identity.known_as("never-entered").grants == frozenset()
    assert identity.known_as(" ") == identity.NOBODY


def test_a_role_for_one_project_sees_and_does_nothing_elsewhere(hidden: str) -> None:
    here = Context(Actor("user:one", "孙工", frozenset({Grant(Role.CHIEF, PROJECT)})))
    there = Context(Actor("user:two", "周工", frozenset({Grant(Role.CHIEF, "another")})))
    assert [each.id for each in project.projects(here)] == [PROJECT]
    assert project.projects(there) == ()
    with pytest.raises(NotAllowed, match="只用于项目another"):
        project.facts(there, PROJECT)
    made = slide_deck.deck(here, PROJECT)
    code = view_codes.view_of(here, PROJECT, "pptx").code
    assert made.content
    with pytest.raises(NotAllowed, match="只用于项目another"):
        view_codes.opened(there, code)


@pytest.mark.parametrize("who", [name for name in WHO if name not in ("nobody", "chief of another project")])
def test_no_role_and_no_version_opens_a_sheet_that_is_not_submitted(who: str, hidden: str) -> None:
    ctx = Context(actor(who))
    facts = project.facts(ctx, PROJECT)
    for version in (NEWEST, Version(batch=facts.batch), Version(moment=facts_moment())):
        with pytest.raises(NotAllowed, match="评分表还没有提交"):
            scorecards.scorecard(replace(ctx, version=version), PROJECT, hidden)
    assert hidden not in [sheet.id for sheet in scorecards.sheets(ctx, PROJECT)]
    if who not in ("evaluator", "chief", "local", "operator"):
        with pytest.raises(NotAllowed):
            save(ctx, hidden, edit("A11", 1, "1.00"))
    else:
        (answer,) = save(ctx, hidden, edit("A11", 1, "1.00"))
        assert isinstance(answer, Refused)


def facts_moment() -> Any:
    """A moment after everything that has happened."""

    return clock.now()


@pytest.mark.parametrize(
    ("who", "own", "shared"),
    [("leader", False, False), ("evaluator", True, False), ("chief", True, True), ("clerk", False, False)],
)
def test_ones_own_sheet_takes_an_evaluator_and_the_shared_ones_the_chief(
    store_path: Path, who: str, own: bool, shared: bool
) -> None:
    ctx = Context(actor(who))

    def refused(call: Any) -> bool:
        try:
            found = call()
        except NotAllowed as error:
            return "只限" in str(error)
        return "只限" in str(found)

    assert refused(lambda: opening.my_sheet(ctx, PROJECT, "r1")) == (not own)
    assert refused(lambda: opening.panel_sheet(ctx, PROJECT, "r1")) == (not shared)
    assert refused(lambda: save(ctx, "r1/working", edit("A11", 1, "1.00", reason="依据不足"))) == (not shared)
    card = scorecards.scorecard(ctx, PROJECT, "r1/working") if not own else None
    if card is not None:
        assert "只限主评人" in str(card.read_only)


def test_a_past_version_is_closed_to_every_role(store_path: Path) -> None:
    late = Version(moment=facts_moment())
    with pytest.raises(NotAllowed) as caught:
        opening.my_sheet(Context(actor("chief"), version=late), PROJECT, "r1")
    assert caught.value.reasons == (PAST,)


def test_a_view_is_what_its_code_says(hidden: str) -> None:
    assert isinstance(a_view(Context(actor("leader"))), View)


@pytest.mark.parametrize(("language", "document"), [("zh_CN", "access.md"), ("en", "access.en.md")])
def test_the_table_of_the_document_on_access_is_this_table(language: Language, document: str) -> None:
    text = (Path(__file__).resolve().parents[4] / "docs" / document).read_text(encoding="utf-8")
    columns = [*(everywhere(role) for role in GIVEN), LOCAL, OPERATOR]
    for deed in Deed:
        marks = " | ".join("✓" if may_do(grants, deed, None) else "" for grants in columns)
        words = render(RIGHTS[deed].words, language)
        if language == "zh_CN":
            words = words.replace(",", "，")  # documents have full-width marks
        row = f"| {words} | {marks} |".replace("|  |", "| |").replace("|  |", "| |")
        assert row in text, row
