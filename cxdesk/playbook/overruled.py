"""What the agent says of a conversation before it is looked at: danger that is none."""

from __future__ import annotations

from dataclasses import replace

from cxdesk.model import Message, Thread
from cxdesk.playbook.signals import DANGER


def without_false_alarms(thread: Thread) -> Thread:
    """The conversation without the danger that was heard up to where the agent says there is none;
    later words of danger stay."""
    until = thread.overruled.safe_until
    if until is None:
        return thread
    told = (_calmed(each) if each.id <= until else each for each in thread.messages)
    return replace(thread, messages=tuple(told))


def is_called_safe(thread: Thread) -> bool:
    """True when danger was heard in the conversation that is none, as the agent says."""
    return without_false_alarms(thread).messages != thread.messages


def _calmed(message: Message) -> Message:
    found = message.analysis
    if found is None:
        return message
    cues = tuple(cue for cue in found.cues if cue.code not in DANGER)
    flags = tuple(flag for flag in found.flags if flag not in DANGER)
    return replace(message, analysis=replace(found, cues=cues, flags=flags))
