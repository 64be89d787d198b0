"""Replies written as .eml files: correct, whole, and safe against what people type."""

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdesk.channels import body, mail, outbox
from cxdesk.channels.charsets import clean, one_line
from cxdesk.channels.lenient import parse
from cxdesk.channels.outbox import Outgoing
from cxdesk.errors import UserError
from cxdesk.model import Incoming, Role

SENT = datetime(2026, 3, 3, 10, 22, tzinfo=UTC)
REPLY = Outgoing(
    to_name="Maria Lopez",
    to_address="maria@post.example",
    from_name="Dana from Shop",
    from_address="support@shop.example",
    subject="My parcel",
    text="Dear Maria,\n\nI am sorry – we lost it.\n\nDana\n",
    sent_at=SENT,
    in_reply_to="<two@post.example>",
    references=("<one@post.example>",),
)


def test_the_customers_thread_goes_on(tmp_path: Path) -> None:
    path = outbox.write(REPLY, tmp_path / "outbox")

    message = mail.read(
        path.read_bytes(), own_addresses=frozenset({"support@shop.example"}), now=SENT
    )
    assert message.role is Role.AGENT
    assert message.thread_keys[1:] == ("<two@post.example>", "<one@post.example>")
    assert (message.customer_name, message.customer_address) == ("Maria Lopez", REPLY.to_address)
    assert message.subject == "Re: My parcel"
    assert message.text == "Dear Maria,\n\nI am sorry – we lost it.\n\nDana"
    assert message.sent_at == SENT
    assert message.automated == ""


def test_the_written_id_is_known_and_does_not_name_this_computer(tmp_path: Path) -> None:
    path = outbox.write(REPLY, tmp_path)

    own_id = outbox.message_id(path)

    assert own_id.endswith("@shop.example>")
    assert own_id in path.read_bytes().decode("ascii")


def test_a_strict_parser_finds_no_defect() -> None:
    parsed = message_from_bytes(outbox.compose(REPLY), policy=policy.default)

    assert parsed.defects == []
    assert parsed["To"].addresses[0].display_name == "Maria Lopez"
    assert parsed["Subject"] == "Re: My parcel"
    assert parsed["References"] == "<one@post.example> <two@post.example>"
    assert parsed["In-Reply-To"] == "<two@post.example>"
    assert parsed["Auto-Submitted"] is None
    assert parsed.get_content_charset() == "utf-8"
    assert parsed["Content-Transfer-Encoding"] == "quoted-printable"


def test_every_line_ends_as_mail_lines_do_and_is_short() -> None:
    data = outbox.compose(replace(REPLY, text="word " * 500, subject="long " * 100))

    assert data.count(b"\n") == data.count(b"\r\n")
    assert max(map(len, data.split(b"\r\n"))) <= 100


def test_a_very_long_message_id_is_not_cut() -> None:
    long = f"<{'A' * 180}@exchange.example>"

    data = outbox.compose(replace(REPLY, in_reply_to=long, references=(long,)))

    assert data.count(long.encode()) == 2
    assert parse(data)["In-Reply-To"].strip() == long


def test_references_keep_the_first_and_the_latest_twenty() -> None:
    ids = tuple(f"<{number}@post.example>" for number in range(50))

    parsed = parse(outbox.compose(replace(REPLY, references=ids)))

    kept = parsed["References"].split()
    assert (len(kept), kept[0], kept[-2:]) == (20, ids[0], [ids[-1], "<two@post.example>"])


@pytest.mark.parametrize(
    ("subject", "expected"),
    (
        ("My parcel", "Re: My parcel"),
        ("Re: My parcel", "Re: My parcel"),
        ("RE: AW: re : My parcel", "Re: My parcel"),
        ("Re[2]: My parcel", "Re: My parcel"),
        ("Recent order", "Re: Recent order"),
        ("", "Re:"),
        ("Re:", "Re:"),
    ),
)
def test_the_subject_says_re_once(subject: str, expected: str) -> None:
    assert outbox.subject_of_reply(subject) == expected


HOSTILE = st.text(st.characters() | st.sampled_from('\r\n:<>@,;"\\'), max_size=40)


@given(HOSTILE, HOSTILE, HOSTILE, HOSTILE, st.lists(HOSTILE, max_size=3))
def test_nothing_typed_can_add_a_header(
    name: str, subject: str, text: str, answered: str, references: list[str]
) -> None:
    evil = "\r\nBcc: spy@evil.example\r\n\r\nbody"
    reply = replace(
        REPLY,
        to_name=name + evil,
        from_name=evil + name,
        subject=subject + evil,
        text=text,
        in_reply_to=answered + evil,
        references=tuple(each + evil for each in references),
    )

    parsed = parse(outbox.compose(reply))

    allowed = {
        "From", "To", "Subject", "Date", "Message-ID", "In-Reply-To", "References", "X-Unsent",
        "MIME-Version", "Content-Type", "Content-Transfer-Encoding",
    }  # fmt: skip
    assert set(parsed.keys()) <= allowed
    assert len(parsed.keys()) == len(set(parsed.keys()))


@given(HOSTILE, HOSTILE)
def test_what_was_written_is_read_back(subject: str, text: str) -> None:
    parsed = parse(outbox.compose(replace(REPLY, subject=subject, text=text)))

    assert body.read(parsed).text == clean(text).strip("\n") or not clean(text).strip()
    assert one_line(outbox.subject_of_reply(subject)) == outbox.subject_of_reply(subject)


@pytest.mark.parametrize("address", ("maria", "a@b@c", "a b@c.example", "<a@b>", "a@b\r\nBcc: c@d"))
def test_a_wrong_address_is_a_clear_error(address: str) -> None:
    with pytest.raises(UserError, match="is not an e-mail address"):
        outbox.compose(replace(REPLY, to_address=address))


def test_international_domains_are_encoded() -> None:
    parsed = parse(outbox.compose(replace(REPLY, to_address="maria@bücher.example")))

    assert parsed["To"] == "Maria Lopez <maria@xn--bcher-kva.example>"


def test_without_addresses_the_file_is_still_a_draft_to_open() -> None:
    parsed = parse(outbox.compose(replace(REPLY, to_address="", from_address="")))

    assert (parsed["To"], parsed["From"], parsed["X-Unsent"]) == (None, None, "1")
    assert parsed["Message-ID"].endswith("@cxdesk.invalid>")


@given(HOSTILE, HOSTILE)
def test_file_names_are_safe_everywhere(name: str, subject: str) -> None:
    found = outbox.file_name(replace(REPLY, to_name=name, subject=subject))

    assert len(found) <= 80
    assert set(found) <= set("abcdefghijklmnopqrstuvwxyz0123456789-.")
    assert found.endswith(".eml")


def test_equal_replies_get_files_of_their_own_and_leave_nothing_else(tmp_path: Path) -> None:
    paths = {outbox.write(REPLY, tmp_path) for _ in range(3)}

    assert set(tmp_path.iterdir()) == paths
    assert len(paths) == 3


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="needs a folder closed to us")
def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)

    with pytest.raises(UserError, match="could not be written"):
        outbox.write(REPLY, tmp_path)


def test_a_file_in_the_folders_place_is_said(tmp_path: Path) -> None:
    (tmp_path / "outbox").write_text("in the way")

    with pytest.raises(UserError, match="could not be written"):
        outbox.write(REPLY, tmp_path / "outbox")


def test_a_crash_while_writing_leaves_no_half_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)

    with pytest.raises(UserError, match="No space left on device"):
        outbox.write(REPLY, tmp_path)

    assert list(tmp_path.iterdir()) == []


def test_the_reply_reads_like_any_other_mail(
    read_mail: Callable[..., Incoming],
) -> None:
    text = "Dear Maria,\n\n> you wrote this\n\nWe found it.\n"

    message = read_mail(outbox.compose(replace(REPLY, text=text)))

    assert message.text == "Dear Maria,\n\nWe found it."
    assert message.quoted == "> you wrote this"
