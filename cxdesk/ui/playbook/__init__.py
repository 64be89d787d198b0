"""The parts of the playbook's page: the plays to choose from, and the one that is read."""

from cxdesk.ui.playbook.finder import Finder
from cxdesk.ui.playbook.play_view import PlayView
from cxdesk.ui.playbook.problems import ProblemsView

__all__ = ["Finder", "PlayView", "ProblemsView"]
