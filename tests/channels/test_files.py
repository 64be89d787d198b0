"""What a person points at is found, told apart by its content, and read in order."""

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdesk import channels
from cxdesk.channels import mbox
from cxdesk.model import Incoming, Problem, Progress

AMail = Callable[..., bytes]
ReadFiles = Callable[..., tuple[list[Incoming], list[Problem]]]
RECORD = b'{"id":"1","messages":[{"role":"customer","text":"Hello"}]}\n'


def ids(messages: list[Incoming]) -> list[str]:
    return [message.external_id for message in messages]


def an_mbox(*mails: bytes, end: bytes = b"\n") -> bytes:
    postmark = b"From maria@post.example Tue Mar  3 10:22:00 2026\n"
    return b"".join(postmark + mail + b"\n" for mail in mails).replace(b"\n", end)


# ------------------------------------------------------------------ mbox


@pytest.mark.parametrize("end", (b"\n", b"\r\n"))
def test_an_mbox_is_cut_at_its_postmarks(
    end: bytes, tmp_path: Path, a_mail: AMail, read_files: ReadFiles
) -> None:
    path = tmp_path / "Inbox"
    path.write_bytes(an_mbox(a_mail("one"), a_mail("two", message_id="<2@b>"), end=end))

    messages, problems = read_files(path)

    assert [message.text for message in messages] == ["one", "two"]
    assert problems == []


@pytest.mark.parametrize(
    ("written", "read"),
    (
        ("Hello,\n\n>From Monday on it was broken.", "From Monday on it was broken."),
        ("Hello,\n\n>>From Monday", ">From Monday"),
        ("Hello,\n\nFrom Monday on it was broken.", "From Monday on it was broken."),
        ("Hello,\n\nFrom my side:\nit is broken.", "it is broken."),
    ),
)
def test_words_that_look_like_a_postmark_stay_words(
    written: str, read: str, tmp_path: Path, a_mail: AMail
) -> None:
    path = tmp_path / "Inbox"
    path.write_bytes(an_mbox(a_mail(written), a_mail("two", message_id="<2@b>")))

    first, second = (mail for mail, _ in mbox.mails(path))

    assert read.encode() in first
    assert b"two" in second


def test_postmarks_count_without_a_blank_line_above(tmp_path: Path, a_mail: AMail) -> None:
    path = tmp_path / "Inbox"
    path.write_bytes(an_mbox(a_mail("one").strip(), a_mail("two").strip()))

    assert len(list(mbox.mails(path))) == 2


@given(
    st.lists(st.text(st.sampled_from("From >:ab\n"), max_size=60), min_size=1, max_size=5),
    st.integers(1, 5000),
)
def test_an_mbox_gives_back_what_was_put_in(bodies: list[str], block: int) -> None:
    mails = [f"Subject: {number}\n\nx {body}\n" for number, body in enumerate(bodies)]
    hidden = [mail.replace("\nFrom ", "\n>From ").encode() for mail in mails]
    expected = [mail.replace("\n>From ", "\nFrom ") for mail in mails]

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "Inbox"
        path.write_bytes(an_mbox(*hidden))
        found = [mail.decode().partition("\n")[2] for mail, _ in mbox.mails(path, block=block)]

    assert [mail.rstrip("\n") for mail in found] == [
        mail.rstrip("\n").replace("\n>From ", "\nFrom ") for mail in expected
    ]


def test_a_monstrous_mail_is_passed_over_and_the_next_one_read(
    tmp_path: Path, a_mail: AMail, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mbox, "LARGEST_MAIL", 10_000)
    path = tmp_path / "Inbox"
    path.write_bytes(an_mbox(a_mail("x" * 50_000), a_mail("two")))

    monster, (second, _) = mbox.mails(path, block=1024)

    assert isinstance(monster[0], Problem)
    assert b"two" in second


# ------------------------------------------------------------------ kinds


def test_kinds_are_told_by_content_whatever_the_name(
    tmp_path: Path, a_mail: AMail, read_files: ReadFiles
) -> None:
    (tmp_path / "a.dat").write_bytes(a_mail(message_id="<a@b>"))
    (tmp_path / "b.eml").write_bytes(an_mbox(a_mail(message_id="<b@b>")))
    (tmp_path / "c").write_bytes(an_mbox(a_mail(message_id="<c@b>")))
    (tmp_path / "d.txt").write_bytes(b"\xef\xbb\xbf" + RECORD)
    (tmp_path / "e.txt").write_bytes(b"customer;message\nMaria;My parcel is late, again\n")

    messages, problems = read_files(tmp_path)

    assert ids(messages)[:3] == ["<a@b>", "<b@b>", "<c@b>"]
    assert [message.text for message in messages[3:]] == ["Hello", "My parcel is late, again"]
    assert problems == []


def test_apples_mail_files_end_where_they_say(
    tmp_path: Path, a_mail: AMail, read_files: ReadFiles
) -> None:
    raw = a_mail("only words")
    path = tmp_path / "4711.emlx"
    path.write_bytes(str(len(raw)).encode() + b"       \n" + raw + b"<?xml version='1.0'?><plist/>")

    messages, _ = read_files(path)

    assert messages[0].text == "only words"
    assert messages[0].raw == raw


@pytest.mark.parametrize(
    ("content", "says"),
    (
        (b"", "empty"),
        (b" \n\n", "empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", ".msg"),
        (b"PK\x03\x04rest", "zip"),
        (b"%PDF-1.7", "PDF"),
        (b"\x00\x01\x02\x03binary", "not a kind of file"),
        (b"just some prose without any head", "not a kind of file"),
    ),
)
def test_other_files_are_named_with_what_was_expected(
    content: bytes, says: str, tmp_path: Path, read_files: ReadFiles
) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)

    messages, problems = read_files(path)

    assert messages == []
    assert says in problems[0].message
    assert ".eml" in problems[0].message


# ------------------------------------------------------------------ folders


def test_single_mails_come_by_date_then_the_other_files(
    tmp_path: Path, a_mail: AMail, read_files: ReadFiles
) -> None:
    later, undated = "Wed, 4 Mar 2026 10:00:00 +0000", None
    (tmp_path / "a.eml").write_bytes(a_mail(message_id="<answer@b>", date=later))
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "z.eml").write_bytes(a_mail(message_id="<first@b>"))
    (tmp_path / "b.eml").write_bytes(a_mail(message_id="<undated@b>", date=undated))
    (tmp_path / "0.jsonl").write_bytes(RECORD)

    messages, _ = read_files(tmp_path)

    assert ids(messages)[:3] == ["<first@b>", "<answer@b>", "<undated@b>"]
    assert messages[3].channel == "chat"


def test_a_maildir_gives_its_mails_and_not_its_drafts_in_the_making(
    tmp_path: Path, a_mail: AMail, read_files: ReadFiles
) -> None:
    for number, folder in enumerate(["cur", "new", "tmp", ".Sent/cur", ".Sent/new"]):
        (tmp_path / folder).mkdir(parents=True)
        name = f"17{number}.M1P1.host:2,S" if sys.platform != "win32" else f"17{number}"
        (tmp_path / folder / name).write_bytes(a_mail(message_id=f"<{number}@b>"))
    (tmp_path / "dovecot-uidlist").write_bytes(b"3 V1")

    messages, problems = read_files(tmp_path)

    assert set(ids(messages)) == {"<0@b>", "<1@b>", "<3@b>", "<4@b>"}
    assert problems == []


def test_hidden_files_and_indexes_are_skipped(
    tmp_path: Path, a_mail: AMail, read_files: ReadFiles
) -> None:
    (tmp_path / ".DS_Store").write_bytes(b"\0\0")
    (tmp_path / "Inbox.msf").write_bytes(b"// <!-- mork -->")
    (tmp_path / "Inbox").write_bytes(an_mbox(a_mail()))

    messages, problems = read_files(tmp_path)

    assert (len(messages), problems) == (1, [])


def test_a_file_named_twice_is_read_once(
    tmp_path: Path, a_mail: AMail, read_files: ReadFiles
) -> None:
    path = tmp_path / "a.eml"
    path.write_bytes(a_mail())

    messages, _ = read_files(path, tmp_path)

    assert len(messages) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="symbolic links need rights there")
def test_a_link_back_up_ends(tmp_path: Path, a_mail: AMail, read_files: ReadFiles) -> None:
    (tmp_path / "a.eml").write_bytes(a_mail())
    (tmp_path / "loop").symlink_to(tmp_path)

    messages, _ = read_files(tmp_path)

    assert len(messages) == 1


def test_what_is_missing_is_said_and_the_rest_goes_on(
    tmp_path: Path, a_mail: AMail, read_files: ReadFiles
) -> None:
    path = tmp_path / "a.eml"
    path.write_bytes(a_mail())

    messages, problems = read_files(tmp_path / "missing", path)

    assert len(messages) == 1
    assert problems[0].message == "there is no such file or folder"


# ------------------------------------------------------------------ the stream


def test_progress_begins_at_nothing_and_ends_at_all(tmp_path: Path, a_mail: AMail) -> None:
    path = tmp_path / "Inbox"
    mails = [a_mail(message_id=f"<{number}@b>") for number in range(450)]
    path.write_bytes(an_mbox(*mails))

    steps = [item for item in channels.read([path]) if isinstance(item, Progress)]

    done = [step.done for step in steps]
    assert (done[0], done[-1]) == (0, path.stat().st_size)
    assert len(done) == 4
    assert done == sorted(done)
    assert {step.total for step in steps} == {path.stat().st_size}


def test_copies_of_one_mail_keep_one_name(
    tmp_path: Path, a_mail: AMail, read_files: ReadFiles
) -> None:
    copy = a_mail(received="from list by us", list_id="<x.example>")
    (tmp_path / "Inbox").write_bytes(an_mbox(a_mail(), copy))

    messages, _ = read_files(tmp_path)

    assert ids(messages) == ["<one@post.example>"] * 2


def test_different_mails_with_one_id_are_neither_lost_nor_joined(
    tmp_path: Path, a_mail: AMail, read_files: ReadFiles
) -> None:
    other = a_mail("Mine too!", **{"from": "Sam <sam@post.example>"})
    (tmp_path / "Inbox").write_bytes(an_mbox(a_mail(), other))

    first, second = read_files(tmp_path)[0]

    assert first.external_id == "<one@post.example>"
    assert second.external_id.startswith("sha256:")
    assert not set(first.thread_keys) & set(second.thread_keys)


def test_reading_again_from_elsewhere_gives_the_same_names(
    tmp_path: Path, a_mail: AMail, read_files: ReadFiles
) -> None:
    mails = [a_mail(), a_mail(message_id=None)]
    (tmp_path / "Inbox").write_bytes(an_mbox(*mails))
    (tmp_path / "moved").mkdir()
    for number, each in enumerate(mails):
        (tmp_path / "moved" / f"{number}.eml").write_bytes(each.replace(b"\n", b"\r\n"))

    in_mbox, _ = read_files(tmp_path / "Inbox")
    alone, _ = read_files(tmp_path / "moved")

    assert ids(in_mbox) == ids(alone)


def test_many_problems_of_one_file_are_counted(tmp_path: Path, read_files: ReadFiles) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_bytes(b"broken\n" * 150 + RECORD)

    messages, problems = read_files(path)

    assert len(messages) == 1
    assert len(problems) == 101
    assert problems[-1].message == "and 50 more problems in this file"
