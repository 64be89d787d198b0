from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QTextCursor, QTextDocument

from cxdesk.model import Confidence, Cue, Level
from cxdesk.ui import theme
from cxdesk.ui.offsets import Offsets
from cxdesk.ui.thread import cue_marks
from cxdesk.ui.thread.cue_marks import Mark, Stroke


def in_qt(text: str, start: int, end: int) -> str:
    """The words Qt has at the place of these Python offsets."""
    shown = cue_marks.shown(text)
    document = QTextDocument()
    QTextCursor(document).insertText(shown)
    cursor = QTextCursor(document)
    offsets = Offsets(text)
    cursor.setPosition(offsets.to_qt(start))
    cursor.setPosition(offsets.to_qt(end), QTextCursor.MoveMode.KeepAnchor)
    return cursor.selectedText().replace("\u2029", "\n")


def test_an_emoji_before_a_cue_does_not_shift_its_mark(a_message, verdict):
    text = "😡👍🏽 I said 🙏 third time"
    angry = verdict(text, Level.ANGRY, ("repetition", "third time"))
    message = a_message(1, "customer", text, analysis=angry)

    (mark,) = cue_marks.marks_of(message)

    assert in_qt(text, text.index("third"), len(text)) == "third time"
    assert (mark.start, mark.end) == (text.index("third") + 4, len(text) + 4)


@given(text=st.text(max_size=60), data=st.data())
def test_every_span_is_the_same_words_in_qt_as_in_python(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))

    shown = cue_marks.shown(text)

    assert len(shown) == len(text)
    assert in_qt(text, start, end) == shown[start:end].replace("\u2029", "\n")


def test_windows_line_ends_keep_their_length():
    assert cue_marks.shown("one\r\ntwo\rthree") == "one \ntwo\nthree"


@pytest.mark.parametrize(
    ("code", "stroke"),
    (
        ("repetition", Stroke.LINE),
        ("blame_company", Stroke.WAVE),
        ("blame_third_party", Stroke.WAVE),
        ("recovery", Stroke.GOOD),
    ),
)
def test_each_kind_of_cue_has_its_own_stroke(code, stroke):
    assert cue_marks.stroke_of(code) is stroke


def test_a_weak_verdict_is_dotted(a_message, verdict):
    text = "third time"
    weak = verdict(text, Level.ANGRY, ("repetition", text), confidence=Confidence.LOW)

    (mark,) = cue_marks.marks_of(a_message(1, "customer", text, analysis=weak))

    assert mark.dotted


def a_mark(start: int, end: int, stroke: Stroke = Stroke.LINE) -> Mark:
    return Mark(Cue("c", start, end, "", 1.0, "r", "w"), start, end, stroke)


@pytest.mark.parametrize(
    ("others", "left"),
    (
        ([], [(10, 20)]),
        ([(0, 12)], [(12, 20)]),
        ([(13, 15)], [(10, 13), (15, 20)]),
        ([(18, 30)], [(10, 18)]),
        ([(5, 25)], []),
        ([(16, 17), (11, 12)], [(10, 11), (12, 16), (17, 20)]),
    ),
)
def test_a_mark_is_drawn_only_where_no_other_is(others, left):
    waves = [a_mark(start, end, Stroke.WAVE) for start, end in others]

    assert cue_marks.without(a_mark(10, 20), waves) == left


def test_words_with_two_marks_get_one_and_blame_comes_first():
    line, wave, second = a_mark(0, 10), a_mark(4, 8, Stroke.WAVE), a_mark(6, 12, Stroke.WAVE)

    drawn = [
        (mark.stroke, start, end) for mark, start, end in cue_marks.parts((line, wave, second))
    ]

    assert drawn == [
        (Stroke.WAVE, 4, 8),
        (Stroke.WAVE, 8, 12),
        (Stroke.LINE, 0, 4),
    ]


def test_frustration_the_agent_called_calm_turns_muted():
    tokens = theme.named("light")

    assert cue_marks.color_of(a_mark(0, 1), Level.CALM, tokens) == tokens.muted
    assert cue_marks.color_of(a_mark(0, 1), Level.ANGRY, tokens) == tokens.levels[3]
    assert cue_marks.color_of(a_mark(0, 1, Stroke.WAVE), Level.ANGRY, tokens) == tokens.blame
