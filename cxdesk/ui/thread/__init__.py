"""An opened conversation: the customer's words first, each verdict on its words."""

from cxdesk.ui.thread.pane import ThreadPane

__all__ = ["ThreadPane"]
