"""The inbox list: rows by care order, splits with counts, search while typing."""

from cxdesk.ui.inbox.model import Source
from cxdesk.ui.inbox.pane import InboxPane

__all__ = ["InboxPane", "Source"]
