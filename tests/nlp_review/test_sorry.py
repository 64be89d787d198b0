"""The grammar of sorry: apology, sympathy, non-apology, and a bare sorry."""

from __future__ import annotations

import pytest

from cxdesk.nlp.review.page import Line
from cxdesk.nlp.review.sorry import Kind, Sorry, sorries


def _read(*sentences: str) -> tuple[Sorry, ...]:
    lines, place = [], 0
    for number, each in enumerate(sentences):
        lines.append(Line(place, place + len(each), each, number))
        place += len(each) + 1
    return sorries(lines)


@pytest.mark.parametrize(
    ("sentence", "kind"),
    (
        ("I'm sorry we missed it.", Kind.APOLOGY),
        ("Sorry for the delay.", Kind.APOLOGY),
        ("I'm sorry our driver shouted at you.", Kind.APOLOGY),
        ("Sorry to have kept you waiting.", Kind.APOLOGY),
        ("My bad, here is the right one.", Kind.APOLOGY),
        ("We apologise that nobody told you.", Kind.APOLOGY),
        ("I'm sorry we missed it, but it's fixed now.", Kind.APOLOGY),
        ("I'm sorry you had to call twice.", Kind.SYMPATHY),
        ("I'm sorry that it happened to you.", Kind.SYMPATHY),
        ("I'm sorry your photos are gone, Tomas.", Kind.SYMPATHY),
        ("Sorry to hear about the storm.", Kind.SYMPATHY),
        ("I'm sorry for your loss.", Kind.SYMPATHY),
        ("Sorry if this was unclear.", Kind.NON_APOLOGY),
        ("If we have offended you, we apologise.", Kind.NON_APOLOGY),
        ("I'm sorry you feel that way.", Kind.NON_APOLOGY),
        ("Sorry, but rules are rules.", Kind.NON_APOLOGY),
        ("We apologise for any inconvenience.", Kind.NON_APOLOGY),
        ("Apologies for your confusion.", Kind.NON_APOLOGY),
        ("We regret that you were not satisfied with the ride.", Kind.NON_APOLOGY),
        ("We regret any discomfort.", Kind.NON_APOLOGY),
        ("Sorry, however, rules are rules.", Kind.NON_APOLOGY),
        ("I'm sorry it took us seven weeks.", Kind.SYMPATHY),
        ("Sorry it took that long to fix.", Kind.SYMPATHY),
        ("Sorry the parcel was confused with another one.", Kind.BARE),
        ("I'm sorry, however I've refunded you today.", Kind.BARE),
        ("We must beg your pardon for the string.", Kind.APOLOGY),
        ("Sorry about that.", Kind.BARE),
        ("Sorry, Kev!", Kind.BARE),
    ),
)
def test_what_stands_after_sorry_decides_its_class(sentence: str, kind: Kind) -> None:
    (found,) = _read(sentence)

    assert found.kind is kind


@pytest.mark.parametrize(
    "sentence",
    (
        "Sorry?",
        "Sorry, could you read me the last three digits again?",
        "There's no need to apologise.",
        "You don't have to apologise.",
        "I regret to tell you that the concert is off.",
        "Better safe than sorry.",
    ),
)
def test_manners_and_denials_are_no_apology(sentence: str) -> None:
    assert _read(sentence) == ()


@pytest.mark.parametrize(
    "sentences",
    (
        ("That's our mistake, sorry.",),
        ("Sorry about that, Bea, I gave you the winter timetable.",),
        ("The second is our error and I'm sorry.",),
        ("We put you next to the band.", "I'm sorry."),
        ("I'm sorry.", "Our guard should not have spoken to you like that."),
    ),
)
def test_a_bare_sorry_beside_a_doer_is_an_apology(sentences: tuple[str, ...]) -> None:
    (found,) = _read(*sentences)

    assert found.kind is Kind.APOLOGY


def test_two_sorries_in_a_sentence_are_told_apart() -> None:
    first, second = _read("I'm sorry you had to wait and sorry we lost it.")

    assert (first.kind, second.kind) == (Kind.SYMPATHY, Kind.APOLOGY)
