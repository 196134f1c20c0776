"""What must never be false about the book, as the database's own law, on both databases.

The sums of an account move only when a transfer is inserted; everything else about the book is
appended or refused. PostgreSQL does it once a statement, over all its transfers, having locked
the touched accounts in the order of their numbers; SQLite, with one writer at a time, row by row.
"""

from __future__ import annotations

from foundation.seals.triggers import Laws

ACCOUNT = "marketplace_account"
FUND = "marketplace_fund"
JOURNAL = "marketplace_journal"
PERIOD = "marketplace_period"
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


_LAST_CLOSED = f"(SELECT max(ends_on) FROM {PERIOD} WHERE fund_id = NEW.fund_id)"

_LAPSED = (
    f"EXISTS (SELECT 1 FROM {FUND} WHERE id = NEW.fund_id AND lapsed_on IS NOT NULL AND "
    "(NEW.place IN ('available', 'buyer') OR (NEW.place = 'own' AND successor_id IS NOT NULL)))"
)
"""Is this a pocket of a fund whose money went elsewhere?"""

BY_INDEX = " SET enable_seqscan TO off"
"""Every row these functions read is looked up by its key, and so they are written: by arrays of
keys and by LIMIT 1. A session keeps its plans; a join planned while the book was empty would go
through all of it at every posting, when it is full."""

FUNCTIONS = {
    "refuse_account": (
        "",
        "trigger",
        """
    BEGIN
        RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation';
    END""",
    ),
    "move_sums": (
        "",
        f"trigger{BY_INDEX}",
        f"""
    DECLARE
        fault text;
        touched bigint[];
        one record;
        fine boolean;
    BEGIN
        SELECT count(*) AS transfers, min(debit_id) AS debit, min(credit_id) AS credit,
            min(amount_fen) AS fen, min(id) AS id, min(journal_id) AS journal
        INTO one FROM arrived;
        IF one.transfers = 1 THEN -- the short way of a single step of money
            SELECT min(currency) = max(currency) AND NOT bool_or(closed) AND CASE
                WHEN max(closed_until) IS NULL THEN true
                ELSE max(closed_until) < (
                    SELECT effective_on FROM {JOURNAL} WHERE id = one.journal) END
            INTO fine FROM (
                SELECT currency, closed, closed_until FROM {ACCOUNT}
                WHERE id IN (one.debit, one.credit) ORDER BY id FOR NO KEY UPDATE) locked;
            IF fine THEN
                UPDATE {ACCOUNT}
                SET debits = debits + CASE id WHEN one.debit THEN one.fen ELSE 0 END,
                    credits = credits + CASE id WHEN one.credit THEN one.fen ELSE 0 END,
                    last_transfer = GREATEST(last_transfer, one.id)
                WHERE id IN (one.debit, one.credit);
                RETURN NULL;
            END IF;
        END IF;

        touched := ARRAY(SELECT debit_id FROM arrived UNION SELECT credit_id FROM arrived);
        SELECT min(currency) = max(currency) AND NOT bool_or(closed)
            AND max(closed_until) IS NULL
        INTO fine FROM (
            SELECT currency, closed, closed_until FROM {ACCOUNT}
            WHERE id = ANY(touched) ORDER BY id FOR NO KEY UPDATE) locked;

        -- a new statement sees what was committed while this one waited for the locks
        SELECT CASE
            WHEN d.closed OR c.closed THEN 'account_closed'
            WHEN d.currency <> c.currency THEN 'account_currencies_differ'
            ELSE 'period_closed' END INTO fault
        FROM arrived t,
            LATERAL (SELECT * FROM {ACCOUNT} WHERE id = t.debit_id LIMIT 1) d,
            LATERAL (SELECT * FROM {ACCOUNT} WHERE id = t.credit_id LIMIT 1) c,
            LATERAL (SELECT * FROM {JOURNAL} WHERE id = t.journal_id LIMIT 1) j
        WHERE fine IS NOT TRUE AND (d.closed OR c.closed OR d.currency <> c.currency
            OR j.effective_on <= d.closed_until OR j.effective_on <= c.closed_until)
        LIMIT 1;
        IF fault IS NOT NULL THEN
            RAISE EXCEPTION '%', fault USING ERRCODE = 'integrity_constraint_violation';
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
        WHERE a.id = ANY(touched) AND a.id = moved.account;
        RETURN NULL;
    END""",
    ),
    "born_into_period": (
        "",
        "trigger",
        f"""
    BEGIN
        -- a fund is not closed while accounts of it are being opened, nor the other way round
        PERFORM 1 FROM {FUND} WHERE id = NEW.fund_id FOR KEY SHARE;
        NEW.closed_until := {_LAST_CLOSED};
        IF {_LAPSED} THEN
            NEW.closed := true;
        END IF;
        RETURN NEW;
    END""",
    ),
    "close_accounts": (
        "",
        "trigger",
        f"""
    BEGIN
        PERFORM 1 FROM {FUND} WHERE id = NEW.fund_id FOR UPDATE;
        IF EXISTS (SELECT 1 FROM {PERIOD} p
            WHERE p.fund_id = NEW.fund_id AND p.id <> NEW.id AND p.ends_on >= NEW.ends_on) THEN
            RAISE EXCEPTION 'period_not_forward'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        PERFORM 1 FROM {ACCOUNT} WHERE fund_id = NEW.fund_id ORDER BY id FOR NO KEY UPDATE;
        UPDATE {ACCOUNT} SET closed_until = NEW.ends_on WHERE fund_id = NEW.fund_id;
        RETURN NULL;
    END""",
    ),
}
"""{name: (parameters, what it returns, its body)}: PL/pgSQL functions of the book."""


def _refuse(event: str, condition: str, name: str) -> str:
    when = f"WHEN ({condition}) " if condition else ""
    level = "STATEMENT" if event.startswith("BEFORE TRUNCATE") else "ROW"
    return f"{event} FOR EACH {level} {when}EXECUTE FUNCTION refuse_account('{name}')"


TRIGGERS = {
    "account_born_empty": _refuse(
        f"BEFORE INSERT ON {ACCOUNT}",
        "NEW.debits <> 0 OR NEW.credits <> 0 OR NEW.last_transfer <> 0",
        "account_born_empty",
    ),
    "account_born_into_period": (
        f"BEFORE INSERT ON {ACCOUNT} FOR EACH ROW EXECUTE FUNCTION born_into_period()"
    ),
    "account_fixed": _refuse(
        f"BEFORE UPDATE OF {', '.join(FIXED)} ON {ACCOUNT}",
        _changed(FIXED, "IS DISTINCT FROM"),
        "account_fixed",
    ),
    "account_stays_closed": _refuse(
        f"BEFORE UPDATE OF closed ON {ACCOUNT}",
        "OLD.closed AND NOT NEW.closed",
        "account_stays_closed",
    ),
    "account_sums_moved": _refuse(
        f"BEFORE UPDATE OF {', '.join(SUMS)}, closed_until ON {ACCOUNT}",
        "pg_trigger_depth() = 0",
        "account_sums_moved_by_transfers_only",
    ),
    "account_kept": _refuse(f"BEFORE DELETE ON {ACCOUNT}", "", "account_never_deleted"),
    "account_kept_whole": _refuse(f"BEFORE TRUNCATE ON {ACCOUNT}", "", "account_never_deleted"),
    "period_closes_accounts": (
        f"AFTER INSERT ON {PERIOD} FOR EACH ROW EXECUTE FUNCTION close_accounts()"
    ),
    "transfer_moves_sums": (
        f"AFTER INSERT ON {TRANSFER} REFERENCING NEW TABLE AS arrived "
        "FOR EACH STATEMENT EXECUTE FUNCTION move_sums()"
    ),
}
"""{name: its words}: PostgreSQL's triggers of the book.

A posting pays for reading every condition anew: so it is asked only where its columns are named.
"""

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
    "account_born_into_period": f"""
        AFTER INSERT ON {ACCOUNT} WHEN NEW.closed_until IS NOT {_LAST_CLOSED}
        BEGIN UPDATE {ACCOUNT} SET closed_until = {_LAST_CLOSED} WHERE id = NEW.id; END
    """,
    "account_born_lapsed": f"""
        AFTER INSERT ON {ACCOUNT} WHEN NOT NEW.closed AND {_LAPSED}
        BEGIN UPDATE {ACCOUNT} SET closed = 1 WHERE id = NEW.id; END
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
    "account_stays_closed": f"""
        BEFORE UPDATE ON {ACCOUNT} WHEN OLD.closed AND NOT NEW.closed
        BEGIN SELECT RAISE(ABORT, 'account_stays_closed'); END
    """,
    "account_period": f"""
        BEFORE UPDATE ON {ACCOUNT}
        WHEN OLD.closed_until IS NOT NEW.closed_until AND NEW.closed_until IS NOT {_LAST_CLOSED}
        BEGIN SELECT RAISE(ABORT, 'account_period_closed_by_periods_only'); END
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
    "period_forward": f"""
        BEFORE INSERT ON {PERIOD}
        WHEN EXISTS (
            SELECT 1 FROM {PERIOD} WHERE fund_id = NEW.fund_id AND ends_on >= NEW.ends_on
        )
        BEGIN SELECT RAISE(ABORT, 'period_not_forward'); END
    """,
    "period_closes_accounts": f"""
        AFTER INSERT ON {PERIOD} BEGIN
            UPDATE {ACCOUNT} SET closed_until = NEW.ends_on WHERE fund_id = NEW.fund_id;
        END
    """,
    "transfer_open_accounts": f"""
        BEFORE INSERT ON {TRANSFER}
        WHEN EXISTS (
            SELECT 1 FROM {ACCOUNT} WHERE id IN (NEW.debit_id, NEW.credit_id) AND closed
        )
        BEGIN SELECT RAISE(ABORT, 'account_closed'); END
    """,
    "transfer_open_period": f"""
        BEFORE INSERT ON {TRANSFER}
        WHEN EXISTS (
            SELECT 1 FROM {ACCOUNT} WHERE id IN (NEW.debit_id, NEW.credit_id)
            AND closed_until >= (SELECT effective_on FROM {JOURNAL} WHERE id = NEW.journal_id)
        )
        BEGIN SELECT RAISE(ABORT, 'period_closed'); END
    """,
    "transfer_one_currency": f"""
        BEFORE INSERT ON {TRANSFER}
        WHEN (SELECT currency FROM {ACCOUNT} WHERE id = NEW.debit_id)
            <> (SELECT currency FROM {ACCOUNT} WHERE id = NEW.credit_id)
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
"""{name: its words}: SQLite's triggers of the book."""


BOOK = Laws(FUNCTIONS, TRIGGERS, SQLITE)
"""All of it, as migration 0002 lays it down and `verify_books` looks for it."""
