"""cxdesk: a desk for support agents that sees frustration and blame, and helps to answer it well.

The map. Each material has one room; rooms speak only the dataclasses of `model` and never import
one another; calls go down, changes come up:

    model  <-  channels, store, nlp, playbook  <-  desk  <-  ui, cli  <-  app

    model.py      frozen dataclasses that travel between rooms
    errors.py     what a person can act on, and what is our bug
    paths.py      the only place that knows folders
    settings.py   one dataclass with defaults, kept as settings.json in the profile
    yaml_files.py YAML files, each parsed once and then known from a cache
    channels/     how messages come in and replies go out: files first
    store/        SQLite through sqlite-utils: the only place with SQL
    nlp/          spaCy: the rules (hearing), the trained model (tiers) and what both make of a
                  message (verdict), review of drafts (rules, and the network that reads them), and
                  the process that runs them; promises, without spaCy, for the window
    playbook/     plays (read, check), the decision table, intents, the case, slots
    desk.py       Desk: one short method per thing a person does, in the order of the work; with
                  intake.py (files in), outgoing.py (replies out), said.py (what a thread says),
                  understanding.py (which message is read when, and how thoroughly)
    promised.py   what a reply promises, and why a conversation is back
    experience.py what earlier work says of plays: read before, and what helped
    overruling.py what an agent has put aside: no longer in a review, nor counted by its score
    advisor.py    what the app thinks of text that lies in no store
    background.py the process that imports files and reads messages, kept running; the work in it
                  is background_process.py
    demo.py       the written conversations, and customers who answer
    ui/           the only Qt room
    cli.py        the command line, a few lines over Desk and Advisor: lines.py, record_check.py and
                  records.py read and write its records, doctor.py looks at the installation
    app.py        composition root of the window; imported by nobody

Decisions that surprise a newcomer:

Two processes beside the window. The window never imports spaCy, so it paints at once. One worker
reviews the agent's draft (`nlp.worker`); a second one, of lower priority, imports and analyses a
backlog and writes its results itself (`background`). With one process for both, a review would
wait behind a batch of mail.

A draft is answered twice: by the rules in a few milliseconds, then thoroughly, with the word of the
network. In between a sentence that stands as it stood keeps its mark, so that nothing blinks.

Care order is waiting time x (1 + level), which changes as time passes, so no stored key can order
it. Within one level the order never changes, though: the store reads five indexed streams, one
per level, and merges them. No re-ranking job, and paging by key stays exact.

A message's `text` is what its author wrote in it: quoted parts and signatures are cut off, kept
beside it and shown folded. All offsets (cues, spans) are Python character offsets into `text`.
"""

__version__ = "0.1.0"
