"""Times as the database keeps them: whole milliseconds since 1970, UTC, so that order is exact."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


def to_ms(moment: datetime) -> int:
    """Whole milliseconds since 1970 in UTC.

    Raises:
        ValueError: for a time without a zone, which could mean any of two dozen moments.
    """
    if moment.tzinfo is None:
        raise ValueError("a time without a zone cannot be stored")
    return (moment - _EPOCH) // _MILLISECOND


def to_moment(milliseconds: int) -> datetime:
    """The aware UTC time of a stored value; the inverse of `to_ms`."""
    return _EPOCH + milliseconds * _MILLISECOND


def to_moment_or_none(milliseconds: int | None) -> datetime | None:
    return None if milliseconds is None else to_moment(milliseconds)
