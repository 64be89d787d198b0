"""Builders for mails and files, so that a test shows only what it is about."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cxdesk import channels
from cxdesk.channels import mail
from cxdesk.model import Incoming, Problem

NOW = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
OWN = "support@shop.example"


@pytest.fixture
def a_mail() -> Callable[..., bytes]:
    """Makes a mail from Maria to us; headers by keyword (`in_reply_to=`), None leaves one out."""

    def build(body: str | bytes = "Where is my parcel?", **headers: str | bytes | None) -> bytes:
        given: dict[str, str | bytes | None] = {
            "from": "Maria Lopez <maria@post.example>",
            "to": f"Support <{OWN}>",
            "subject": "My parcel",
            "date": "Tue, 3 Mar 2026 10:22:00 +0100",
            "message_id": "<one@post.example>",
        } | headers
        lines = [
            name.replace("_", "-").title().encode() + b": " + _bytes(value)
            for name, value in given.items()
            if value is not None
        ]
        return b"\n".join([*lines, b"", _bytes(body)]) + b"\n"

    return build


@pytest.fixture
def read_mail() -> Callable[..., Incoming]:
    """Reads one mail's bytes as the company that owns support@shop.example."""

    def read(raw: bytes, own: tuple[str, ...] = (OWN,)) -> Incoming:
        return mail.read(raw, own_addresses=frozenset(own), now=NOW)

    return read


@pytest.fixture
def read_files() -> Callable[..., tuple[list[Incoming], list[Problem]]]:
    """Reads files or folders: (messages, problems)."""

    def read(
        *paths: Path, mapping: channels.CsvMapping | None = None, own: tuple[str, ...] = (OWN,)
    ) -> tuple[list[Incoming], list[Problem]]:
        items = list(channels.read(paths, own_addresses=own, mapping=mapping, now=NOW))
        messages = [item for item in items if isinstance(item, Incoming)]
        return messages, [item for item in items if isinstance(item, Problem)]

    return read


def _bytes(text: str | bytes) -> bytes:
    return text.encode() if isinstance(text, str) else text
