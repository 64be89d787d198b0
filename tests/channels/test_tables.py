"""Tables: how they are written, which column is what, which day comes first."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdesk.channels import CsvMapping, csv_preview, table_times
from cxdesk.channels.table_format import column_names
from cxdesk.errors import UserError
from cxdesk.model import Incoming, Problem, Role

ReadFiles = Callable[..., tuple[list[Incoming], list[Problem]]]
Write = Callable[..., Path]

HELP_DESK = """\
ticket_id,requester_name,requester_email,created_at,subject,direction,message
41,Maria Lopez,maria@post.example,2026-03-03 10:22,Lamp,inbound,"It is broken,
and nobody answers."
41,Dana,support@shop.example,2026-03-03 10:40,Lamp,outbound,I will help.
42,Sam Okoro,sam@post.example,2026-03-03 11:00,Rug,inbound,Where is my rug?
"""


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a table's text to a .csv file."""

    def write(text: str, encoding: str = "utf-8", name: str = "export.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(text.encode(encoding))
        return path

    return write


def test_a_help_desk_export_needs_no_questions(write: Write, read_files: ReadFiles) -> None:
    messages, problems = read_files(write(HELP_DESK))

    first, reply, other = messages
    assert problems == []
    assert first.text == "It is broken,\nand nobody answers."
    assert (first.customer_name, first.customer_address) == ("Maria Lopez", "maria@post.example")
    assert first.sent_at == datetime(2026, 3, 3, 10, 22, tzinfo=UTC)
    assert (first.subject, first.channel) == ("Lamp", "email")
    assert first.thread_keys == reply.thread_keys != other.thread_keys
    assert (reply.role, reply.customer_name) == (Role.AGENT, "Maria Lopez")


def test_the_preview_shows_columns_rows_and_the_guess(write: Write) -> None:
    preview = csv_preview(write(HELP_DESK))

    assert preview.columns[:2] == ("ticket_id", "requester_name")
    assert preview.rows[2][1] == "Sam Okoro"
    assert preview.guess == CsvMapping(
        text="message",
        customer="requester_name",
        address="requester_email",
        time="created_at",
        subject="subject",
        conversation="ticket_id",
        role="direction",
        agent_value="outbound",
    )


@pytest.mark.parametrize(
    ("columns", "text"),
    (
        ("Name;Nachricht", "Nachricht"),
        ("Fecha\tMensaje", "Mensaje"),
        ("id|comment", "comment"),
        ("Customer Name,Message Text", "Message Text"),
        ("when,what they said", "what they said"),
    ),
)
def test_the_column_of_messages_is_guessed(columns: str, text: str, write: Write) -> None:
    mark = next(each for each in ",;\t|" if each in columns)

    preview = csv_preview(write(f"{columns}\nx{mark}My parcel has not come yet\n"))

    assert preview.guess is not None
    assert preview.guess.text == text


def test_a_table_without_messages_asks_for_a_mapping(write: Write, read_files: ReadFiles) -> None:
    path = write("sku,price\n4471,20\n")

    messages, problems = read_files(path)

    assert csv_preview(path).guess is None
    assert messages == []
    assert "say which column holds the messages" in problems[0].message


def test_a_chosen_mapping_is_followed(write: Write, read_files: ReadFiles) -> None:
    path = write("a,b,c\nMaria,It broke.,x\n")

    messages, _ = read_files(path, mapping=CsvMapping(text="b", customer="a"))

    assert (messages[0].text, messages[0].author_name) == ("It broke.", "Maria")
    assert messages[0].channel == "chat"


def test_a_mapping_to_a_missing_column_is_said(write: Write, read_files: ReadFiles) -> None:
    _, problems = read_files(write("a,b\n1,2\n"), mapping=CsvMapping(text="words"))

    assert problems[0].message == "no column “words”; columns here: a, b"


@pytest.mark.parametrize("encoding", ("utf-8", "utf-8-sig", "utf-16", "cp1252", "iso8859-1"))
def test_accents_survive_every_export(encoding: str, write: Write, read_files: ReadFiles) -> None:
    path = write("name;message\nZoé Müller;Où est mon colis ? Déjà trois semaines\n", encoding)

    messages, problems = read_files(path)

    assert problems == []
    assert messages[0].author_name == "Zoé Müller"
    assert messages[0].text == "Où est mon colis ? Déjà trois semaines"


def test_equal_rows_are_all_kept_and_known_again(write: Write, read_files: ReadFiles) -> None:
    text = "customer,message\nMaria,Hello?\nMaria,Hello?\n"

    once, _ = read_files(write(text))
    again, _ = read_files(write(text, name="moved.csv"))

    assert len({message.external_id for message in once}) == 2
    assert [m.external_id for m in once] == [m.external_id for m in again]


def test_a_row_without_words_is_named(write: Write, read_files: ReadFiles) -> None:
    messages, problems = read_files(write('name,message\nA,"two\nlines"\nB,\nC,here\n'))

    assert [message.text for message in messages] == ["two\nlines", "here"]
    assert (problems[0].line, problems[0].field) == (4, "message")


def test_short_and_long_rows_are_read_as_far_as_they_go(
    write: Write, read_files: ReadFiles
) -> None:
    messages, problems = read_files(write("message,name\nshort\nlong,Maria,extra\n"))

    assert [(m.text, m.author_name) for m in messages][1] == ("long", "Maria")
    assert problems == []


def test_an_unclosed_quote_costs_only_what_it_swallows(write: Write, read_files: ReadFiles) -> None:
    filler = "".join(f"Maria,message number {number} is here\n" for number in range(6000))
    path = write(f'name,message\nSam,first\nSam,"never closed\n{filler}')

    messages, problems = read_files(path)

    assert messages[0].text == "first"
    assert messages[-1].text == "message number 5999 is here"
    assert problems[0].line == 3
    assert "is not closed" in problems[0].message


def test_notes_and_our_own_address_are_not_the_customers(
    write: Write, read_files: ReadFiles
) -> None:
    path = write(
        "ticket,email,type,role,message\n"
        "1,maria@post.example,x,user,Hello\n"
        "1,support@shop.example,x,user,Hi\n"
        "1,maria@post.example,x,note,Called her\n"
    )

    messages, _ = read_files(path)

    assert [m.role for m in messages] == [Role.CUSTOMER, Role.AGENT, Role.NOTE]
    assert {m.customer_address for m in messages} == {"maria@post.example"}


# ------------------------------------------------------------------ dates


@pytest.mark.parametrize(
    ("dates", "expected"),
    (
        (["03/04/2026", "25/04/2026"], (2026, 4, 3)),
        (["03/04/2026", "04/25/2026"], (2026, 3, 4)),
        (["03.04.2026"], (2026, 4, 3)),
        (["03/03/2026"], (2026, 3, 3)),
    ),
)
def test_the_whole_column_tells_which_part_is_the_day(
    dates: list[str], expected: tuple[int, int, int], write: Write, read_files: ReadFiles
) -> None:
    rows = "".join(f"{date},My parcel is late\n" for date in dates)

    messages, problems = read_files(write(f"date,message\n{rows}"))

    assert problems == []
    assert messages[0].sent_at == datetime(*expected, tzinfo=UTC)


@pytest.mark.parametrize("dates", (["03/04/2026"], ["25/04/2026", "04/25/2026"]))
def test_an_order_nobody_can_know_is_asked_for(
    dates: list[str], write: Write, read_files: ReadFiles
) -> None:
    path = write("date,message\n" + "".join(f"{date},My parcel is late\n" for date in dates))

    messages, problems = read_files(path)
    answered, _ = read_files(path, mapping=CsvMapping(text="message", time="date", day_first=False))

    assert messages == []
    assert "the day or the month first" in problems[0].message
    assert len(answered) == len(dates)


@pytest.mark.parametrize(
    ("written", "expected"),
    (
        ("2026-03-04T10:22:00Z", datetime(2026, 3, 4, 10, 22, tzinfo=UTC)),
        ("2026-03-04 10:22:00+01:00", datetime(2026, 3, 4, 9, 22, tzinfo=UTC)),
        ("2026/3/4 10:22", datetime(2026, 3, 4, 10, 22, tzinfo=UTC)),
        ("4/3/2026 10:22 PM", datetime(2026, 3, 4, 22, 22, tzinfo=UTC)),
        ("4/3/26 12:05 am", datetime(2026, 3, 4, 0, 5, tzinfo=UTC)),
        ("4-3-2026", datetime(2026, 3, 4, tzinfo=UTC)),
        ("Mar 4, 2026 10:22 AM", datetime(2026, 3, 4, 10, 22, tzinfo=UTC)),
        ("Wednesday, 4 March 2026 at 10:22", datetime(2026, 3, 4, 10, 22, tzinfo=UTC)),
        ("Wed, 4 Mar 2026 10:22:00 +0000", datetime(2026, 3, 4, 10, 22, tzinfo=UTC)),
        ("Wed Mar 04 10:22:00 +0000 2026", datetime(2026, 3, 4, 10, 22, tzinfo=UTC)),
        ("1772619720", datetime(2026, 3, 4, 10, 22, tzinfo=UTC)),
        ("1772619720000", datetime(2026, 3, 4, 10, 22, tzinfo=UTC)),
        ("31/31/2026", None),
        ("soon", None),
    ),
)
def test_dates_are_read_as_tables_write_them(written: str, expected: datetime | None) -> None:
    assert table_times.parse(written, day_first=True) == expected


@given(st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1)), st.booleans())
def test_numeric_dates_come_back_in_either_order(moment: datetime, day_first: bool) -> None:
    moment = moment.replace(second=0, microsecond=0, tzinfo=UTC)
    order = "%d/%m/%Y %H:%M" if day_first else "%m/%d/%Y %H:%M"

    assert table_times.parse(moment.strftime(order), day_first=day_first) == moment


@given(st.text(max_size=30))
def test_no_date_raises(text: str) -> None:
    table_times.parse(text, day_first=True)


def test_an_unreadable_time_is_said_and_the_message_kept(
    write: Write, read_files: ReadFiles
) -> None:
    messages, problems = read_files(write("date,message\nsoon,My parcel is late\n"))

    assert messages[0].sent_at is None
    assert problems[0].field == "date"


# ------------------------------------------------------------------ columns


@given(st.lists(st.sampled_from(["text", "Text", "", " ", "text (2)", "column 1"]), max_size=8))
def test_every_column_has_a_name_of_its_own(cells: list[str]) -> None:
    names = column_names(cells)

    assert len(set(names)) == len(names) == len(cells)


def test_an_empty_table_is_a_clear_error(write: Write) -> None:
    with pytest.raises(UserError, match="first row must name the columns"):
        csv_preview(write("\n\n"))
