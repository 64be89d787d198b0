"""The order of plays: each factor alone, and that the same moment always has the same cards."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from cxdesk.model import Fault, Level, Moment, Past, PlayEffect, PlayUse
from cxdesk.playbook import Play, Playbook, check, read_playbook, suggest
from cxdesk.playbook.ranking import (
    Said,
    closeness,
    helped,
    is_covered,
    is_stale,
    rank,
    reasons,
    said,
    turn,
)

AMoment = Callable[..., Moment]
THEN = datetime(2026, 5, 1, 9, tzinfo=UTC)
PLAY = Path("plays/apo-one.yaml")


@pytest.fixture
def mine(starter: Playbook) -> Play:
    """A play with several wordings."""
    return starter.by_id["own-i-have-it"]


@pytest.fixture
def late_again(a_moment: AMoment) -> Moment:
    """A first message about a failure of ours that they had to come back for."""
    return a_moment(
        level=Level.FRUSTRATED, fault=Fault.COMPANY, signals=["repetition", "effort"], failures=1
    )


def used(*conversations: int, play: str = "own-i-have-it") -> Past:
    return Past(tuple(PlayUse(play, number, THEN) for number in conversations))


def ownership(book: Playbook, moment: Moment) -> str:
    return next(one.text for one in suggest(book, moment).suggestions if one.need == "ownership")


def test_intents_and_signals_that_fit_bring_a_play_closer(mine: Play, a_moment: AMoment) -> None:
    assert closeness(mine, a_moment()) == 0
    assert closeness(mine, a_moment(signals=["effort"])) < closeness(
        mine, a_moment(signals=["effort", "ignored"])
    )


def test_an_open_slot_takes_a_little(mine: Play, a_moment: AMoment) -> None:
    assert rank(mine, a_moment(), 0, 0) < rank(mine, a_moment(), 0, 1)


def test_what_the_draft_says_covers_the_families_that_say_it(mine: Play, a_moment: AMoment) -> None:
    assert is_covered(mine, a_moment(covered=frozenset({"owned"})))
    assert not is_covered(mine, a_moment(covered=frozenset({"heard"})))


def test_a_play_counts_as_said_here_lately_or_not_any_more(mine: Play, a_moment: AMoment) -> None:
    assert said(mine, a_moment()) is Said.NEVER
    assert said(mine, a_moment(said_plays=("own-i-have-it",))) is Said.HERE
    assert said(mine, a_moment(past=used(8))) is Said.LATELY
    later = tuple(PlayUse("ack-specific", number, THEN) for number in (11, 10, 9))
    assert said(mine, a_moment(past=Past((*later, *used(8).uses)))) is Said.NEVER


def test_a_play_said_to_them_lately_gives_way_to_another_of_its_need(
    starter: Playbook, late_again: Moment
) -> None:
    first = next(one.play for one in suggest(starter, late_again).suggestions)

    again = suggest(starter, replace(late_again, past=used(8, play=first)))

    assert first not in [one.play for one in again.suggestions]


def test_wordings_take_turns_with_one_customer(starter: Playbook, late_again: Moment) -> None:
    texts = [
        ownership(starter, replace(late_again, past=used(*range(times)))) for times in range(4)
    ]

    assert len(set(texts[:3])) == 3
    assert texts[3] == texts[0]
    assert turn(starter.by_id["own-i-have-it"], replace(late_again, past=used(1, 2))) == 2


def test_six_plays_of_the_starter_can_be_said_in_three_ways(starter: Playbook) -> None:
    several = [play for play in starter.plays if len(play.wordings) >= 2]

    assert len(several) >= 6
    for play in several:
        chats = [text.text for place, text in play.variants if place[-1] == "chat"]
        assert len(set(chats)) == len(chats)


@pytest.mark.parametrize(
    ("effect", "worth"),
    (
        (PlayEffect(4, -2.0), 0.0),
        (PlayEffect(5, -0.8), 0.4),
        (PlayEffect(50, -3.0), 0.5),
        (PlayEffect(9, 0.5), -0.25),
        (PlayEffect(9, 0.0), 0.0),
    ),
)
def test_what_helped_counts_from_five_answers_and_a_level_at_most(
    mine: Play, a_moment: AMoment, effect: PlayEffect, worth: float
) -> None:
    moment = a_moment(past=Past(effects={"own-i-have-it": effect}))

    assert helped(mine, moment) == pytest.approx(worth)


def test_of_two_that_fit_alike_the_one_that_helped_goes_first(
    starter: Playbook, a_moment: AMoment
) -> None:
    one, other = (starter.by_id[name] for name in ("apo-full", "apo-manner"))
    moment = a_moment(past=Past(effects={"apo-manner": PlayEffect(12, -1.0)}))

    assert rank(other, moment, 0, 0) < rank(one, moment, 0, 0)
    assert reasons(other, moment) == ("after it the level fell by 1.0 (mean of 12)",)


def test_a_play_past_its_review_date_sinks_and_says_so(mine: Play, a_moment: AMoment) -> None:
    old = replace(mine, review_by=date(2026, 4, 30))
    today = a_moment(past=Past(today=date(2026, 5, 1)))

    assert is_stale(old, today)
    assert not is_stale(old, a_moment(past=Past(today=date(2026, 4, 30))))
    assert not is_stale(old, a_moment())
    assert rank(mine, today, 3, 2) < rank(old, today, 0, 0)
    assert reasons(old, today) == ("nobody has checked it since 2026-04-30",)


def test_the_order_does_not_depend_on_the_order_of_the_files(
    starter: Playbook, late_again: Moment
) -> None:
    shuffled = list(starter.plays)
    random.Random(4).shuffle(shuffled)

    assert suggest(replace(starter, plays=tuple(shuffled)), late_again) == suggest(
        starter, late_again
    )


# ------------------------------------------------------------------ in the file


def add(folder: Path, lines: str) -> Path:
    text = (folder / PLAY).read_text("utf-8")
    (folder / PLAY).write_text(text + lines, "utf-8")
    return folder


def test_more_wordings_and_a_review_date_are_read(folder: Path) -> None:
    more = "wordings:\n  - {chat: Sorry for that., email: We are sorry for that.}\n"

    book, problems = read_playbook(add(folder, more + "review_by: 2027-01-31\n"))

    play = book.plays[0]
    assert problems == []
    assert play.review_by == date(2027, 1, 31)
    assert play.variant("chat", 1).text == "Sorry for that."
    assert play.variant("email", 3).text == "We are sorry for that."
    assert play.variant("chat", 2) == play.chat


@pytest.mark.parametrize(
    ("lines", "field", "says"),
    (
        ("wordings:\n  - {chat: Sorry.}\n", "wordings.0.email", "missing"),
        ("wordings: Sorry.\n", "wordings", "expected a list"),
        ("wordings:\n  - {chat: Hi, email: Hi, sms: Hi}\n", "wordings.0.sms", "unknown field"),
        (
            "wordings:\n  - {chat: 'Dear {friend}.', email: Hi}\n",
            "wordings.0.chat",
            "unknown slot: friend",
        ),
        (
            f"wordings:\n  - {{chat: {'so ' * 61}, email: Hi}}\n",
            "wordings.0.chat",
            "at most 60",
        ),
        ("review_by: soon\n", "review_by", "expected a date"),
        ("authority: up to $20\n", "authority", "unknown field"),
    ),
)
def test_a_wrong_field_of_a_play_is_named_with_its_line(
    folder: Path, lines: str, field: str, says: str
) -> None:
    before = len((folder / PLAY).read_text("utf-8").splitlines())

    found = [each for each in check(add(folder, lines)) if each.field == field]

    assert len(found) == 1
    assert says in found[0].message
    assert found[0].file == PLAY.as_posix()
    assert before < (found[0].line or 0) <= before + 2


@pytest.mark.parametrize(
    "time", ("by Friday", "within 24 hours", "in 3-5 business days", "by 4 pm", "until tomorrow")
)
def test_a_time_written_into_a_play_is_named(folder: Path, time: str) -> None:
    text = (folder / PLAY).read_text("utf-8")
    (folder / PLAY).write_text(text.replace("{cause}.\n  email", f"It's here {time}.\n  email"))

    found = [each for each in check(folder) if each.field == "variants.chat"]

    assert [each.message.split("”")[0] for each in found] == [f"“{time}"]
