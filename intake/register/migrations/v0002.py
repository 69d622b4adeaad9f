"""Version 1.1: an index of what each case is called and what it is for, to find similar ones."""

from __future__ import annotations

from alembic.operations import Operations

VERSION = (1, 1)


def upgrade(operations: Operations) -> None:
    for statement in _STATEMENTS:
        operations.execute(statement)


_STATEMENTS = (
    # Words are folded before they come here; the tokenizer only has to split them at the spaces.
    """\
CREATE VIRTUAL TABLE case_words USING fts5(
    title, purpose, conditions UNINDEXED, tokenize = 'unicode61 remove_diacritics 0'
)
""",
    """\
CREATE VIRTUAL TABLE case_words_term USING fts5vocab('case_words', 'row')
""",
)
