from __future__ import annotations

from datetime import timedelta

import pytest

from cxdesk.model import BlameTarget, Confidence, Cue, Level, Trend
from cxdesk.ui import marks
from cxdesk.ui.inbox import row_words
from cxdesk.ui.inbox.split_tabs import count_words
from cxdesk.ui.softening import Softener


def test_a_row_reads_as_one_sentence(a_row, now):
    row = a_row(
        customer="Maria Lopez",
        level=Level.ANGRY,
        trend=Trend.RISING,
        blame_target=BlameTarget.COMPANY,
        minutes=15 * 60,
        has_draft=True,
        snippet="Still no answer.",
    )

    said = row_words.sentence(row, now)

    assert said == (
        "Maria Lopez, angry, getting worse, blames us, waiting 15 hours, draft, “Still no answer.”"
    )


def test_a_row_is_shown_without_insults(a_row):
    text = "Where is it, you useless clowns? I wrote on Monday."
    cue = Cue("abuse", 17, 31, "useless clowns", 4, "abuse.insult", "why")
    soften = Softener.of([(text, (cue,))])
    row = a_row(snippet=text, match="you useless \u2068clowns\u2069? I wrote")

    soft = row_words.softened(row, soften)

    assert soft.snippet == "Where is it, you (insult)? I wrote on Monday."
    assert soft.match == "you (insult)? I wrote"
    plain = a_row(match="wrote on \u2068Monday\u2069")
    assert row_words.softened(plain, soften) == plain


def test_an_unread_calm_row_claims_nothing_about_the_mood(a_row, now):
    said = row_words.sentence(a_row(level=None, waiting_since=None), now)

    assert said == "Customer 1, “Where is my parcel?”"


def test_a_weak_verdict_is_said_to_be_not_sure(a_row, now):
    said = row_words.sentence(a_row(level=Level.ANGRY, confidence=Confidence.LOW), now)

    assert "not sure" in said
    assert "angry" not in said


@pytest.mark.parametrize(
    ("minutes", "level", "confidence", "sum_"),
    (
        (900, Level.ANGRY, Confidence.HIGH, "waiting 15 h × (1 + 3) = 60"),
        (90, Level.CALM, Confidence.HIGH, "waiting 1.5 h × (1 + 0) = 1.5"),
        (120, Level.FURIOUS, Confidence.LOW, "waiting 2 h × (1 + 0) = 2"),
        (120, None, Confidence.HIGH, "waiting 2 h × (1 + 0) = 2"),
    ),
)
def test_the_tooltip_shows_the_sum_of_the_care_order(a_row, now, minutes, level, confidence, sum_):
    row = a_row(minutes=minutes, level=level, confidence=confidence)

    assert sum_ in row_words.tip(row, now)


@pytest.mark.parametrize(
    ("minutes", "short", "long"),
    (
        (0, "now", "less than a minute"),
        (1, "1m", "1 minute"),
        (59, "59m", "59 minutes"),
        (60, "1h", "1 hour"),
        (47 * 60 + 59, "47h", "47 hours"),
        (48 * 60, "2d", "2 days"),
        (729 * 24 * 60, "729d", "729 days"),
        (730 * 24 * 60, "2y", "2 years"),
        (-5, "now", "less than a minute"),
    ),
)
def test_waiting_is_told_in_minutes_then_hours_then_days(now, minutes, short, long):
    since = now - timedelta(minutes=minutes)

    assert marks.relative(since, now) == short
    assert row_words.waited(since, now) == long


@pytest.mark.parametrize(
    ("days", "begins"),
    ((0, "today "), (1, "Thu "), (6, "Sat "), (8, "5 Mar "), (400, "6 Feb 2025")),
)
def test_a_message_time_says_no_more_than_is_needed(now, days, begins):
    assert marks.short_time(now - timedelta(days=days), now).startswith(begins)


def test_the_hit_is_taken_out_of_a_match():
    parts = row_words.hit_parts("the \u2068birthday\u2069 present, a \u2068birthday\u2069")

    assert parts == ("the ", "birthday", " present, a birthday")


@pytest.mark.parametrize(
    ("target", "words"),
    (
        (BlameTarget.COMPANY, "blames us"),
        (BlameTarget.AGENT, "blames us"),
        (BlameTarget.PRODUCT, "blames us"),
        (BlameTarget.THIRD_PARTY, "blames others"),
        (BlameTarget.NONE, ""),
    ),
)
def test_blame_is_said_in_two_words(target, words):
    assert marks.blame_words(target) == words


@pytest.mark.parametrize(("count", "words"), ((0, ""), (8, "8"), (999, "999"), (1000, "999+")))
def test_a_count_is_blank_at_zero_and_capped(count, words):
    assert count_words(count) == words
