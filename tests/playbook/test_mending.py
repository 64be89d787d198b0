"""Where no rewrite mends a finding, a play that goes its direction is offered, or nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxdesk import paths
from cxdesk.model import Fault, Level, Moment, Phase, Trend
from cxdesk.playbook import Playbook, mend, read_playbook, search
from cxdesk.playbook.mending import _GOES
from cxdesk.playbook.searching import HELD_BACK

BOOK = read_playbook(paths.resources() / "playbook")[0]


@pytest.mark.parametrize(
    ("code", "family"),
    (
        ("deflection", "ownership"),
        ("missing_next_step", "next_step"),
        ("canned", "acknowledge"),
    ),
)
def test_the_play_goes_the_way_the_finding_points_to(
    starter: Playbook, a_moment: Callable[..., Moment], code: str, family: str
) -> None:
    found = mend(starter, code, a_moment(level=Level.ANNOYED, fault=Fault.COMPANY))

    assert found is not None
    assert found.family == family


def test_what_needs_no_more_words_gets_no_play(
    starter: Playbook, a_moment: Callable[..., Moment]
) -> None:
    assert mend(starter, "too_long", a_moment()) is None
    assert mend(Playbook(), "deflection", a_moment()) is None


def test_every_direction_names_plays_or_families_of_the_starter_playbook(
    starter: Playbook,
) -> None:
    known = {play.id for play in starter.plays} | {play.family for play in starter.plays}

    assert {name for wanted in _GOES.values() for name in wanted} <= known


@settings(deadline=None, max_examples=40)
@given(
    st.sampled_from(sorted(_GOES)),
    st.builds(
        Moment,
        phase=st.sampled_from(Phase),
        level=st.sampled_from(Level),
        trend=st.sampled_from(Trend),
        fault=st.sampled_from(Fault),
        channel=st.sampled_from(["chat", "email"]),
        signals=st.frozensets(st.sampled_from(sorted(BOOK.signals)), max_size=4),
        apologies=st.integers(0, 2),
        solved=st.booleans(),
    ),
)
def test_nothing_that_is_held_back_is_offered(code: str, moment: Moment) -> None:
    found = mend(BOOK, code, moment)

    if found is not None:
        listed = {one.play: one for one in search(BOOK, found.play, moment)}
        assert not " ".join(listed[found.play].because).startswith(HELD_BACK)
