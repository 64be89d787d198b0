"""Level, trend and turning point of a conversation (GUIDANCE 2.7)."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdesk.model import BlameTarget, Level, Mood, Trend
from cxdesk.nlp.mood import carried, mood, needs_care, trend


def read(*levels: int) -> Mood:
    """The mood of customer messages at places 0, 2, 4 … of a thread."""
    return mood([(2 * at, Level(level)) for at, level in enumerate(levels)])


def test_one_ok_does_not_wipe_out_fury() -> None:
    assert read(4, 0).level is Level.ANGRY
    assert read(3, 0, 0).level is Level.ANNOYED


def test_no_messages_are_calm() -> None:
    assert mood([]) == Mood(Level.CALM, Trend.STEADY)


@pytest.mark.parametrize(
    ("levels", "expected"),
    (
        ((), Trend.STEADY),
        ((4,), Trend.STEADY),
        ((0, 1), Trend.RISING),
        ((3, 1), Trend.FALLING),
        ((1, 1, 2), Trend.RISING),
        ((1, 2, 2), Trend.STEADY),
        ((4, 2, 2), Trend.FALLING),
    ),
)
def test_the_trend_compares_with_the_mean_of_the_two_before(
    levels: tuple[int, ...], expected: Trend
) -> None:
    assert trend([Level(each) for each in levels]) is expected


def test_it_turned_at_the_largest_rise_the_latest_of_such() -> None:
    assert read(0, 1, 3, 3).turned_at == 4
    assert read(0, 1, 3, 3).turned_from is Level.ANNOYED
    assert read(0, 2, 0, 0, 2).turned_at == 8


def test_a_conversation_that_only_fell_never_turned() -> None:
    assert read(3, 1, 2).turned_at is None
    assert read(3).turned_at is None


@given(st.lists(st.sampled_from(list(Level))))
def test_the_level_falls_by_one_a_message_at_most(levels: list[Level]) -> None:
    running = [mood(list(enumerate(levels[: n + 1]))).level for n in range(len(levels))]

    assert all(now >= level for now, level in zip(running, levels, strict=True))
    assert all(b >= a - 1 for a, b in itertools.pairwise(running))


def test_frustration_blame_or_a_threat_need_care() -> None:
    calm = mood([(0, Level.CALM)])

    assert not needs_care(calm, BlameTarget.NONE, ())
    assert not needs_care(calm, BlameTarget.THIRD_PARTY, ("praise",))
    assert needs_care(mood([(0, Level.ANNOYED)]), BlameTarget.NONE, ())
    assert needs_care(calm, BlameTarget.PRODUCT, ())
    assert needs_care(calm, BlameTarget.NONE, ("churn",))


def test_who_says_that_it_works_again_needs_no_care_for_the_rest_of_the_grumble() -> None:
    assert not needs_care(read(2, 0), BlameTarget.COMPANY, ("recovery",))
    assert needs_care(read(4, 0), BlameTarget.COMPANY, ("recovery",))


def test_who_writes_again_unanswered_is_no_calmer_for_it() -> None:
    first, second = (2, Level.ANGRY, ("affect",)), (3, Level.ANNOYED, ("ignored",))

    assert carried([first, second]) == [(2, Level.ANGRY), (3, Level.ANGRY)]


def test_relief_and_an_answer_in_between_let_the_level_fall() -> None:
    angry = (2, Level.ANGRY, ("affect",))

    assert carried([angry, (3, Level.CALM, ("recovery",))])[-1] == (3, Level.CALM)
    assert carried([angry, (4, Level.ANNOYED, ())])[-1] == (4, Level.ANNOYED)
