"""One mail, well-formed or not, becomes one message."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.header import Header
from email.message import Message

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxdesk.channels import body, mail
from cxdesk.channels.flowed import unwrap
from cxdesk.model import Attachment, Incoming, Role

NOW = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
AMail = Callable[..., bytes]
ReadMail = Callable[..., Incoming]


def test_a_customers_mail_is_read(a_mail: AMail, read_mail: ReadMail) -> None:
    message = read_mail(a_mail("Where is it?\n\n-- \nMaria", in_reply_to="<zero@shop.example>"))

    assert message.role is Role.CUSTOMER
    assert (message.customer_name, message.customer_address) == (
        "Maria Lopez",
        "maria@post.example",
    )
    assert message.external_id == "<one@post.example>"
    assert message.thread_keys == ("<one@post.example>", "<zero@shop.example>")
    assert message.recipients == ("support@shop.example",)
    assert (message.text, message.signature) == ("Where is it?", "--\nMaria")
    assert message.sent_at == datetime(2026, 3, 3, 9, 22, tzinfo=UTC)
    assert (message.channel, message.subject, message.automated) == ("email", "My parcel", "")


def test_our_own_mail_is_the_agents_and_names_the_customer(
    a_mail: AMail, read_mail: ReadMail
) -> None:
    raw = a_mail(**{"from": "Dana <SUPPORT@shop.example>", "to": "Maria <maria@post.example>"})

    message = read_mail(raw)

    assert message.role is Role.AGENT
    assert (message.customer_name, message.customer_address) == ("Maria", "maria@post.example")


def test_without_own_addresses_the_thread_must_tell(a_mail: AMail, read_mail: ReadMail) -> None:
    assert read_mail(a_mail(), own=()).role is None


def test_a_hidden_copy_to_us_is_a_customers_mail(a_mail: AMail, read_mail: ReadMail) -> None:
    raw = a_mail(to="undisclosed-recipients:;", delivered_to="support@shop.example")

    assert read_mail(raw).role is Role.CUSTOMER


def test_a_form_on_our_site_speaks_for_the_customer(a_mail: AMail, read_mail: ReadMail) -> None:
    raw = a_mail(
        **{"from": "Shop <support@shop.example>", "reply_to": "Maria <maria@post.example>"},
        auto_submitted="auto-generated",
    )

    message = read_mail(raw)

    assert (message.role, message.author_name) == (Role.CUSTOMER, "Maria")
    assert message.automated == ""


@pytest.mark.parametrize(
    ("wire", "name", "address"),
    (
        ("Maria Lopez <maria@post.example>", "Maria Lopez", "maria@post.example"),
        ('"Lopez, Maria" <maria@post.example>', "Maria Lopez", "maria@post.example"),
        ("Lopez, Maria <maria@post.example>", "Maria Lopez", "maria@post.example"),
        ("=?utf-8?q?Mar=C3=ADa?= <maria@post.example>", "María", "maria@post.example"),
        ("maria@post.example (Maria Lopez)", "Maria Lopez", "maria@post.example"),
        ("maria.lopez-42@post.example", "Maria Lopez", "maria.lopez-42@post.example"),
        ('"maria@post.example" <maria@post.example>', "Maria", "maria@post.example"),
        ("'Maria' via Support <group@shop.example>", "Maria", "group@shop.example"),
        ("<MARIA+shop@Post.Example>", "Maria", "maria+shop@post.example"),
        ("12345@post.example", "12345@post.example", "12345@post.example"),
        ('"Acme, Inc." <office@acme.example>', "Acme, Inc.", "office@acme.example"),
        ('"Say \\"hi\\"" <hi@post.example>', "Say hi", "hi@post.example"),
        ("Mar\udcc3\udcada <maria@post.example>", "María", "maria@post.example"),
        ("nobody", "", ""),
    ),
)
def test_senders_have_a_readable_name(
    wire: str, name: str, address: str, a_mail: AMail, read_mail: ReadMail
) -> None:
    raw = a_mail(**{"from": wire.encode("utf-8", "surrogateescape")})

    message = read_mail(raw)

    assert (message.author_name, message.author_address) == (name, address)


# ------------------------------------------------------------------ ids and dates


@pytest.mark.parametrize("broken", (None, "", "<>", "no id", "<two words@post.example>"))
def test_without_an_id_the_mail_is_known_by_its_bytes(
    broken: str | None, a_mail: AMail, read_mail: ReadMail
) -> None:
    raw = a_mail(message_id=broken)

    message = read_mail(raw)

    assert message.external_id.startswith("sha256:")
    assert message.external_id == read_mail(raw.replace(b"\n", b"\r\n") + b"\r\n").external_id


def test_an_id_without_brackets_is_the_same_id(a_mail: AMail, read_mail: ReadMail) -> None:
    assert read_mail(a_mail(message_id="one@post.example")).external_id == "<one@post.example>"


def test_many_references_keep_the_first_and_the_latest(a_mail: AMail, read_mail: ReadMail) -> None:
    ids = [f"<{number}@post.example>" for number in range(500)]

    keys = read_mail(a_mail(references=" ".join(ids))).thread_keys

    assert len(keys) <= 101
    assert {ids[0], ids[-1]} <= set(keys)


RECEIVED = "from a by b; Tue, 3 Mar 2026 11:00:00 +0000"


@pytest.mark.parametrize(
    ("date", "received", "expected"),
    (
        ("Tue, 3 Mar 2026 10:22:00 +0100", None, datetime(2026, 3, 3, 9, 22, tzinfo=UTC)),
        ("3 Mar 2026 10:22", None, datetime(2026, 3, 3, 10, 22, tzinfo=UTC)),
        ("Tue, 3 Mar 2036 10:22:00 +0100", RECEIVED, datetime(2026, 3, 3, 11, 0, tzinfo=UTC)),
        ("Thu, 1 Jan 1970 00:00:00 +0000", RECEIVED, datetime(2026, 3, 3, 11, 0, tzinfo=UTC)),
        ("yesterday", RECEIVED, datetime(2026, 3, 3, 11, 0, tzinfo=UTC)),
        (None, RECEIVED, datetime(2026, 3, 3, 11, 0, tzinfo=UTC)),
        ("Tue, 33 Mar 2026 10:22:00 +9999", None, None),
        ("Tue, 3 Mar 2036 10:22:00 +0100", None, None),
        (None, None, None),
    ),
)
def test_a_wrong_clock_is_not_believed(
    date: str | None,
    received: str | None,
    expected: datetime | None,
    a_mail: AMail,
    read_mail: ReadMail,
) -> None:
    assert read_mail(a_mail(date=date, received=received)).sent_at == expected


def test_the_postmark_dates_a_mail_without_date(a_mail: AMail, read_mail: ReadMail) -> None:
    raw = b"From maria@post.example Tue Mar  3 10:22:00 2026\n" + a_mail(date=None)

    message = read_mail(raw)

    assert message.sent_at == datetime(2026, 3, 3, 10, 22, tzinfo=UTC)
    assert message.author_address == "maria@post.example"


# ------------------------------------------------------------------ who is a machine


@pytest.mark.parametrize(
    ("headers", "reason"),
    (
        ({}, ""),
        ({"auto_submitted": "no"}, ""),
        ({"auto_submitted": "auto-replied; owner-email=x"}, "auto-reply"),
        ({"auto_submitted": "auto-generated"}, "bulk"),
        ({"x_auto_response_suppress": "All"}, "auto-reply"),
        ({"x_auto_response_suppress": "DR, OOF, AutoReply"}, "auto-reply"),
        ({"x_auto_response_suppress": "DR, RN, NRN"}, ""),
        ({"x_autoreply": "yes"}, "auto-reply"),
        ({"precedence": "auto_reply"}, "auto-reply"),
        ({"return_path": "<>"}, "auto-reply"),
        ({"return_path": "<maria@post.example>"}, ""),
        ({"precedence": "bulk"}, "bulk"),
        ({"precedence": "list"}, "list"),
        ({"list_id": "Lamps <lamps.post.example>"}, "list"),
        ({"list_id": "<support.shop.example>", "precedence": "list"}, ""),
        ({"list_post": "<mailto:support@shop.example>", "list_unsubscribe": "<x>"}, ""),
        ({"list_unsubscribe": "<https://post.example>"}, "bulk"),
        ({"list_unsubscribe": "<https://post.example>", "in_reply_to": "<a@b>"}, ""),
        ({"from": "Mail Delivery <MAILER-DAEMON@mx.example>"}, "bounce"),
        ({"x_failed_recipients": "maria@post.example"}, "bounce"),
        ({"content_type": "multipart/report; report-type=delivery-status"}, "bounce"),
        (
            {
                "content_type": "multipart/report; report-type=disposition-notification",
                "auto_submitted": "auto-replied",
            },
            "auto-reply",
        ),
    ),
)
def test_machines_are_told_from_people(
    headers: dict[str, str], reason: str, a_mail: AMail, read_mail: ReadMail
) -> None:
    assert read_mail(a_mail(**headers)).automated == reason


# ------------------------------------------------------------------ bodies


def a_multipart(*parts: str, kind: str = "mixed", boundary: str = "cut") -> dict[str, str]:
    content = "".join(f"--{boundary}\n{part}\n" for part in parts) + f"--{boundary}--\n"
    return {"body": content, "content_type": f'multipart/{kind}; boundary="{boundary}"'}


PLAIN = "Content-Type: text/plain\n\nplain words"
HTML = "Content-Type: text/html\n\n<p>rich <b>words</b></p>"
PHOTO = (
    'Content-Type: image/png; name="crack.png"\nContent-Transfer-Encoding: base64\n'
    "Content-Disposition: attachment\n\nAAAA"
)


@pytest.mark.parametrize(
    ("parts", "kind", "text"),
    (
        ((PLAIN, HTML), "alternative", "plain words"),
        ((HTML, PLAIN), "alternative", "plain words"),
        (("Content-Type: text/plain\n\n  \n", HTML), "alternative", "rich words"),
        (
            ("Content-Type: text/plain\n\nThis message needs an HTML viewer.", HTML),
            "alternative",
            "rich words",
        ),
        ((HTML,), "alternative", "rich words"),
        ((PLAIN, PHOTO, PLAIN), "mixed", "plain words\n\nplain words"),
        ((HTML, PHOTO), "related", "rich words"),
        (("Content-Type: text/plain\n\n<html><p>in disguise</p></html>",), "mixed", "in disguise"),
    ),
)
def test_the_words_are_found(
    parts: tuple[str, ...], kind: str, text: str, a_mail: AMail, read_mail: ReadMail
) -> None:
    assert read_mail(a_mail(**a_multipart(*parts, kind=kind))).text == text


@pytest.mark.parametrize(
    ("disposition", "name"),
    (
        ('attachment; filename="crack.png"', "crack.png"),
        ("attachment; filename*=utf-8''R%C3%A9sum%C3%A9.png", "Résumé.png"),
        ("attachment; filename*=utf-8''R%E9sum%E9.png", "Résumé.png"),
        ("attachment; filename*0=long; filename*1=name.png", "longname.png"),
        ('attachment; filename="=?utf-8?q?R=C3=A9sum=C3=A9.png?="', "Résumé.png"),
        ('attachment; filename="Résumé.png"', "Résumé.png"),
        ("attachment", "png"),
    ),
)
def test_attachments_are_listed_by_name(
    disposition: str, name: str, a_mail: AMail, read_mail: ReadMail
) -> None:
    part = (
        f"Content-Type: image/png\nContent-Disposition: {disposition}\n"
        "Content-Transfer-Encoding: base64\n\nAAAAAAAA"
    )

    message = read_mail(a_mail(**a_multipart(PLAIN, part)))

    assert message.attachments == (Attachment(name, "image/png", 6),)


def test_outlooks_private_format_is_named(a_mail: AMail, read_mail: ReadMail) -> None:
    tnef = "Content-Type: application/ms-tnef\nContent-Transfer-Encoding: base64\n\neJ8+IgAAAAA="

    message = read_mail(a_mail(**a_multipart(PLAIN, tnef)))

    assert message.attachments == (Attachment("winmail.dat", "application/ms-tnef", 8),)


INNER = (
    "Content-Type: message/rfc822\n\nFrom: Sam <sam@post.example>\nTo: info@shop.example\n"
    "Subject: Lamp\nContent-Type: text/plain\n\nMy lamp is broken."
)


def test_a_mail_inside_a_mail_is_folded(a_mail: AMail, read_mail: ReadMail) -> None:
    message = read_mail(a_mail(**a_multipart(PLAIN, INNER)))

    assert message.text == "plain words"
    assert message.quoted.endswith("Subject: Lamp\n\nMy lamp is broken.")


def test_a_mail_passed_on_without_a_word_is_the_text(a_mail: AMail, read_mail: ReadMail) -> None:
    message = read_mail(a_mail(**a_multipart(INNER)))

    assert message.text == "My lamp is broken."
    assert "Sam <sam@post.example>" in message.quoted


def test_a_bounce_shows_the_report_and_folds_the_rest(a_mail: AMail, read_mail: ReadMail) -> None:
    parts = a_multipart(
        "Content-Type: text/plain\n\nCould not be delivered.",
        "Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx\n\nAction: failed",
        "Content-Type: text/rfc822-headers\n\nFrom: support@shop.example\nSubject: Re: Lamp",
        kind="report",
    )

    message = read_mail(a_mail(**parts))

    assert message.automated == "bounce"
    assert message.text == "Could not be delivered."
    assert "Action: failed" in message.quoted
    assert "Subject: Re: Lamp" in message.quoted


def test_soft_line_breaks_are_undone(a_mail: AMail, read_mail: ReadMail) -> None:
    raw = a_mail(
        "I have waited \nfor weeks.\nNow I am angry.\n\n> you \n> said soon\n",
        content_type="text/plain; format=flowed",
    )

    message = read_mail(raw)

    assert message.text == "I have waited for weeks.\nNow I am angry."
    assert message.quoted == "> you said soon"


@given(st.lists(st.text(st.characters(exclude_characters="\n"), max_size=40), max_size=8))
def test_unwrapping_keeps_every_word(lines: list[str]) -> None:
    words = " ".join(lines).replace(">", " ").split()

    assert unwrap("\n".join(lines)).replace(">", " ").split() == words


def test_all_said_in_the_subject_is_text(a_mail: AMail, read_mail: ReadMail) -> None:
    assert read_mail(a_mail("", subject="WHERE IS MY ORDER???")).text == "WHERE IS MY ORDER???"


def test_an_empty_answer_says_nothing_by_its_subject(a_mail: AMail, read_mail: ReadMail) -> None:
    assert read_mail(a_mail("", subject="Re: Order 4471")).text == ""


# ------------------------------------------------------------------ hostile mails


@pytest.mark.parametrize(
    ("headers", "body", "text"),
    (
        ({"content_type": "text/plain; charset=x-martian"}, "café", "café"),
        ({"content_type": "text/plain; charset=utf-8"}, "café".encode("cp1252"), "café"),
        ({"content_type": 'text/plain; charset="'}, "café", "café"),
        ({"content_type": "multipart/mixed"}, "words", "words"),
        ({"content_type": "multipart/mixed"}, "--cut\n" + PLAIN + "\n--cut--", "plain words"),
        ({"content_type": "multipart/mixed; boundary=other"}, "words", "words"),
        ({"content_type": "multipart/mixed; boundary=cut"}, "--cut\n\nno end", "no end"),
        ({"content_type": "nonsense"}, "words", "words"),
        ({"content_type": ";;;=?"}, "words", "words"),
        ({"content_transfer_encoding": "base64"}, "!!!", "!!!"),
        ({"content_transfer_encoding": "quoted-printable  "}, "caf=C3=A9 =ZZ", "café =ZZ"),
        ({"content_transfer_encoding": "martian"}, "words", "words"),
        ({"subject": "Caf\udce9"}, "words", "words"),
        ({}, "a\0b\x1bc", "abc"),
    ),
)
def test_hostile_mails_keep_their_words(
    headers: dict[str, str], body: str | bytes, text: str, a_mail: AMail, read_mail: ReadMail
) -> None:
    wire = {name: value.encode("utf-8", "surrogateescape") for name, value in headers.items()}

    message = read_mail(a_mail(body, **wire))

    assert message.text == text
    assert "\ufffd" not in message.subject


def test_raw_headers_are_read_in_the_charset_of_the_body(
    a_mail: AMail, read_mail: ReadMail
) -> None:
    raw = a_mail(
        "где заказ".encode("koi8-r"),
        subject="Мой заказ".encode("koi8-r"),
        content_type="text/plain; charset=koi8-r",
    )

    message = read_mail(raw)

    assert (message.subject, message.text) == ("Мой заказ", "где заказ")


def test_obsolete_spaces_before_the_colon_are_headers(read_mail: ReadMail) -> None:
    message = read_mail(b"From : Maria <maria@post.example>\nSubject  : Hello\n\nwords\n")

    assert (message.author_name, message.subject, message.text) == ("Maria", "Hello", "words")


def test_a_header_object_is_taken_like_text() -> None:
    built = Message()
    built["Content-Disposition"] = Header("attachment; filename=ü.txt", "utf-8")
    built.set_payload("words")

    assert body.read(built).text or body.read(built).attachments


@pytest.mark.timeout(20)
def test_a_ten_megabyte_line_is_read(a_mail: AMail, read_mail: ReadMail) -> None:
    assert len(read_mail(a_mail("complaint " * 1_000_000)).text) > 9_000_000


@pytest.mark.timeout(20)
def test_parts_nested_beyond_reason_are_read(a_mail: AMail, read_mail: ReadMail) -> None:
    head = "".join(
        f'Content-Type: multipart/mixed; boundary="b{number}"\n\n--b{number}\n'
        for number in range(3000)
    )

    assert read_mail(a_mail("x").partition(b"\n\n")[0] + b"\n" + head.encode()).subject


@given(st.binary(max_size=300))
@settings(max_examples=200)
def test_no_bytes_raise(raw: bytes) -> None:
    message = mail.read(raw, own_addresses=frozenset(), now=NOW)

    assert message.external_id


MIME_BITS = [
    b"From: a@b.example\n",
    b"Subject: =?utf-8?b?",
    b"Content-Type: multipart/alternative; boundary=x\n",
    b"Content-Type: message/rfc822\n",
    b"Content-Type: text/html; charset=utf-7\n",
    b"Content-Transfer-Encoding: base64\n",
    b"Content-Disposition: attachment; filename*=''%\n",
    b"\n",
    b"--x\n",
    b"--x--\n",
    b"\xff\xfe\n",
    b"> quoted\n",
    b"On Tue, 3 Mar 2026 at 10:22, A <a@b.example> wrote:\n",
]


@given(st.lists(st.sampled_from(MIME_BITS), max_size=25).map(b"".join))
@settings(max_examples=300)
def test_no_shuffled_mime_raises(raw: bytes) -> None:
    mail.read(raw, own_addresses=frozenset({"a@b.example"}), now=NOW)


def test_a_date_tomorrow_is_a_time_zone_not_a_wrong_clock(
    a_mail: AMail, read_mail: ReadMail
) -> None:
    soon = NOW + timedelta(hours=10)

    assert read_mail(a_mail(date=soon.strftime("%d %b %Y %H:%M +0000"))).sent_at == soon
