"""Where inserted words go, and what an edit does to spans."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdesk.ui.composer.placement import (
    Edit,
    asks_for_play,
    cut,
    edit_between,
    moved,
    place,
)

PIECE = "I'm sorry. I'll call now."


def _inserted(draft: str, piece: str = PIECE) -> str:
    """The draft after inserting at its bar."""
    at = draft.index("|")
    draft = draft.replace("|", "")
    placed = place(draft, at, piece)
    return (
        draft[: placed.at] + placed.before + f"<{piece}>" + placed.after + draft[placed.at :]
    ).replace(PIECE, "P")


@pytest.mark.parametrize(
    ("draft", "after"),
    (
        ("|", "<P>"),
        ("You waited long.|", "You waited long. <P>"),
        ("You waited long. |", "You waited long. <P>"),
        ("You waited.| Thanks.", "You waited. <P> Thanks."),
        ("You waited. |Thanks.", "You waited. <P> Thanks."),
        ("You wai|ted", "You waited <P>"),
        ("|You waited.", "<P> You waited."),
        ("You waited|.", "You waited. <P>"),
        ("I will call| myself. Thanks.", "I will call myself. <P> Thanks."),
        ("You pay 3.|50 only! Bye", "You pay 3.50 only! <P> Bye"),
        ("He said “no.” |And left.", "He said “no.” <P> And left."),
        ("I will |see\nRobin", "I will see <P>\nRobin"),
        ("Hi Maria,|", "Hi Maria,\n\n<P>"),
        ("Hi Maria,\n\n|", "Hi Maria,\n\n<P>"),
        ("Hi Maria,\n|\nRobin", "Hi Maria,\n<P>\nRobin"),
        ("(|)", "(<P>)"),
    ),
)
def test_a_piece_gets_the_spaces_it_needs(draft: str, after: str) -> None:
    assert _inserted(draft) == after


def test_several_paragraphs_get_lines_of_their_own() -> None:
    assert _inserted("So.| Bye.", "One.\n\nTwo.") == "So. \n\n<One.\n\nTwo.>\n\nBye."


@given(st.text("ab .,\n"), st.integers(0, 40))
def test_inserting_takes_no_typed_character_away(draft: str, at: int) -> None:
    placed = place(draft, min(at, len(draft)), PIECE)

    assert 0 <= placed.at <= len(draft)
    assert not (placed.before + placed.after).strip()


@pytest.mark.parametrize(
    ("draft", "gone", "after"),
    (
        ("One. Two. Three.", "Two.", "One. Three."),
        ("One. Two.", "One.", "Two."),
        ("One. Two.", "Two.", "One."),
        ("One.", "One.", ""),
        ("One.\nTwo. Three.", "Two.", "One.\nThree."),
        ("One. Two.\nThree.", "Two.", "One.\nThree."),
    ),
)
def test_a_sentence_taken_out_leaves_no_double_space(draft: str, gone: str, after: str) -> None:
    start = draft.index(gone)

    start, end = cut(draft, start, start + len(gone))

    assert draft[:start] + draft[end:] == after


@pytest.mark.parametrize("head", ("::", "So ::", "So.\n::"))
def test_two_colons_of_their_own_ask_for_a_play(head: str) -> None:
    assert asks_for_play(head)


@pytest.mark.parametrize("head", ("", ":", "std::", ":: ", ":::"))
def test_other_colons_do_not(head: str) -> None:
    assert not asks_for_play(head)


@given(st.text("ab"), st.text("ab"), st.text("ab"), st.text("ab"))
def test_an_edit_turns_the_old_text_into_the_new(a: str, b: str, c: str, d: str) -> None:
    old, new = a + b + c, a + d + c

    edit = edit_between(old, new)

    added = new[edit.start : edit.start + edit.added]
    assert old[: edit.start] + added + old[edit.start + edit.removed :] == new
    assert edit.removed <= len(b)
    assert edit.added <= len(d)


@given(st.text(max_size=30), st.integers(0, 30), st.integers(0, 5), st.text(max_size=5), st.data())
def test_a_moved_span_still_holds_its_words(
    old: str, start: int, removed: int, added: str, data: st.DataObject
) -> None:
    start = min(start, len(old))
    removed = min(removed, len(old) - start)
    new = old[:start] + added + old[start + removed :]
    first = data.draw(st.integers(0, len(old)))
    last = data.draw(st.integers(first, len(old)))

    span = moved(first, last, Edit(start, removed, len(added)))

    if span:
        assert new[slice(*span)] == old[first:last]


def test_an_edit_within_the_words_drops_their_span() -> None:
    assert moved(5, 10, Edit(7, 0, 1)) is None
    assert moved(5, 10, Edit(4, 2, 0)) is None
    assert moved(5, 10, Edit(10, 0, 3)) == (5, 10)
    assert moved(5, 10, Edit(5, 0, 3)) == (8, 13)
