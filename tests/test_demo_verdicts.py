"""What an experienced support lead says of each conversation of the demo: the first screen stays
right. The conversations are those of `resources/demo`, taken in and analysed as the desk does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from cxdesk import demo
from cxdesk.desk import Desk, View
from cxdesk.model import Cue, Message, Row, Trend
from cxdesk.paths import Profile
from cxdesk.playbook.because import LINE

SILENCE = ""


@dataclass(frozen=True)
class Judged:
    """One conversation as it should stand: the mood's level, least and most, and the rest."""

    levels: tuple[int, int]
    blames_us: bool = False
    needs_care: bool = False
    first: str = SILENCE
    """The family of the first suggestion."""


CALM = (0, 0)
VERDICTS = {
    # a fair reader is alarmed
    "Devon Clarke": Judged((4, 4), True, True, "deescalate"),
    "Yusuf Demir": Judged((4, 4), True, True, "deescalate"),
    # angry, and with reason
    "Maria Lopez": Judged((3, 3), True, True, "apology"),
    "Ingrid Holm": Judged((3, 3), True, True, "apology"),
    "Viktor Hale": Judged((2, 3), True, True, "deescalate"),
    "Aiko Tanaka": Judged((3, 3), True, True, "apology"),
    "Nadia Petrov": Judged((3, 3), True, True, "apology"),
    "Lena Hoffmann": Judged((2, 3), False, True, "thank_feedback"),
    # frustrated or annoyed
    "Jonas Weber": Judged((2, 3), True, True, "deescalate"),
    "Tomasz Nowak": Judged((2, 2), False, True, "acknowledge"),
    "Grace Mbeki": Judged((1, 2), False, True, "acknowledge"),
    "Leila Haddad": Judged((1, 2), False, False, "apology"),
    "Olga Ivanova": Judged((1, 1), False, False, "acknowledge"),
    "Priscilla Wu": Judged((1, 1), False, False, "acknowledge"),
    # it works again
    "Rafael Souza": Judged((0, 1), False, False, "extra_mile"),
    "Sam Okoro": Judged(CALM, False, False, "extra_mile"),
    "Marta Silva": Judged(CALM, False, False, "thank_feedback"),
    "Oskar Falk": Judged(CALM, False, False, SILENCE),
    # a slip of their own
    "Ewa Kowalska": Judged(CALM, False, False, "ownership"),
    "Ben Carter": Judged(CALM, False, False, "ownership"),
    # plain questions that hold alarming words
    "Hanna Lindqvist": Judged(CALM, False, False, "clarify"),
    "Amelia Brandt": Judged(CALM, False, False, "clarify"),
    "Carlos Mendes": Judged(CALM, False, False, "clarify"),
    "Dana Meyer": Judged(CALM, False, False, "clarify"),
    "Kwame Asante": Judged(CALM, False, False, "clarify"),
    "Sue Grace": Judged(CALM, False, False, "clarify"),
    "Walter Brandt": Judged(CALM, False, False, "clarify"),
    "Bridget O’Neill": Judged(CALM, False, False, "clarify"),
    # nothing to say
    "Pierre Lambert": Judged(CALM, False, False, SILENCE),
    "Theo Marchand": Judged(CALM, False, False, SILENCE),
    "Rosa Bianchi": Judged(CALM, False, False, SILENCE),
}


@dataclass(frozen=True)
class Screen:
    """The demo's first screen: each customer's newest conversation, and who needs care."""

    views: dict[str, View]
    rows: dict[str, Row]
    caring: frozenset[str]

    def messages(self) -> Iterator[Message]:
        for view in self.views.values():
            yield from (each for each in view.thread.messages if each.analysis)


@pytest.fixture(scope="module")
def screen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Screen]:
    """The demo, taken in and analysed once."""
    desk = Desk.open(Profile(tmp_path_factory.mktemp("demo")))
    demo.fill(desk)
    while desk.analyse_pending().conversations:
        pass
    rows: dict[str, Row] = {}
    for row in (*desk.rows("snoozed"), *desk.rows("all")):
        rows.setdefault(row.customer, row)
    caring = frozenset(row.customer for row in desk.rows("needs_care"))
    yield Screen({name: desk.view(row.id) for name, row in rows.items()}, rows, caring)
    desk.close()


def cues_of(message: Message) -> tuple[Cue, ...]:
    return message.analysis.cues if message.analysis else ()


def test_every_customer_of_the_demo_is_judged(screen: Screen) -> None:
    assert set(screen.views) == set(VERDICTS)


@pytest.mark.parametrize("name", VERDICTS)
def test_the_mood_is_what_a_fair_reader_says(screen: Screen, name: str) -> None:
    judged, view = VERDICTS[name], screen.views[name]

    least, most = judged.levels
    assert least <= view.thread.mood.level <= most
    assert screen.rows[name].blame_target.is_us is judged.blames_us


@pytest.mark.parametrize("name", VERDICTS)
def test_needs_care_holds_those_who_need_it(screen: Screen, name: str) -> None:
    assert (name in screen.caring) is VERDICTS[name].needs_care


@pytest.mark.parametrize("name", VERDICTS)
def test_the_first_suggestion_is_what_a_lead_would_say_first(screen: Screen, name: str) -> None:
    guidance = screen.views[name].guidance

    families = [one.family for one in guidance.suggestions]
    assert (families[0] if families else SILENCE) == VERDICTS[name].first
    assert bool(guidance.silence) is not bool(families)


def test_a_long_story_goes_from_a_polite_question_to_anger(screen: Screen) -> None:
    mood = screen.views["Maria Lopez"].thread.mood

    assert [int(level) for level in mood.readings] == [0, 1, 3, 3]
    assert mood.trend is Trend.RISING
    assert mood.turned_at == 4


def test_cues_are_a_few_words_of_one_sentence(screen: Screen) -> None:
    cues = [cue for message in screen.messages() for cue in cues_of(message)]

    assert cues
    for cue in cues:
        assert not any(end in cue.text for end in (". ", "? ", "! ", "\n"))
        assert len(cue.text.split()) <= 16, cue.text  # blame holds its whole clause
    maria = cues_of(screen.views["Maria Lopez"].thread.messages[-1])
    assert "no answer" in [cue.text for cue in maria if cue.code == "ignored"]


def test_thanks_for_a_solved_case_is_relief_and_no_praise(screen: Screen) -> None:
    codes = {cue.code for cue in cues_of(screen.views["Sam Okoro"].thread.messages[-1])}

    assert {"recovery", "gratitude"} <= codes
    assert "praise" not in codes
    assert [one.play for one in screen.views["Sam Okoro"].guidance.suggestions] == ["xm-warm-close"]


def test_every_card_is_short_and_says_why(screen: Screen) -> None:
    cards = [card for view in screen.views.values() for card in view.guidance.suggestions]

    assert cards
    for card in cards:
        assert len(card.open_slots) <= 2, card.play
        assert card.because
        assert all(0 < len(line) <= LINE for line in card.because)
        assert card.text.endswith((".", "?", "!")), card.text


def test_no_customer_is_accused_in_a_calm_conversation(screen: Screen) -> None:
    calm = [name for name, judged in VERDICTS.items() if judged.levels == CALM]

    families = {one.family for name in calm for one in screen.views[name].guidance.suggestions}

    assert not families & {"apology", "deescalate", "say_no"}
