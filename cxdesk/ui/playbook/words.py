"""A play in a reader's words: labels for slots, whole phrases for codes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cxdesk.model import Fault, Level, OpenSlot, Phase, Problem
from cxdesk.playbook import Play, Playbook, Slot, Variant
from cxdesk.playbook.play import When, pieces
from cxdesk.ui.sidebar.words import PHASE_WORDS

_FAMILIES = {"deescalate": "De-escalate", "thank_feedback": "Thanks and feedback"}
_FAULTS = {
    Fault.COMPANY: "ours",
    Fault.CUSTOMER: "the customer’s",
    Fault.THIRD_PARTY: "somebody else’s",
    Fault.NOBODY: "nobody’s",
    Fault.UNKNOWN: "not known",
}
_TIMES = {1: "once", 2: "twice"}
_NOTHING = ("", "none")


@dataclass(frozen=True, slots=True)
class Wording:
    """A wording as it is read. `slots` point into `text`; `clipboard` has them in brackets."""

    text: str
    slots: tuple[OpenSlot, ...]
    clipboard: str


def wording(variant: Variant, slots: Mapping[str, Slot]) -> Wording:
    """The whole wording with each slot as its label; no braces, nothing filled."""
    text, clipboard = "", ""
    found = []
    for piece in pieces(variant.text.strip()):
        if not piece.slot:
            text += piece.text
            clipboard += piece.text
            continue
        slot = _slot(piece.slot, slots)
        start, end = len(text), len(text) + len(slot.label)
        found.append(OpenSlot(slot.name, slot.label, start, end, slot.hint, slot.example))
        text += slot.label
        clipboard += f"[{slot.label}]"
    return Wording(text, tuple(found), clipboard)


@dataclass(frozen=True, slots=True)
class FieldWords:
    """One open field of a wording: its label, and what goes into it."""

    label: str
    hint: str


def fields(variant: Variant, slots: Mapping[str, Slot]) -> tuple[FieldWords, ...]:
    """The fields of a wording, each once, in the order they come."""
    fallbacks = {each.slot: each.fallback for each in pieces(variant.text) if each.fallback}
    return tuple(_field(_slot(name, slots), fallbacks.get(name)) for name in variant.slots)


def _field(slot: Slot, fallback: str | None) -> FieldWords:
    said = (
        sentence(slot.hint),
        f"For example “{slot.example}”" if slot.example else "",
        f"Left empty it reads “{fallback}”" if fallback else "",
    )
    return FieldWords(slot.label, " ".join(f"{each}." for each in said if each))


def _slot(name: str, slots: Mapping[str, Slot]) -> Slot:
    return slots.get(name) or Slot(name, "text", name.replace("_", " "))


# ------------------------------------------------------------------ when


def family(code: str) -> str:
    """A family's heading: "Extra mile"."""
    return _FAMILIES.get(code, code.replace("_", " ").capitalize())


def chips(codes: Iterable[str], known: Mapping[str, str]) -> tuple[str, ...]:
    """Signals or intents in the words a because-line uses, in the playbook's order."""
    wanted = set(codes)
    return tuple(words for code, words in known.items() if code in wanted)


def phases(when: When) -> str:
    """The phases in the order a conversation has them: "Opening, problem solving"."""
    if when.phases >= set(Phase):
        return "Any"
    return sentence(", ".join(words for each, words in PHASE_WORDS.items() if each in when.phases))


def is_any_level(when: When) -> bool:
    return when.levels == (min(Level), max(Level))


def conditions(when: When) -> str:
    """What must hold besides: "The fault is ours, we failed at least twice"; "" for nothing."""
    said = [_fault(when)]
    if when.resolved is not None:
        said.append("the problem is solved" if when.resolved else "the problem is not solved yet")
    if when.min_failures:
        said.append(f"we failed at least {_times(when.min_failures)}")
    if when.max_apologies == 0:
        said.append("nobody has apologised yet")
    elif when.max_apologies is not None:
        said.append(f"we have apologised {_times(when.max_apologies)} at most")
    return sentence(", ".join(each for each in said if each))


def _fault(when: When) -> str:
    kinds = [words for fault, words in _FAULTS.items() if fault in when.faults]
    return f"the fault is {' or '.join(kinds)}" if kinds else ""


def _times(count: int) -> str:
    return _TIMES.get(count, f"{count} times")


# ------------------------------------------------------------------ what follows from it


def authority(play: Play) -> str:
    """What the agent may give with it."""
    if not play.limit.text:
        return "It gives nothing away, so it needs nobody’s leave."
    return sentence(play.limit.text)


def afterwards(play: Play, book: Playbook) -> str:
    """What is left to do, and by when: "Check the refund (7 days)"; "" for nothing."""
    if play.follow_up in _NOTHING:
        return ""
    slot = book.slots.get(play.follow_up_due)
    due = f"by the {slot.label} you name" if slot else play.follow_up_due
    return sentence(play.follow_up) + (f" ({due})" if due not in _NOTHING else "")


# ------------------------------------------------------------------ the files


def unread(problems: Iterable[Problem], book: Playbook) -> str:
    """How many files have problems: "2 files could not be read, 1 only in part"; "" for none."""
    files = {each.file for each in problems}
    in_part = files & {play.file for play in book.plays}
    whole = len(files) - len(in_part)
    if not files:
        return ""
    if not whole:
        return f"{count(len(in_part), 'file')} could be read only in part"
    rest = f", {len(in_part)} only in part" if in_part else ""
    return f"{count(whole, 'file')} could not be read{rest}"


def count(number: int, thing: str) -> str:
    """ "1 play", "2 plays"."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def sentence(words: str) -> str:
    """With a capital at its start."""
    return words[:1].upper() + words[1:]
