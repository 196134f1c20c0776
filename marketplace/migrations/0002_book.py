"""What must never be false about the book, as the database's own law, on both databases.

The sums of an account move only when a transfer is inserted; everything else about the book is
appended or refused. PostgreSQL does it once a statement, over all its transfers, having locked
the touched accounts in the order of their numbers; SQLite, with one writer at a time, row by row.
"""

from __future__ import annotations

from typing import Any

from django.db import migrations

from foundation.seals.guards import AppendOnly

ACCOUNT = "marketplace_account"
JOURNAL = "marketplace_journal"
TRANSFER = "marketplace_transfer"

FIXED = (
    "id",
    "code",
    "fund_id",
    "currency",
    "no_overdraft",
    "place",
    "pocket_id",
    "organisation_id",
)
"""What an account is: settled when it is born."""

SUMS = ("debits", "credits", "last_transfer")
"""What transfers move."""


def _changed(columns: tuple[str, ...], differs: str) -> str:
    return " OR ".join(f"OLD.{column} {differs} NEW.{column}" for column in columns)


POSTGRES = [
    """
    CREATE FUNCTION refuse_account() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation';
    END $$
    """,
    f"""
    CREATE TRIGGER account_born_empty BEFORE INSERT ON {ACCOUNT} FOR EACH ROW
    WHEN (NEW.debits <> 0 OR NEW.credits <> 0 OR NEW.last_transfer <> 0)
    EXECUTE FUNCTION refuse_account('account_born_empty')
    """,
    f"""
    CREATE TRIGGER account_fixed BEFORE UPDATE ON {ACCOUNT} FOR EACH ROW
    WHEN ({_changed(FIXED, "IS DISTINCT FROM")})
    EXECUTE FUNCTION refuse_account('account_fixed')
    """,
    f"""
    CREATE TRIGGER account_sums_moved BEFORE UPDATE ON {ACCOUNT} FOR EACH ROW
    WHEN (pg_trigger_depth() = 0 AND ({_changed(SUMS, "IS DISTINCT FROM")}))
    EXECUTE FUNCTION refuse_account('account_sums_moved_by_transfers_only')
    """,
    f"""
    CREATE TRIGGER account_kept BEFORE DELETE ON {ACCOUNT} FOR EACH ROW
    EXECUTE FUNCTION refuse_account('account_never_deleted')
    """,
    f"""
    CREATE TRIGGER account_kept_whole BEFORE TRUNCATE ON {ACCOUNT} FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_account('account_never_deleted')
    """,
    f"""
    CREATE FUNCTION move_sums() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        PERFORM 1 FROM {ACCOUNT}
        WHERE id IN (SELECT debit_id FROM arrived UNION SELECT credit_id FROM arrived)
        ORDER BY id FOR NO KEY UPDATE;

        IF EXISTS (
            SELECT 1 FROM arrived t
            JOIN {ACCOUNT} d ON d.id = t.debit_id JOIN {ACCOUNT} c ON c.id = t.credit_id
            WHERE d.closed OR c.closed
        ) THEN
            RAISE EXCEPTION 'account_closed' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        IF EXISTS (
            SELECT 1 FROM arrived t
            JOIN {ACCOUNT} d ON d.id = t.debit_id JOIN {ACCOUNT} c ON c.id = t.credit_id
            WHERE d.currency <> c.currency
        ) THEN
            RAISE EXCEPTION 'account_currencies_differ'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;

        UPDATE {ACCOUNT} a
        SET debits = a.debits + moved.went_out,
            credits = a.credits + moved.came_in,
            last_transfer = GREATEST(a.last_transfer, moved.newest)
        FROM (
            SELECT account, sum(went_out) AS went_out, sum(came_in) AS came_in, max(id) AS newest
            FROM (
                SELECT debit_id AS account, amount_fen AS went_out, 0 AS came_in, id FROM arrived
                UNION ALL
                SELECT credit_id, 0, amount_fen, id FROM arrived
            ) legs
            GROUP BY account
        ) moved
        WHERE a.id = moved.account;
        RETURN NULL;
    END $$
    """,
    f"""
    CREATE TRIGGER transfer_moves_sums AFTER INSERT ON {TRANSFER}
    REFERENCING NEW TABLE AS arrived FOR EACH STATEMENT EXECUTE FUNCTION move_sums()
    """,
]

POSTGRES_BACK = [
    f"DROP TRIGGER transfer_moves_sums ON {TRANSFER}",
    "DROP FUNCTION move_sums()",
    *(
        f"DROP TRIGGER {name} ON {ACCOUNT}"
        for name in (
            "account_born_empty",
            "account_fixed",
            "account_sums_moved",
            "account_kept",
            "account_kept_whole",
        )
    ),
    "DROP FUNCTION refuse_account()",
]

# On SQLite nothing tells a trigger who called it. So an account remembers the newest transfer it
# has counted, and its sums may only grow by exactly one newer transfer that exists: every transfer
# is counted as it arrives, so a hand-made UPDATE never finds one that is left.
# INSERT OR REPLACE deletes without asking DELETE triggers: what is there already is refused first.
SQLITE = {
    "account_born_empty": f"""
        BEFORE INSERT ON {ACCOUNT}
        WHEN NEW.debits <> 0 OR NEW.credits <> 0 OR NEW.last_transfer <> 0
        BEGIN SELECT RAISE(ABORT, 'account_born_empty'); END
    """,
    "account_not_replaced": f"""
        BEFORE INSERT ON {ACCOUNT}
        WHEN EXISTS (SELECT 1 FROM {ACCOUNT} WHERE id = NEW.id OR code = NEW.code)
        BEGIN SELECT RAISE(ABORT, 'account_never_deleted'); END
    """,
    "account_fixed": f"""
        BEFORE UPDATE ON {ACCOUNT} WHEN {_changed(FIXED, "IS NOT")}
        BEGIN SELECT RAISE(ABORT, 'account_fixed'); END
    """,
    "account_sums_moved": f"""
        BEFORE UPDATE ON {ACCOUNT}
        WHEN ({_changed(SUMS, "IS NOT")}) AND (
            NEW.last_transfer <= OLD.last_transfer OR NOT EXISTS (
                SELECT 1 FROM {TRANSFER} t WHERE t.id = NEW.last_transfer
                AND NEW.debits - OLD.debits = CASE WHEN t.debit_id = OLD.id
                    THEN t.amount_fen ELSE 0 END
                AND NEW.credits - OLD.credits = CASE WHEN t.credit_id = OLD.id
                    THEN t.amount_fen ELSE 0 END
                AND OLD.id IN (t.debit_id, t.credit_id)
            )
        )
        BEGIN SELECT RAISE(ABORT, 'account_sums_moved_by_transfers_only'); END
    """,
    "account_kept": f"""
        BEFORE DELETE ON {ACCOUNT} BEGIN SELECT RAISE(ABORT, 'account_never_deleted'); END
    """,
    "journal_not_replaced": f"""
        BEFORE INSERT ON {JOURNAL}
        WHEN EXISTS (
            SELECT 1 FROM {JOURNAL} WHERE key = NEW.key
            OR (NEW.reverses_id IS NOT NULL AND reverses_id = NEW.reverses_id)
        )
        BEGIN SELECT RAISE(ABORT, 'journal_once'); END
    """,
    "transfer_open_accounts": f"""
        BEFORE INSERT ON {TRANSFER}
        WHEN EXISTS (
            SELECT 1 FROM {ACCOUNT} WHERE id IN (NEW.debit_id, NEW.credit_id) AND closed
        )
        BEGIN SELECT RAISE(ABORT, 'account_closed'); END
    """,
    "transfer_one_currency": f"""
        BEFORE INSERT ON {TRANSFER}
        WHEN (SELECT currency FROM {ACCOUNT} WHERE id = NEW.debit_id)
            IS NOT (SELECT currency FROM {ACCOUNT} WHERE id = NEW.credit_id)
        BEGIN SELECT RAISE(ABORT, 'account_currencies_differ'); END
    """,
    "transfer_moves_sums": f"""
        AFTER INSERT ON {TRANSFER} BEGIN
            UPDATE {ACCOUNT} SET debits = debits + NEW.amount_fen, last_transfer = NEW.id
            WHERE id = NEW.debit_id;
            UPDATE {ACCOUNT} SET credits = credits + NEW.amount_fen, last_transfer = NEW.id
            WHERE id = NEW.credit_id;
        END
    """,
}


def lay_down(apps: Any, schema_editor: Any) -> None:
    """Create the triggers of this database."""
    if schema_editor.connection.vendor == "postgresql":
        for statement in POSTGRES:
            schema_editor.execute(statement, params=None)
        return
    for name, body in SQLITE.items():
        schema_editor.execute(f"CREATE TRIGGER {name} {body}", params=None)


def take_up(apps: Any, schema_editor: Any) -> None:
    """Drop them again."""
    if schema_editor.connection.vendor == "postgresql":
        for statement in POSTGRES_BACK:
            schema_editor.execute(statement, params=None)
        return
    for name in SQLITE:
        schema_editor.execute(f"DROP TRIGGER {name}", params=None)


class Migration(migrations.Migration):
    """The book's law; the tables stand since 0001."""

    dependencies = [("marketplace", "0001_initial"), ("foundation", "0002_guards")]

    operations = [
        migrations.RunPython(lay_down, take_up),
        AppendOnly(JOURNAL, TRANSFER),
    ]
