"""Customers: one for each address, or for each name of a source where there is no address."""

from __future__ import annotations

from cxdesk.store.connection import Connection
from cxdesk.store.words import fuller, storable


class Customers(Connection):
    """Finding and remembering people."""

    def _customer_id(self, *, address: str, name: str, source: str, at: int) -> int:
        """The customer's id, made where new. Somebody without address and name is always new."""
        address, name = storable(address).strip().lower(), storable(name).strip()
        found = self._find_customer(address, name, source)
        if found is not None:
            self._saw_customer(found, name, at)
            return found
        cursor = self._db.execute(
            "INSERT INTO customers (address, name, source, since) VALUES (?, ?, ?, ?)",
            (address, name, source, at),
        )
        assert cursor.lastrowid is not None
        return cursor.lastrowid

    def _find_customer(self, address: str, name: str, source: str) -> int | None:
        if address:
            found = self._value(
                "SELECT id FROM customers WHERE address <> '' AND address = ?", (address,)
            )
        elif name:
            found = self._value(
                "SELECT id FROM customers"
                " WHERE address = '' AND name <> '' AND source = ? AND name = ?",
                (source, name),
            )
        else:
            found = None
        return None if found is None else int(found)

    def _saw_customer(self, customer_id: int, name: str, at: int) -> None:
        """Keep the fullest name and the earliest time."""
        row = self._one("SELECT name, address, since FROM customers WHERE id = ?", (customer_id,))
        assert row is not None
        # without an address the name is the identity and stays
        best = fuller(row["name"], name) if row["address"] else row["name"]
        since = at if row["since"] is None else min(row["since"], at)
        if (best, since) != (row["name"], row["since"]):
            self._db.execute(
                "UPDATE customers SET name = ?, since = ? WHERE id = ?", (best, since, customer_id)
            )
