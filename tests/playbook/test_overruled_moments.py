"""What the agent says of a conversation holds against what is counted in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from cxdesk.model import (
    HANDED_OVER,
    BlameTarget,
    Level,
    Message,
    Moment,
    Overruled,
    Phase,
    Role,
    Thread,
    Trend,
)
from cxdesk.playbook import Playbook, is_called_safe, moment, suggest
from cxdesk.said import apologies_too_many

NOON = datetime(2026, 5, 6, 12, tzinfo=UTC)
Said = Callable[..., Message]
AThread = Callable[..., Thread]


def now_of(thread: Thread, **said: object) -> Moment:
    return moment(replace(thread, overruled=Overruled(**said)), now=NOON)  # type: ignore[arg-type]


@pytest.fixture
def failed_once(said: Said, replied: Said, a_thread: AThread) -> Thread:
    """A complaint, our apology, and another word of theirs."""
    return a_thread(
        said("It came broken.", level=Level.ANGRY, blames=BlameTarget.COMPANY, ago=5),
        replied("I'm sorry it came broken. I've sent another.", "apology_full", "action", ago=4),
        said("I see.", level=Level.ANNOYED, ago=3),
    )


def test_failures_and_apologies_are_those_the_agent_counts(failed_once: Thread) -> None:
    counted, set_ = now_of(failed_once), now_of(failed_once, failures=3, apologies=0)

    assert (counted.failures, counted.apologies) == (1, 1)
    assert (set_.failures, set_.apologies) == (3, 0)


def test_a_number_the_agent_takes_back_is_counted_again(failed_once: Thread) -> None:
    assert now_of(failed_once, failures=None) == moment(failed_once, now=NOON)


def test_the_trend_is_the_agents_where_they_say_it(failed_once: Thread) -> None:
    assert now_of(failed_once, trend=Trend.RISING).trend is Trend.RISING


def test_a_failure_that_was_none_leaves_no_room_for_another_apology(
    starter: Playbook, failed_once: Thread, said: Said
) -> None:
    again = said("Broken again!", "repetition", level=Level.ANGRY, blames=BlameTarget.COMPANY)
    twice = replace(failed_once, messages=(*failed_once.messages[:2], again))
    counted, set_ = now_of(twice), now_of(twice, failures=1)

    assert (apologies_too_many(counted), apologies_too_many(set_)) == (0, 1)
    needs = [{each.need for each in suggest(starter, now).suggestions} for now in (counted, set_)]
    assert "apology" in needs[0]
    assert "apology" not in needs[1]


def test_the_agent_says_it_is_solved_before_it_is_done(said: Said, a_thread: AThread) -> None:
    found = now_of(a_thread(said("And now?", ago=1)), solved=True)

    assert found.solved
    assert found.phase is Phase.CLOSING


def test_words_of_relief_do_not_solve_what_the_agent_says_is_open(
    said: Said, a_thread: AThread
) -> None:
    works = a_thread(said("It works now, on my neighbour's line.", "recovery"))
    assert now_of(works).phase is Phase.CLOSING

    found = now_of(works, solved=False)

    assert not found.solved
    assert "recovery" not in found.signals
    assert found.phase is Phase.OPENING


# ------------------------------------------------------------------ danger that is none


@pytest.fixture
def alarm(said: Said, a_thread: AThread) -> Thread:
    """Words that sound like danger, in message 1 of a chat."""
    first = replace(said("I could kill for a coffee.", "threat", ago=5), id=1)
    return a_thread(first)


def test_a_false_alarm_gives_guidance_back(starter: Playbook, alarm: Thread) -> None:
    before, after = suggest(starter, now_of(alarm)), suggest(starter, now_of(alarm, safe_until=1))

    assert (before.row, after.procedure) == ("S0", None)
    assert after.row != "S0"


def test_new_words_of_danger_open_the_lane_again(
    starter: Playbook, alarm: Thread, said: Said
) -> None:
    more = replace(said("I will come and hurt you.", "threat", ago=2), id=2)
    later = replace(alarm, messages=(*alarm.messages, more))

    found = suggest(starter, now_of(later, safe_until=1))

    assert found.row == "S0"
    assert suggest(starter, now_of(later, safe_until=2)).row != "S0"


def test_an_alarm_is_called_false_only_where_there_was_one(
    alarm: Thread, failed_once: Thread
) -> None:
    assert is_called_safe(replace(alarm, overruled=Overruled(safe_until=1)))
    assert not is_called_safe(replace(alarm, overruled=Overruled(safe_until=0)))
    assert not is_called_safe(alarm)
    assert not is_called_safe(replace(failed_once, overruled=Overruled(safe_until=9)))


# ------------------------------------------------------------------ given to the lead


def test_that_the_lead_has_the_case_is_no_news_for_the_customer(
    said: Said, replied: Said, a_thread: AThread
) -> None:
    told = a_thread(
        said("You should really sell it in blue.", ago=50),
        replied("I've passed it on to our product team.", "action", ago=49),
    )
    note = Message(0, 1, Role.NOTE, "", f"{HANDED_OVER}: it is delayed", NOON)

    found = moment(replace(told, messages=(*told.messages, note)), now=NOON)

    assert found.signals == moment(told, now=NOON).signals


def test_plays_that_only_a_lead_may_use_say_so(starter: Playbook) -> None:
    asks = {play.id for play in starter.plays if play.limit.text.endswith("needs the lead")}

    assert asks >= {"own-lead-takes-over", "de-supervisor", "no-above-limit", "de-legal"}
