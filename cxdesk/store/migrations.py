"""The tables, as numbered steps: an older file is brought forward, a newer one is refused.

The comments inside the SQL are part of the schema: SQLite keeps them, so whoever opens the file
with another tool reads what a column means. Step N takes a file from version N-1 to N and is one
transaction; a step that has been released is never edited, a change is a new step.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from cxdesk import __version__
from cxdesk.errors import UserError
from cxdesk.store.database import Database

CONVERSATIONS = """
CREATE TABLE customers (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL DEFAULT '',      -- the fullest name seen
    address TEXT NOT NULL DEFAULT '',   -- lower case; '' where the channel has none
    source TEXT NOT NULL DEFAULT '',    -- tells people without address apart, with the name
    since INTEGER                       -- first message; times are milliseconds UTC everywhere
);
CREATE UNIQUE INDEX customers_by_address ON customers (address) WHERE address <> '';
CREATE UNIQUE INDEX customers_by_name ON customers (source, name)
    WHERE address = '' AND name <> '';

CREATE TABLE conversations (
    id INTEGER PRIMARY KEY AUTOINCREMENT,  -- never used again: windows hold on to ids
    customer_id INTEGER NOT NULL REFERENCES customers (id),
    source TEXT NOT NULL,
    channel TEXT NOT NULL,
    subject TEXT NOT NULL DEFAULT '',
    state TEXT NOT NULL CHECK (state IN ('new', 'open', 'pending', 'snoozed', 'solved')),
    started_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,        -- last message of a person; notes do not count
    waiting_since INTEGER,              -- first unanswered customer message; NULL: nobody waits
    handled_message_id INTEGER,         -- customer messages up to this one were settled by hand
    mine INTEGER NOT NULL DEFAULT 0,
    snoozed_until INTEGER,              -- NULL while snoozed: until the customer writes
    snooze_reason TEXT NOT NULL DEFAULT '',
    snippet TEXT NOT NULL DEFAULT '',   -- the last customer message's own words
    fault TEXT,                         -- set by the agent; NULL: as the app proposes
    phase TEXT,                         -- likewise
    level INTEGER,                      -- 0 calm … 4 furious; NULL: not analysed yet
    trend TEXT NOT NULL DEFAULT 'steady',
    readings TEXT NOT NULL DEFAULT '',  -- one digit for each analysed customer message
    turned_message_id INTEGER,          -- the customer message that changed the mood
    turned_from INTEGER,
    blame_target TEXT NOT NULL DEFAULT 'none',
    confidence TEXT NOT NULL DEFAULT 'high',
    needs_care INTEGER NOT NULL DEFAULT 0,
    care_level INTEGER GENERATED ALWAYS AS  -- a level we are not sure of has no sorting effect
        (CASE WHEN confidence = 'low' THEN 0 ELSE coalesce(level, 0) END) VIRTUAL,
    wakes_at INTEGER GENERATED ALWAYS AS    -- open-ended snoozes come last
        (coalesce(snoozed_until, 9007199254740991)) VIRTUAL
);
CREATE INDEX conversations_care ON conversations (care_level, waiting_since, id)
    WHERE needs_care = 1 AND state IN ('new', 'open') AND waiting_since IS NOT NULL;
CREATE INDEX conversations_waiting ON conversations (care_level, waiting_since, id)
    WHERE state IN ('new', 'open') AND waiting_since IS NOT NULL;
CREATE INDEX conversations_mine ON conversations (updated_at DESC, id DESC)
    WHERE mine = 1 AND state <> 'solved';
CREATE INDEX conversations_snoozed ON conversations (wakes_at, id) WHERE state = 'snoozed';
CREATE INDEX conversations_state ON conversations (state, updated_at DESC, id DESC);
CREATE INDEX conversations_level ON conversations (level, updated_at DESC, id DESC);
CREATE INDEX conversations_all ON conversations (updated_at DESC, id DESC);
CREATE INDEX conversations_customer ON conversations (customer_id, updated_at DESC, id DESC);

CREATE TABLE thread_keys (
    -- ids that tie messages together: Message-ID, In-Reply-To, References, ids of records
    key TEXT PRIMARY KEY,
    conversation_id INTEGER NOT NULL REFERENCES conversations (id) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX thread_keys_conversation ON thread_keys (conversation_id);

CREATE TABLE merged (
    -- two conversations turned out to be one: where the id that went leads to now
    old_id INTEGER PRIMARY KEY,
    conversation_id INTEGER NOT NULL REFERENCES conversations (id) ON DELETE CASCADE
);
CREATE INDEX merged_conversation ON merged (conversation_id);
"""

MESSAGES = """
CREATE TABLE messages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,  -- never used again: windows hold on to ids
    conversation_id INTEGER NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    role TEXT NOT NULL CHECK (role IN ('customer', 'agent', 'note')),
    role_inferred INTEGER NOT NULL DEFAULT 0,  -- 1: read off the thread, not told by the channel
    here INTEGER NOT NULL DEFAULT 0,           -- 1: written in cxdesk
    author TEXT NOT NULL DEFAULT '',
    author_address TEXT NOT NULL DEFAULT '',
    recipients TEXT NOT NULL DEFAULT '[]',     -- JSON list of lower-case addresses
    subject TEXT NOT NULL DEFAULT '',
    text TEXT NOT NULL,                        -- what its author wrote in it
    quoted TEXT NOT NULL DEFAULT '',
    signature TEXT NOT NULL DEFAULT '',
    automated TEXT NOT NULL DEFAULT '',        -- why it is not from a person, or ''
    attachments TEXT NOT NULL DEFAULT '[]',    -- JSON list of [name, type, bytes]
    sent_at INTEGER NOT NULL,
    source TEXT NOT NULL,
    external_id TEXT NOT NULL,
    plays TEXT NOT NULL DEFAULT '[]',          -- JSON list: playbook entries an agent used
    codes TEXT NOT NULL DEFAULT '[]'           -- JSON list: what review found in an agent's words
);
CREATE UNIQUE INDEX messages_external ON messages (external_id, source);
CREATE INDEX messages_thread ON messages
    (conversation_id, sent_at, id, role, automated, here);

CREATE TABLE raw (
    -- the source as it came, compressed by zlib
    message_id INTEGER PRIMARY KEY REFERENCES messages (id) ON DELETE CASCADE,
    source BLOB NOT NULL
);

CREATE VIRTUAL TABLE messages_fts USING fts5 (
    text, subject, quoted, author, author_address,
    content='messages', content_rowid='id', prefix='2 3', columnsize=0,
    tokenize='porter unicode61 remove_diacritics 2'
);
CREATE TABLE to_index (
    -- messages that cannot be found yet; cxdesk indexes them by the hundred (store/indexing.py)
    message_id INTEGER PRIMARY KEY REFERENCES messages (id) ON DELETE CASCADE
);
CREATE TRIGGER messages_fts_delete AFTER DELETE ON messages BEGIN
    INSERT INTO messages_fts
        (messages_fts, rowid, text, subject, quoted, author, author_address)
    VALUES
        ('delete', old.id, old.text, old.subject, old.quoted, old.author, old.author_address);
END;
CREATE TRIGGER messages_fts_update
AFTER UPDATE OF text, subject, quoted, author, author_address ON messages BEGIN
    INSERT INTO messages_fts
        (messages_fts, rowid, text, subject, quoted, author, author_address)
    VALUES
        ('delete', old.id, old.text, old.subject, old.quoted, old.author, old.author_address);
    INSERT INTO messages_fts (rowid, text, subject, quoted, author, author_address)
    VALUES (new.id, new.text, new.subject, new.quoted, new.author, new.author_address);
END;
"""

UNDERSTANDING = """
CREATE TABLE to_analyse (
    -- messages that wait for the language worker
    message_id INTEGER PRIMARY KEY REFERENCES messages (id) ON DELETE CASCADE
);

CREATE TABLE set_aside (
    -- texts the analyser died on: shown, not tried again
    message_id INTEGER PRIMARY KEY REFERENCES messages (id) ON DELETE CASCADE,
    reason TEXT NOT NULL,
    at INTEGER NOT NULL
);

CREATE TABLE analyses (
    message_id INTEGER PRIMARY KEY REFERENCES messages (id) ON DELETE CASCADE,
    level INTEGER NOT NULL,
    frustration REAL NOT NULL,
    frustrated INTEGER NOT NULL,
    blame_target TEXT NOT NULL,
    flags TEXT NOT NULL,                -- JSON list
    cues TEXT NOT NULL,                 -- JSON list of [code, start, end, text, weight, rule, why]
    confidence TEXT NOT NULL,
    language TEXT NOT NULL
);

CREATE TABLE signals (
    -- what search by kind of moment finds: codes and flags, and 'blame' where we are blamed
    code TEXT NOT NULL,
    message_id INTEGER NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
    PRIMARY KEY (code, message_id)
) WITHOUT ROWID;
CREATE INDEX signals_message ON signals (message_id);

CREATE TABLE corrections (
    -- the agent's word against the app's: the newest holds, all are the trainer's cases
    id INTEGER PRIMARY KEY,
    message_id INTEGER NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
    level INTEGER,
    blame_target TEXT,
    remark TEXT NOT NULL DEFAULT '',
    analysis TEXT,                      -- JSON: the app's verdict at that time
    at INTEGER NOT NULL
);
CREATE INDEX corrections_message ON corrections (message_id, id);
"""

WORK = """
CREATE TABLE drafts (
    conversation_id INTEGER NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('agent', 'note')),
    text TEXT NOT NULL,
    slots TEXT NOT NULL DEFAULT '[]',   -- JSON list of [start, end, name] not filled yet
    cursor INTEGER NOT NULL DEFAULT 0,
    plays TEXT NOT NULL DEFAULT '[]',
    saved_at INTEGER NOT NULL,
    PRIMARY KEY (conversation_id, kind)
) WITHOUT ROWID;

CREATE TABLE before_reply (
    -- how a conversation stood before a reply, so that taking it back is exact
    message_id INTEGER PRIMARY KEY REFERENCES messages (id) ON DELETE CASCADE,
    standing TEXT NOT NULL,             -- JSON object of conversation columns
    draft TEXT                          -- JSON object of the draft that became the reply
);

CREATE TABLE dismissals (
    -- findings an agent does not want to see
    id INTEGER PRIMARY KEY,
    rule TEXT NOT NULL,
    scope TEXT NOT NULL CHECK (scope IN ('once', 'sentence', 'conversation', 'me')),
    conversation_id INTEGER REFERENCES conversations (id) ON DELETE CASCADE,
    sentence TEXT NOT NULL DEFAULT '',
    at INTEGER NOT NULL
);
CREATE INDEX dismissals_conversation ON dismissals (conversation_id);
CREATE INDEX dismissals_scope ON dismissals (scope);

CREATE TABLE told_trainer (
    -- findings an agent wants the trainer to look at
    id INTEGER PRIMARY KEY,
    rule TEXT NOT NULL,
    text TEXT NOT NULL,
    conversation_id INTEGER REFERENCES conversations (id) ON DELETE SET NULL,
    at INTEGER NOT NULL
);
CREATE INDEX told_trainer_conversation ON told_trainer (conversation_id);

CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""

VIEWS = """
CREATE VIEW v_conversations AS
-- for people who open this file: words and readable UTC times instead of ids and numbers
SELECT c.id, k.name AS customer, k.address, c.channel, c.subject, c.state,
       CASE c.level WHEN 0 THEN 'calm' WHEN 1 THEN 'annoyed' WHEN 2 THEN 'frustrated'
                    WHEN 3 THEN 'angry' WHEN 4 THEN 'furious' END AS level,
       c.trend, c.blame_target, c.needs_care, c.mine, c.snippet,
       strftime('%Y-%m-%dT%H:%M:%SZ', c.started_at / 1000, 'unixepoch') AS started_at,
       strftime('%Y-%m-%dT%H:%M:%SZ', c.updated_at / 1000, 'unixepoch') AS updated_at,
       strftime('%Y-%m-%dT%H:%M:%SZ', c.waiting_since / 1000, 'unixepoch') AS waiting_since,
       strftime('%Y-%m-%dT%H:%M:%SZ', c.snoozed_until / 1000, 'unixepoch') AS snoozed_until
FROM conversations c JOIN customers k ON k.id = c.customer_id;

CREATE VIEW v_messages AS
SELECT m.id, m.conversation_id, m.role, m.author, m.author_address, m.text, m.automated,
       strftime('%Y-%m-%dT%H:%M:%SZ', m.sent_at / 1000, 'unixepoch') AS sent_at,
       a.level AS level, a.blame_target, a.flags, m.plays, m.codes, m.external_id
FROM messages m LEFT JOIN analyses a ON a.message_id = m.id;
"""

TIERS = """
ALTER TABLE analyses ADD COLUMN blame REAL NOT NULL DEFAULT 0  /* how likely it blames us */;
ALTER TABLE analyses ADD COLUMN tier TEXT NOT NULL DEFAULT 'fast'
    /* 'deep': read thoroughly; 'fast': a first look, read again while anybody works on it */;
UPDATE corrections SET analysis = json_insert(analysis, '$[#]', 0.0) WHERE analysis IS NOT NULL;

ALTER TABLE conversations ADD COLUMN skimmed INTEGER NOT NULL DEFAULT 0
    /* 1: has verdicts of the fast tier */;
UPDATE conversations SET skimmed = 1 WHERE id IN
    (SELECT m.conversation_id FROM analyses a JOIN messages m ON m.id = a.message_id);
CREATE INDEX conversations_skimmed_waiting ON conversations (care_level DESC, waiting_since, id)
    WHERE skimmed = 1 AND state IN ('new', 'open') AND waiting_since IS NOT NULL;
CREATE INDEX conversations_skimmed ON conversations (updated_at DESC, id DESC)
    WHERE skimmed = 1 AND state <> 'solved';

ALTER TABLE to_analyse ADD COLUMN role TEXT NOT NULL DEFAULT 'customer'
    /* of the message: a customer's goes before our replies */;
UPDATE to_analyse SET role = (SELECT role FROM messages WHERE id = message_id);
CREATE INDEX to_analyse_role ON to_analyse (role, message_id);
"""

PROMISES = """
CREATE TABLE promises (
    -- what an agent took over from a reply of ours, and what became of it
    id INTEGER PRIMARY KEY AUTOINCREMENT,  -- never used again: windows hold on to ids
    conversation_id INTEGER NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    message_id INTEGER NOT NULL REFERENCES messages (id) ON DELETE CASCADE,  -- our reply
    start INTEGER NOT NULL,             -- where the words begin in its text, in characters
    text TEXT NOT NULL,                 -- the words that bind us
    what TEXT NOT NULL,                 -- the deed in a few words
    due INTEGER,                        -- NULL: no time was said
    state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'kept', 'broken')),
    settled_at INTEGER,                 -- when the agent said so; NULL while open
    reminded_at INTEGER,                -- since when it has its conversation back in the list
    due_order INTEGER GENERATED ALWAYS AS   -- those without a time come last
        (coalesce(due, 9007199254740991)) VIRTUAL
);
CREATE UNIQUE INDEX promises_words ON promises (message_id, start);
CREATE INDEX promises_open ON promises (due_order, id) WHERE state = 'open';
CREATE INDEX promises_to_remind ON promises (due)
    WHERE state = 'open' AND reminded_at IS NULL AND due IS NOT NULL;
CREATE INDEX promises_settled ON promises (settled_at DESC, id DESC) WHERE state <> 'open';
CREATE INDEX promises_conversation ON promises (conversation_id, due_order, id);
CREATE INDEX promises_next ON promises (conversation_id, due)
    WHERE state = 'open' AND due IS NOT NULL;

CREATE VIEW v_promises AS
-- for people who open this file, as v_conversations
SELECT p.id, p.conversation_id, p.message_id, k.name AS customer, c.subject, c.channel,
       p.text, p.what, p.state,
       strftime('%Y-%m-%dT%H:%M:%SZ', m.sent_at / 1000, 'unixepoch') AS said_at,
       strftime('%Y-%m-%dT%H:%M:%SZ', p.due / 1000, 'unixepoch') AS due,
       strftime('%Y-%m-%dT%H:%M:%SZ', p.settled_at / 1000, 'unixepoch') AS settled_at
FROM promises p JOIN messages m ON m.id = p.message_id
JOIN conversations c ON c.id = p.conversation_id JOIN customers k ON k.id = c.customer_id;
"""

BLAME_CHOICES = """
CREATE TABLE blame_choices (
    -- words of a reply that may blame its reader, and what the agent did about them: sent with a
    -- second press of the key, put aside as a hint, or mended before it was sent
    id INTEGER PRIMARY KEY,
    message_id INTEGER NOT NULL REFERENCES messages (id) ON DELETE CASCADE,  -- our reply
    rule TEXT NOT NULL,
    words TEXT NOT NULL,
    choice TEXT NOT NULL CHECK (choice IN ('sent', 'put aside', 'mended'))
);
CREATE INDEX blame_choices_message ON blame_choices (message_id);
CREATE INDEX blame_choices_overridden ON blame_choices (id) WHERE choice <> 'mended';
"""

OVERRULED = """
ALTER TABLE conversations ADD COLUMN said_failures INTEGER
    /* how often we failed, set by the agent; NULL: as the app counts */;
ALTER TABLE conversations ADD COLUMN said_apologies INTEGER  /* likewise */;
ALTER TABLE conversations ADD COLUMN said_trend TEXT         /* likewise */;
ALTER TABLE conversations ADD COLUMN said_solved INTEGER     /* likewise, 0 or 1 */;
ALTER TABLE conversations ADD COLUMN safe_until INTEGER
    /* words of danger up to this message are none, as the agent says */;
"""

PLAYS = """
CREATE INDEX messages_plays ON messages (conversation_id) WHERE plays <> '[]';
"""


def _run(db: Database, script: str) -> None:
    """Run a script of statements that end with their lines, inside the open transaction."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            db.execute(statement)
            statement = ""


def _step_1(db: Database) -> None:
    """The desk: conversations, what was understood of them, and the agent's work on them."""
    for script in (CONVERSATIONS, MESSAGES, UNDERSTANDING, WORK, VIEWS):
        _run(db, script)


def _step_2(db: Database) -> None:
    """Two tiers: a verdict knows which one it is of. What an older program judged counts as a
    first look, so that open conversations are read again."""
    _run(db, TIERS)


def _step_3(db: Database) -> None:
    """Promises of ours, with the time they are due."""
    _run(db, PROMISES)


def _step_4(db: Database) -> None:
    """What an agent did about blame in a reply, so that overrides can be listed."""
    _run(db, BLAME_CHOICES)


def _step_5(db: Database) -> None:
    """Finding the replies that hold plays, which are few among all messages."""
    _run(db, PLAYS)


def _step_6(db: Database) -> None:
    """What an agent says against the app's count of failures and apologies, its trend, its word
    that it is solved, and its fear of danger."""
    _run(db, OVERRULED)


STEPS: tuple[Callable[[Database], None], ...] = (
    *(_step_1, _step_2, _step_3),
    *(_step_4, _step_5, _step_6),
)
VERSION = len(STEPS)


def version(db: Database) -> int:
    """The file's version; 0 for a new one."""
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def refuse_newer(db: Database) -> None:
    """Raise UserError, naming both versions, for a file made by a later program."""
    found = version(db)
    if found > VERSION:
        raise UserError(
            f"This desk was last opened by a newer cxdesk: its database has version {found}, "
            f"and cxdesk {__version__} knows versions up to {VERSION}. "
            "Update cxdesk, or choose another profile."
        )


def step_forward(db: Database) -> None:
    """Run the next step. Call inside a transaction, while `version` is below `VERSION`."""
    number = version(db) + 1
    STEPS[number - 1](db)
    db.execute(f"PRAGMA user_version = {number}")
