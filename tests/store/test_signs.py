"""Signs of many conversations at once: which hold a signal, and in which words."""

from __future__ import annotations

from dataclasses import replace

from cxdesk.model import Role


def test_a_page_of_conversations_says_which_hold_a_signal(store, a_message, an_analysis) -> None:
    ids = []
    for thread, code in (("one", "threat"), ("two", "abuse"), ("three", "")):
        added = store.add([a_message(thread=thread)])
        (conversation,) = added.conversations
        ids.append(conversation)
        if code:
            message = store.thread(conversation).messages[0]
            found = an_analysis()
            cue = replace(found.cues[0], code=code)
            store.save_analyses([(message.id, replace(found, cues=(cue,), flags=()))])

    assert store.in_danger(ids, {"threat", "self_harm"}) == {ids[0]}
    assert store.in_danger(ids[1:], {"threat"}) == frozenset()
    heard = store.heard_in(ids, {"abuse", "profanity"})
    assert list(heard) == [ids[1]]
    ((text, cues),) = heard[ids[1]]
    assert text == store.thread(ids[1]).messages[0].text
    assert [cue.code for cue in cues] == ["abuse"]


def test_what_we_said_ourselves_is_no_sign(store, a_message) -> None:
    added = store.add([a_message(thread="x"), a_message(thread="x", role=Role.AGENT)])
    (conversation,) = added.conversations
    ours = next(m for m in store.thread(conversation).messages if m.role is Role.AGENT)
    store.save_codes([(ours.id, ("abuse",))])

    assert store.in_danger([conversation], {"abuse"}) == frozenset()
