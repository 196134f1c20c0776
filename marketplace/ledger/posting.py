"""The doors of the book on PostgreSQL: one call opens accounts, writes, or answers what stands.

One event comes through its own, which is told everything in plain values; many come as JSON.
"""

from __future__ import annotations

from marketplace.ledger.guards import ACCOUNT, BY_INDEX, FUND, JOURNAL, TRANSFER

POSTING = {
    "open_accounts": (
        "given jsonb",
        f"void{BY_INDEX}",
        f"""
    DECLARE
        v_turn int;
    BEGIN
        IF EXISTS (
            SELECT 1 FROM jsonb_to_recordset(given) AS n(code text)
            WHERE NOT EXISTS (SELECT 1 FROM {ACCOUNT} a WHERE a.code = n.code)
        ) THEN
            -- pockets before what is promised out of them; each in the order of their codes
            FOR v_turn IN 0..1 LOOP
                INSERT INTO {ACCOUNT} (code, fund_id, place, pocket_id, organisation_id,
                    currency, debits, credits, last_transfer, no_overdraft, closed)
                SELECT n.code, f.id, n.place,
                    (SELECT p.id FROM {ACCOUNT} p WHERE p.code = n.pocket), n.organisation,
                    f.currency, 0, 0, 0, n.no_overdraft, false
                FROM jsonb_to_recordset(given) AS n(code text, fund text, place text,
                    pocket text, organisation bigint, no_overdraft boolean)
                JOIN {FUND} f ON f.code = n.fund
                WHERE (n.pocket IS NOT NULL)::int = v_turn
                    AND NOT EXISTS (SELECT 1 FROM {ACCOUNT} a WHERE a.code = n.code)
                ORDER BY n.code
                ON CONFLICT (code) DO NOTHING;
            END LOOP;
        END IF;
    END""",
    ),
    "post_event": (
        "p_key text, p_digest text, p_kind text, p_reference text, p_memo text, p_facts jsonb, "
        "p_actor bigint, p_day date, p_day_given boolean, p_reverses bigint, p_now timestamptz, "
        "p_debits text[], p_credits text[], p_fens bigint[], p_accounts text, "
        "OUT fresh bigint, OUT stands text",
        f"record{BY_INDEX}",
        f"""
    DECLARE
        v_lines int := cardinality(p_fens);
        v_debits bigint[];
        v_credits bigint[];
        v_digest text;
        v_day date;
    BEGIN
        FOR v_turn IN 0..1 LOOP
            FOR v_line IN 1..v_lines LOOP
                v_debits[v_line] := (SELECT id FROM {ACCOUNT} WHERE code = p_debits[v_line]);
                v_credits[v_line] := (SELECT id FROM {ACCOUNT} WHERE code = p_credits[v_line]);
            END LOOP;
            EXIT WHEN array_position(v_debits || v_credits, NULL) IS NULL;
            PERFORM open_accounts(p_accounts::jsonb); -- used for the first time
        END LOOP;

        INSERT INTO {JOURNAL} (key, digest, kind, reference, memo, facts, actor_id,
            effective_on, reverses_id, created_at)
        VALUES (p_key, p_digest, p_kind, p_reference, p_memo, p_facts, p_actor,
            p_day, p_reverses, p_now)
        ON CONFLICT (key) DO NOTHING RETURNING id INTO fresh;

        IF fresh IS NULL THEN -- its key stands already: the same content, or nothing
            SELECT j.digest, j.effective_on, jsonb_build_object('id', j.id, 'actor_id', j.actor_id,
                'effective_on', j.effective_on, 'created_at', j.created_at)::text
            INTO v_digest, v_day, stands FROM {JOURNAL} j WHERE j.key = p_key;
            IF v_digest <> p_digest OR (p_day_given AND v_day <> p_day) THEN
                RAISE EXCEPTION 'journal_clash' USING ERRCODE = 'integrity_constraint_violation';
            END IF;
        ELSIF v_lines = 1 THEN
            INSERT INTO {TRANSFER} (journal_id, debit_id, credit_id, amount_fen)
            VALUES (fresh, v_debits[1], v_credits[1], p_fens[1]);
        ELSE
            INSERT INTO {TRANSFER} (journal_id, debit_id, credit_id, amount_fen)
            SELECT fresh, debit, credit, fen
            FROM unnest(v_debits, v_credits, p_fens) WITH ORDINALITY AS l(debit, credit, fen, place)
            ORDER BY place;
        END IF;
    END""",
    ),
    "post_events": (
        "given jsonb, OUT fresh text, OUT stands text",
        f"record{BY_INDEX}",
        f"""
    #variable_conflict use_column
    DECLARE
        v_turn int;
        v_turns int := coalesce((given->>'turns')::int, 1);
        v_count int := 0;
        v_written int;
        v_keys text;
        v_parts text[] := '{{}}';
    BEGIN
        PERFORM open_accounts(given->'accounts');

        IF v_turns > 1 THEN -- else the transfers' trigger does it, later and so for a shorter time
            PERFORM 1 FROM {ACCOUNT} a
            WHERE a.code IN (
                SELECT n.code FROM jsonb_to_recordset(given->'accounts') AS n(code text))
            ORDER BY a.id FOR NO KEY UPDATE;
        END IF;

        FOR v_turn IN 0..v_turns - 1 LOOP
            WITH born AS (
                INSERT INTO {JOURNAL} (key, digest, kind, reference, memo, facts, actor_id,
                    effective_on, reverses_id, created_at)
                SELECT key, digest, kind, reference, memo, facts, actor_id,
                    effective_on, reverses_id, created_at
                FROM jsonb_to_recordset(given->'events') AS e(key text, digest text, kind text,
                    reference text, memo text, facts jsonb, actor_id bigint, effective_on date,
                    reverses_id bigint, created_at timestamptz, turn int)
                WHERE coalesce(e.turn, 0) = v_turn
                ON CONFLICT (key) DO NOTHING RETURNING id, key
            ), moved AS (
                INSERT INTO {TRANSFER} (journal_id, debit_id, credit_id, amount_fen)
                SELECT born.id, (SELECT a.id FROM {ACCOUNT} a WHERE a.code = l.debit),
                    (SELECT a.id FROM {ACCOUNT} a WHERE a.code = l.credit), l.fen
                FROM ROWS FROM (jsonb_to_recordset(given->'lines')
                    AS (key text, debit text, credit text, fen bigint)) WITH ORDINALITY
                    AS l(key, debit, credit, fen, place)
                JOIN born ON born.key = l.key ORDER BY l.place
            )
            SELECT count(*), json_object_agg(key, id)::text INTO v_written, v_keys FROM born;
            v_count := v_count + v_written;
            v_parts := v_parts || v_keys; -- NULL where none was new
        END LOOP;
        fresh := '[' || array_to_string(v_parts, ',') || ']';
        IF v_count = jsonb_array_length(given->'events') THEN
            RETURN;
        END IF;

        -- events whose key stands already: the same content, or nothing of all this
        IF EXISTS (
            SELECT 1 FROM jsonb_to_recordset(given->'events')
                AS e(key text, digest text, effective_on date, day_given boolean)
            CROSS JOIN LATERAL (SELECT * FROM {JOURNAL} s WHERE s.key = e.key LIMIT 1) j
            WHERE j.digest <> e.digest OR (e.day_given AND j.effective_on <> e.effective_on)
        ) THEN
            RAISE EXCEPTION 'journal_clash' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        SELECT json_agg(json_build_array(j.key, j.id, j.actor_id, j.effective_on, j.created_at))
        INTO stands FROM jsonb_to_recordset(given->'events') AS e(key text)
        CROSS JOIN LATERAL (SELECT * FROM {JOURNAL} s WHERE s.key = e.key LIMIT 1) j;
    END""",
    ),
}
"""{name: (parameters, what it returns, its body)}."""

CALL = "SELECT fresh, stands FROM post_events(%s::jsonb)"

CALL_ONE = f"SELECT fresh, stands FROM post_event({', '.join(['%s'] * 15)})"
