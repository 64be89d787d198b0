"""Where the reply is written: the agent's words, what review says of them, and Send."""

from cxdesk.ui.composer.pane import ComposerPane
from cxdesk.ui.composer.play_search import PlaySearch

__all__ = ["ComposerPane", "PlaySearch"]
