"""What is going on in the open conversation, and what could be said now."""

from cxdesk.ui.sidebar.pane import SidebarPane

__all__ = ["SidebarPane"]
