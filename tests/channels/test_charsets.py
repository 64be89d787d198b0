"""Bytes become text, whatever their label says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdesk.channels.charsets import clean, decode, header


@pytest.mark.parametrize(
    ("data", "declared", "text"),
    (
        (b"plain", "", "plain"),
        ("naïve café".encode(), "utf-8", "naïve café"),
        ("naïve café".encode("latin-1"), "iso-8859-1", "naïve café"),
        ("“quoted” – 5 €".encode("cp1252"), "iso-8859-1", "“quoted” – 5 €"),
        ("“quoted” – 5 €".encode("cp1252"), "us-ascii", "“quoted” – 5 €"),
        ("“quoted” – 5 €".encode("cp1252"), "utf-8", "“quoted” – 5 €"),
        ("“quoted” – 5 €".encode(), "iso-8859-1", "“quoted” – 5 €"),
        ("“quoted” – 5 €".encode(), "us-ascii", "“quoted” – 5 €"),
        ("naïve café".encode(), "x-unknown", "naïve café"),
        ("naïve café".encode(), "no such set\0", "naïve café"),
        ("naïve café".encode(), "unicode_escape", "naïve café"),
        ("naïve café".encode(), "base64", "naïve café"),
        ("日本語".encode("iso-2022-jp"), "ISO-2022-JP", "日本語"),
        ("①日本語".encode("cp932"), "shift_jis", "①日本語"),
        ("中文字".encode("gb18030"), "gb2312", "中文字"),
        ("한국어".encode("cp949"), "ks_c_5601-1987", "한국어"),
        ("Привет".encode("koi8-r"), "koi8-r", "Привет"),
        ("ёжик".encode("cp1251"), "windows-1251", "ёжик"),
        ("İstanbul".encode("cp1254"), "iso-8859-9", "İstanbul"),
        ("text".encode("utf-16"), "utf-16", "text"),
        ("ä".encode("utf-7"), "unicode-1-1-utf-7", "ä"),
        ("naïve ".encode() + "café".encode("cp1252"), "utf-8", "naïve café"),
        (b"Dij\x8at.mp3", "iso-2022-jp", "DijŠt.mp3"),
        (b"a\x81b", "cp1252", "ab"),
    ),
)
def test_text_is_read_as_it_was_meant(data: bytes, declared: str, text: str) -> None:
    assert decode(data, declared) == text


def test_undeclared_text_is_detected() -> None:
    text = "Здравствуйте, где мой заказ? Я жду уже три недели и никто не отвечает на письма."

    assert decode(text.encode("koi8-r")) == text


def test_a_multibyte_text_cut_in_the_middle_keeps_the_rest() -> None:
    assert decode("我的订单在哪里".encode("gb18030")[:-1], "gb2312").startswith("我的订单在哪")


@given(st.binary(max_size=200), st.sampled_from(["", "utf-8", "big5", "iso-2022-jp", "hz", "%"]))
def test_no_bytes_raise(data: bytes, declared: str) -> None:
    assert isinstance(decode(data, declared), str)


@given(st.text(max_size=200))
def test_utf8_always_comes_back(text: str) -> None:
    data = text.encode("utf-8", "ignore")

    assert decode(data, "utf-8") == data.decode("utf-8")


def test_characters_nobody_typed_are_removed() -> None:
    assert clean("a\0b\x07c\u200b\ufeff\u202edd\xad\ud800") == "abcdd"


def test_line_ends_and_spaces_become_ordinary() -> None:
    assert clean("one\r\ntwo\rthree\u2028four\xa0five") == "one\ntwo\nthree\nfour five"


def test_family_emoji_and_persian_keep_their_joiners() -> None:
    assert clean("👩‍👧 می‌خواهم") == "👩‍👧 می‌خواهم"


def test_split_accents_are_joined() -> None:
    assert clean("cafe\u0301") == "café"


@pytest.mark.parametrize(
    ("wire", "text"),
    (
        ("plain", "plain"),
        ("=?utf-8?q?Caf=C3=A9?=", "Café"),
        ("=?UTF-8?B?Q2Fmw6k=?=", "Café"),
        ("=?UTF-8?B?Q2Fmw6k?=", "Café"),
        ("=?utf-8?q?Caf?= =?utf-8?q?=C3=A9?=", "Café"),
        ("=?utf-8?q?Caf=C3?=\n =?utf-8?q?=A9_bar?=", "Café bar"),
        ("Re: =?iso-8859-1*fr?q?Caf=E9?= order", "Re: Café order"),
        ("=?utf-8?q?Where_is_it??=", "Where is it?"),
        ("=?nonsense?q?Caf=C3=A9?=", "Café"),
        ("=?utf-8?b?!!!?=", ""),
        ("=?broken", "=?broken"),
        ("two\n lines", "two lines"),
        ("", ""),
    ),
)
def test_headers_are_decoded(wire: str, text: str) -> None:
    assert header(wire) == text
