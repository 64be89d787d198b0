"""The verb forms that rewrites need: participle of a bare form, past and bare of a participle."""

from __future__ import annotations

_FORMS = """
send sent sent; give gave given; take took taken; write wrote written; forget forgot forgotten;
put put put; make made made; tell told told; keep kept kept; leave left left; lose lost lost;
choose chose chosen; fill filled filled; read read read; bring brought brought; pay paid paid;
get got got; show showed shown; set set set; cut cut cut; break broke broken; hold held held;
sell sold sold; build built built; mislay mislaid mislaid; overlook overlooked overlooked;
do did done; say said said; see saw seen; draw drew drawn; tear tore torn;
spill spilled spilled; let let let; shut shut shut; steal stole stolen;
withdraw withdrew withdrawn; misread misread misread; find found found;
cancel cancelled cancelled; delete deleted deleted; plug plugged plugged; drop dropped dropped;
skip skipped skipped; ship shipped shipped; submit submitted submitted; stop stopped stopped;
tap tapped tapped; mix mixed mixed; enter entered entered; open opened opened;
answer answered answered; order ordered ordered; deliver delivered delivered;
register registered registered; omit omitted omitted; transfer transferred transferred;
refer referred referred; log logged logged; allocate allocated allocated;
trigger triggered triggered; offer offered offered; alter altered altered;
credit credited credited; post posted posted; visit visited visited; issue issued issued;
use used used; measure measured measured; schedule scheduled scheduled; note noted noted;
quote quoted quoted; route routed routed; misroute misrouted misrouted; file filed filed;
misfile misfiled misfiled; handle handled handled; mishandle mishandled mishandled;
settle settled settled; complete completed completed; include included included; type typed typed;
store stored stored; restore restored restored; ignore ignored ignored; share shared shared;
name named named; time timed timed; postpone postponed postponed; phone phoned phoned;
decline declined declined; invite invited invited; label labelled labelled
"""
_ROWS = [tuple(row.split()) for row in _FORMS.replace("\n", " ").split(";")]
_PARTICIPLE = {bare: participle for bare, _, participle in _ROWS}
_PAST = {participle: past for _, past, participle in _ROWS}
_BARE = {participle: bare for bare, _, participle in _ROWS}
# Bare forms that end in e, so that "processed" -> "process" but "updated" -> "update".
_KEEPS_E = ("at", "iz", "is", "us", "v", "c", "dg", "rg", "ng", "u", "bl", "pl", "ur", "ir", "os")


def participle(verb: str) -> str:
    """sign -> signed, verify -> verified, choose -> chosen; a particle stays ("filled in")."""
    head, _, rest = verb.partition(" ")
    return f"{_participle(head)} {rest}".strip()


def past(pp: str) -> str:
    """given -> gave; processed -> processed."""
    return _PAST.get(pp, pp)


def bare(pp: str) -> str:
    """processed -> process, updated -> update, verified -> verify, given -> give."""
    if pp in _BARE:
        return _BARE[pp]
    if pp.endswith("ied"):
        return pp[:-3] + "y"
    stem = pp[:-2] if pp.endswith("ed") else pp
    if stem.endswith(_KEEPS_E) and not stem.endswith(("ss", "ous")):
        return stem + "e"
    return stem


def is_plural(phrase: str) -> bool:
    """Whether "the terms" takes are; "the address", "it" and "the bus" take is."""
    last = phrase.split()[-1].lower() if phrase.split() else ""
    head = phrase.split(" of ")[0].split()[-1].lower() if " of " in phrase else last
    return head in ("these", "those", "they", "them", "people", "details") or (
        head.endswith("s") and not head.endswith(("ss", "us", "is", "'s"))
    )


def _participle(verb: str) -> str:
    if verb in _PARTICIPLE:
        return _PARTICIPLE[verb]
    if verb.endswith("e"):
        return verb + "d"
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return verb[:-1] + "ied"
    return verb + "ed"
