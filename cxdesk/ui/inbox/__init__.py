"""The inbox list: rows by care order, splits with counts, search while typing."""
