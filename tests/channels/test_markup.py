"""HTML mail reads as a person would see it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdesk.channels.markup import to_text


def test_paragraphs_lists_and_small_tables_are_kept() -> None:
    html = (
        "<p>Hello <b>there</b>,</p><p>I ordered<br>two lamps.</p>"
        "<ul><li>one</li><li>two</li></ul>"
        "<table><tr><td>Lamp</td><td>20</td></tr><tr><td>Rug</td><td>80</td></tr></table>"
    )

    text = to_text(html)

    assert text.startswith("Hello there,\n\nI ordered\ntwo lamps.")
    assert "* one\n  * two" in text
    assert "Lamp  20\nRug   80" in text


@pytest.mark.parametrize(
    "hidden",
    (
        '<div style="display:none">hidden</div>',
        '<span style="font-size:0px">hidden</span>',
        '<span style="mso-hide: all">hidden</span>',
        "<p hidden>hidden</p>",
        "<style>hidden</style>",
        "<script>hidden()</script>",
        "<!-- hidden -->",
        "<title>hidden</title>",
        '<img src="https://track.example/hidden.gif">',
        "<object data='https://track.example/hidden'>hidden</object>",
    ),
)
def test_what_is_not_seen_is_not_read(hidden: str) -> None:
    assert to_text(f"<html><body>{hidden}<p>shown</p></body></html>").strip() == "shown"


def test_quoted_blocks_are_marked_and_words_between_them_are_not() -> None:
    html = (
        '<div>Answers below.</div><div class="gmail_quote">On 3 Mar wrote:'
        '<blockquote class="gmail_quote">Which order?</blockquote>'
        "<div>Number 4471.</div>"
        '<blockquote type="cite">And when?<blockquote>earlier</blockquote></blockquote>'
        "<div>Monday.</div></div>"
    )

    lines = [line for line in to_text(html).split("\n") if line]

    assert lines == [
        "Answers below.",
        "On 3 Mar wrote:",
        "> Which order?",
        "Number 4471.",
        "> And when?",
        "> earlier",
        "Monday.",
    ]


def test_a_customers_indented_block_is_no_quote() -> None:
    html = '<blockquote style="margin:0 0 0 40px;border:none">my words</blockquote>'

    assert to_text(html) == "my words"


def test_layout_tables_do_not_spread_words_over_the_screen() -> None:
    padding = "<td>" + "&nbsp;" * 300 + "</td>"

    text = to_text(f"<table><tr><td>left</td>{padding}<td>right</td></tr></table>")

    assert len(text) < 30


@pytest.mark.parametrize(
    "html",
    (
        "",
        "<",
        "<div" * 100,
        "<!-- open",
        "<div>" * 5000 + "deep",
        "<table><td>" * 300 + "deep",
        "<blockquote type=cite>" * 300 + "deep",
        '<?xml version="1.0" encoding="utf-16"?><html>deep</html>',
        "<p>\ue000quote7\ue001deep",
        "<p>" + "deep " * 600_000,
    ),
)
def test_broken_html_keeps_its_words(html: str) -> None:
    text = to_text(html)

    assert ("deep" in text) == ("deep" in html)


@given(st.text(st.sampled_from("<>/ab&;#\"'=! \n") | st.characters(), max_size=120))
def test_no_html_raises(html: str) -> None:
    assert "\x00" not in to_text(html)


def test_impossible_references_leave_no_replacement_character() -> None:
    assert to_text("<p>a&#0;b&#xD800;c") == "abc"
