"""A playbook folder as dataclasses: one broken file never hides the others."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from cxdesk.errors import UserError
from cxdesk.model import Fault, Phase, Problem
from cxdesk.playbook.fields import Fields
from cxdesk.playbook.limits import read_authority, read_limit
from cxdesk.playbook.located import UnreadableError, read_yaml
from cxdesk.playbook.play import (
    NEEDS,
    SHARED,
    Limits,
    Play,
    Playbook,
    Slot,
    Variant,
    When,
    Wording,
)
from cxdesk.playbook.procedures import read_procedures

MAX_PLAYS = 2000

_SHARED_FIELDS = frozenset(
    {"version", "language", "needs", "signals", "intents", "limits"}
    | {"brand", "jargon", "domain", "slots", "authority", "procedures"}
)
_PLAY_FIELDS = frozenset(
    {"id", "family", "title", "trigger", "keywords", "when", "avoid_when", "avoid_signals"}
    | {"admits_fault", "variants", "wordings", "slots", "follow_up", "limit", "why", "author"}
    | {"review_by", "examples_match", "examples_no_match"}
)
_WHEN_FIELDS = frozenset({"situation", "signals_any", "intents", "phases", "level", "requires"})
_REQUIRED_FIELDS = frozenset({"fault", "resolved", "min_failures", "max_apologies"})


def read_playbook(folder: Path) -> tuple[Playbook, list[Problem]]:
    """The plays of a folder, and what could not be read of it, with file, field and line.

    `playbook.yaml` holds what all plays share; the plays lie below `plays/`, one a file. A play
    that lacks something it cannot do without is left out; an unknown word in a play is named and
    left out of it. Raises UserError when the folder has no playbook at all.
    """
    if not (folder / SHARED).is_file():
        raise UserError(f"{folder} is not a playbook: it has no {SHARED}")
    problems: list[Problem] = []
    shared = _read_shared(folder, problems)
    plays: dict[str, Play] = {}
    for path in sorted((folder / "plays").rglob("*.y*ml"))[:MAX_PLAYS]:
        play = _read_play(path, path.relative_to(folder).as_posix(), shared, problems)
        if play is None:
            continue
        if play.id in plays:
            what = f"the id {play.id} is taken by {plays[play.id].file}"
            problems.append(Problem(play.file, what, field="id"))
        else:
            plays[play.id] = play
    return replace(shared, plays=tuple(plays.values())), problems


def _read_shared(folder: Path, problems: list[Problem]) -> Playbook:
    try:
        source = read_yaml(folder / SHARED, SHARED)
    except UnreadableError as error:
        problems.append(error.problem)
        return Playbook()
    top = Fields(source, problems)
    top.only(_SHARED_FIELDS)
    brand = top.part("brand")
    return Playbook(
        slots=_slots(top.part("slots")),
        families=_families(top.part("needs")),
        signals=top.mapping("signals"),
        intents=top.mapping("intents"),
        limits=_limits(top.part("limits")),
        authority=read_authority(top.part("authority")),
        procedures=read_procedures(top.part("procedures")),
        voice=brand.text("voice"),
        banned=brand.texts("banned"),
        sign_off=brand.text("sign_off"),
        jargon=top.texts("jargon"),
        domain=top.texts("domain"),
    )


def _families(needs: Fields) -> dict[str, str]:
    needs.only(NEEDS)
    return {family: need for need in NEEDS for family in needs.texts(need)}


def _limits(fields: Fields) -> Limits:
    known = Limits()
    names = ("chat_words", "email_words", "title_characters", "examples")
    fields.only(names)
    return Limits(**{name: fields.number(name, getattr(known, name)) or 0 for name in names})


def _slots(fields: Fields) -> dict[str, Slot]:
    found = {}
    for name in fields.data:
        slot = fields.part(str(name))
        slot.only(("kind", "label", "hint", "example"))
        label = slot.text("label", str(name).replace("_", " "))
        kind = slot.text("kind", "text")
        found[str(name)] = Slot(str(name), kind, label, slot.text("hint"), slot.text("example"))
    return found


def _read_play(path: Path, name: str, shared: Playbook, problems: list[Problem]) -> Play | None:
    try:
        source = read_yaml(path, name)
    except UnreadableError as error:
        problems.append(error.problem)
        return None
    top = Fields(source, problems)
    top.only(_PLAY_FIELDS)
    play = _play(top, name, shared)
    usable = play.id and play.title and play.family and play.chat.text and play.email.text
    return play if usable else None


def _play(top: Fields, name: str, shared: Playbook) -> Play:
    variants, follow_up, why = top.part("variants"), top.part("follow_up"), top.part("why")
    variants.only(("chat", "email"))
    follow_up.only(("action", "due"))
    why.only(("text", "source"))
    return Play(
        id=top.text("id", required=True),
        family=_family(top, shared),
        title=top.text("title", required=True),
        trigger=_trigger(top),
        keywords=top.texts("keywords"),
        when=_when(top.part("when"), shared),
        avoid_when=top.texts("avoid_when"),
        avoid_signals=top.chosen("avoid_signals", shared.signals),
        admits_fault=bool(top.flag("admits_fault", False)),
        chat=Variant("chat", variants.text("chat", required=True)),
        email=Variant("email", variants.text("email", required=True)),
        follow_up=follow_up.text("action"),
        follow_up_due=follow_up.text("due"),
        why=why.text("text"),
        source=why.text("source"),
        examples_match=top.texts("examples_match"),
        examples_no_match=top.texts("examples_no_match"),
        author=top.text("author"),
        file=name,
        limit=read_limit(top.part("limit")),
        wordings=tuple(filter(None, map(_wording, top.parts("wordings")))),
        review_by=top.day("review_by"),
    )


def _wording(fields: Fields) -> Wording | None:
    fields.only(("chat", "email"))
    chat, email = [fields.text(channel, required=True) for channel in ("chat", "email")]
    return Wording(Variant("chat", chat), Variant("email", email)) if chat and email else None


def _family(top: Fields, shared: Playbook) -> str:
    family = top.text("family", required=True)
    if family and family not in shared.families:
        top.wrong(f"unknown: {family}; known are {', '.join(shared.families)}", "family")
        return ""
    return family


def _trigger(top: Fields) -> str:
    trigger = top.text("trigger", "text")
    if trigger not in ("text", "state"):
        top.wrong(f"unknown: {trigger}; known are text, state", "trigger")
    return trigger


def _when(fields: Fields, shared: Playbook) -> When:
    fields.only(_WHEN_FIELDS)
    requires = fields.part("requires")
    requires.only(_REQUIRED_FIELDS)
    return When(
        situation=fields.text("situation"),
        phases=fields.words("phases", Phase),
        levels=fields.span("level", 0, 4),
        signals=fields.chosen("signals_any", shared.signals),
        intents=fields.chosen("intents", shared.intents),
        faults=requires.words("fault", Fault),
        resolved=requires.flag("resolved"),
        min_failures=requires.number("min_failures", 0) or 0,
        max_apologies=requires.number("max_apologies"),
    )
