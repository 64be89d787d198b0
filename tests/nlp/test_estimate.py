"""What a tier thinks of a text, and how the pieces of a long one come together."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from cxdesk.model import BlameTarget
from cxdesk.nlp.estimate import PIECE, Estimate, Kind, Words, of_pieces, pieces_of

TEXTS = st.text(alphabet=st.sampled_from('ab .!?\n"é'), max_size=2000)


def estimate(frustrated: float = 0.1, ours: float = 0.1, words: tuple[Words, ...] = ()) -> Estimate:
    steps = (frustrated, frustrated / 2, frustrated / 4, 0.0)
    targets = {BlameTarget.COMPANY: ours, BlameTarget.NONE: 1 - ours}
    return Estimate(frustrated, steps, targets, words)


@given(TEXTS)
def test_pieces_are_the_text(text: str) -> None:
    pieces = pieces_of(text)

    assert "".join(text[start:end] for start, end in pieces) == text


@given(TEXTS)
def test_no_piece_is_longer_than_can_be_read(text: str) -> None:
    assert all(end - start <= PIECE for start, end in pieces_of(text))


def test_a_short_text_is_one_piece() -> None:
    assert pieces_of("Hello? Nobody came.") == [(0, 19)]


def test_pieces_end_where_sentences_end() -> None:
    sentence = "The parcel was left in the rain by the side of the road again. "

    pieces = pieces_of(sentence * 12)

    assert len(pieces) > 1
    assert all((end - start) % len(sentence) == 0 for start, end in pieces)


def test_a_mail_is_nearly_as_troubled_as_its_most_troubled_piece() -> None:
    whole = of_pieces([(0, estimate(0.1)), (480, estimate(0.95)), (960, estimate(0.2))])

    assert 0.5 < whole.frustrated < 0.95
    assert list(whole.at_least) == sorted(whole.at_least, reverse=True)


def test_a_mail_of_equal_pieces_is_as_troubled_as_each() -> None:
    assert of_pieces([(0, estimate(0.7)), (480, estimate(0.7))]).frustrated == pytest.approx(0.7)


def test_one_angry_piece_is_not_lost_in_a_very_long_mail() -> None:
    calm = [(480 * at, estimate(0.1)) for at in range(1, 60)]

    assert of_pieces([(0, estimate(0.97)), *calm]).frustrated > 0.5


def test_blame_comes_from_the_piece_that_blames_most() -> None:
    whole = of_pieces([(0, estimate(ours=0.2)), (400, estimate(ours=0.7))])

    assert whole.blames_us == 0.7


def test_words_keep_their_place_in_the_whole_text() -> None:
    found = Words(Kind.CUE, 3, 8, 0.9, "affect")

    whole = of_pieces([(0, estimate()), (400, estimate(words=(found,)))])

    assert whole.words == (Words(Kind.CUE, 403, 408, 0.9, "affect"),)


def test_an_estimate_is_shown_on_a_doc() -> None:
    doc = spacy.blank("en")("Nobody came and I am tired of it")
    words = (Words(Kind.BLAME_US, 0, 11, 0.8), Words(Kind.CUE, 21, 26, 0.7, "affect"))

    estimate(0.8, 0.6, words).put_on(doc)

    assert doc.cats["frustrated"] == 0.8
    assert doc.cats["blames_us"] == 0.6
    assert [span.text for span in doc.spans["blame_us"]] == ["Nobody came"]
    assert [(span.text, span.label_) for span in doc.spans["cue"]] == [("tired", "affect")]
