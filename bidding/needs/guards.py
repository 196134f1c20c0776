"""What must never be false about a survey once it was opened, as the database's own law.

A survey with the fingerprint of its questions (`open_survey` writes it) keeps its questions, its
choices and its words as they were; a sheet handed in to it stays as it came, and none comes in on
line while it is not open, nor in any way once its figures are published.
"""

from __future__ import annotations

from foundation.seals.triggers import Laws, for_triggers

SURVEY = "bidding_survey"
QUESTION = "bidding_question"
OPTION = "bidding_option"
RESPONSE = "bidding_response"
FINDINGS = "bidding_findings"

WORDS = (
    *("title", "title_en", "slug", "intro", "intro_en", "link"),
    *("version", "earlier_id", "fingerprint"),
)
"""What a survey is, for whoever was asked."""

SHEET = (
    *("id", "survey_id", "token", "channel", "district_id", "industry"),
    *("doubt", "answered_at", "answers"),
)
"""What a sheet says. Its union may be let go with the union itself, and be no other."""

ON_SURVEY = "the questions of a survey that was opened stay as they are"
ON_SHEET = "a sheet that was handed in stays as it is"
LATE = "this survey takes no such answers any more"


def _changed(columns: tuple[str, ...], differs: str) -> str:
    return " OR ".join(f"OLD.{column} {differs} NEW.{column}" for column in columns)


def _survey_bent(differs: str) -> str:
    return (
        f"OLD.fingerprint <> '' AND ({_changed(WORDS, differs)} OR NEW.state = 'draft' "
        "OR (OLD.state = 'published' AND NEW.state <> 'published'))"
    )


def _sheet_bent(differs: str) -> str:
    union = f"NEW.union_id IS NOT NULL AND OLD.union_id {differs} NEW.union_id"
    return f"({_changed(SHEET, differs)} OR ({union}))"


def _frozen(survey: str) -> str:
    return f"EXISTS (SELECT 1 FROM {SURVEY} WHERE id = {survey} AND fingerprint <> '')"


def _frozen_by(question: str) -> str:
    return (
        f"EXISTS (SELECT 1 FROM {QUESTION} q JOIN {SURVEY} s ON s.id = q.survey_id "
        f"WHERE q.id = {question} AND s.fingerprint <> '')"
    )


def _takes_none(survey: str, channel: str) -> str:
    return (
        f"{survey}.fingerprint <> '' AND (({channel} = 'web' AND {survey}.state <> 'open') "
        f"OR EXISTS (SELECT 1 FROM {FINDINGS} f WHERE f.survey_id = {survey}.id))"
    )


def _refuse(event: str, condition: str, sentence: str) -> str:
    return f"BEFORE {event} WHEN {condition} BEGIN SELECT RAISE(ABORT, '{sentence}'); END"


_OLD_QUESTION = f"{_frozen('OLD.survey_id')} OR {_frozen('NEW.survey_id')}"
_OLD_OPTION = f"{_frozen_by('OLD.question_id')} OR {_frozen_by('NEW.question_id')}"

SQLITE = {
    "survey_keeps_its_words": _refuse(f"UPDATE ON {SURVEY}", _survey_bent("IS NOT"), ON_SURVEY),
    "survey_stays": _refuse(f"DELETE ON {SURVEY}", "OLD.fingerprint <> ''", ON_SURVEY),
    # INSERT OR REPLACE deletes the old row without asking any DELETE trigger
    "survey_is_not_replaced": _refuse(f"INSERT ON {SURVEY}", _frozen("NEW.id"), ON_SURVEY),
    "question_not_added": _refuse(f"INSERT ON {QUESTION}", _frozen("NEW.survey_id"), ON_SURVEY),
    "question_not_changed": _refuse(f"UPDATE ON {QUESTION}", _OLD_QUESTION, ON_SURVEY),
    "question_not_removed": _refuse(f"DELETE ON {QUESTION}", _frozen("OLD.survey_id"), ON_SURVEY),
    "question_not_replaced": _refuse(f"INSERT ON {QUESTION}", _frozen_by("NEW.id"), ON_SURVEY),
    "option_not_added": _refuse(f"INSERT ON {OPTION}", _frozen_by("NEW.question_id"), ON_SURVEY),
    "option_not_changed": _refuse(f"UPDATE ON {OPTION}", _OLD_OPTION, ON_SURVEY),
    "option_not_removed": _refuse(f"DELETE ON {OPTION}", _frozen_by("OLD.question_id"), ON_SURVEY),
    "option_not_replaced": _refuse(
        f"INSERT ON {OPTION}",
        _frozen_by(f"(SELECT question_id FROM {OPTION} WHERE id = NEW.id)"),
        ON_SURVEY,
    ),
    "sheet_in_time": _refuse(
        f"INSERT ON {RESPONSE}",
        f"EXISTS (SELECT 1 FROM {SURVEY} s WHERE s.id = NEW.survey_id "
        f"AND {_takes_none('s', 'NEW.channel')})",
        LATE,
    ),
    "sheet_not_changed": _refuse(
        f"UPDATE ON {RESPONSE}", f"{_sheet_bent('IS NOT')} AND {_frozen('OLD.survey_id')}", ON_SHEET
    ),
    "sheet_not_removed": _refuse(f"DELETE ON {RESPONSE}", _frozen("OLD.survey_id"), ON_SHEET),
    "sheet_not_replaced": _refuse(
        f"INSERT ON {RESPONSE}",
        _frozen(f"(SELECT survey_id FROM {RESPONSE} WHERE id = NEW.id OR token = NEW.token)"),
        ON_SHEET,
    ),
}
"""{name: its words}: SQLite's triggers."""


def _raise(sentence: str) -> str:
    return f"RAISE EXCEPTION '{sentence}' USING ERRCODE = 'integrity_constraint_violation'"


def _row_law(condition: str, sentence: str) -> str:
    return f"""
    BEGIN
        IF ({condition}) THEN {_raise(sentence)}; END IF;
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
        RETURN NEW;
    END"""


def _opened(survey: str, other: str) -> str:
    # FOR SHARE waits for whoever is opening the survey at this moment
    return f"""EXISTS (
            SELECT 1 FROM {SURVEY} WHERE id IN ({survey}, {other}) AND fingerprint <> '' FOR SHARE
        )"""


_BOTH = "(CASE TG_OP WHEN 'INSERT' THEN NEW.{0} ELSE OLD.{0} END)"
_LATTER = "(CASE TG_OP WHEN 'DELETE' THEN OLD.{0} ELSE NEW.{0} END)"


def _survey_of(question: str) -> str:
    return f"(SELECT survey_id FROM {QUESTION} WHERE id = {question})"


FUNCTIONS = {
    "refuse_survey_change": _row_law(
        f"CASE TG_OP WHEN 'DELETE' THEN OLD.fingerprint <> '' "
        f"ELSE {_survey_bent('IS DISTINCT FROM')} END",
        ON_SURVEY,
    ),
    "refuse_question_change": _row_law(
        _opened(_BOTH.format("survey_id"), _LATTER.format("survey_id")), ON_SURVEY
    ),
    "refuse_option_change": _row_law(
        _opened(_survey_of(_BOTH.format("question_id")), _survey_of(_LATTER.format("question_id"))),
        ON_SURVEY,
    ),
    "refuse_sheet_change": _row_law(
        f"CASE TG_OP WHEN 'DELETE' THEN TRUE ELSE {_sheet_bent('IS DISTINCT FROM')} END "
        f"AND {_frozen('OLD.survey_id')}",
        ON_SHEET,
    ),
    "refuse_late_sheet": f"""
    BEGIN
        IF EXISTS (
            SELECT 1 FROM (SELECT DISTINCT survey_id, channel FROM fresh) n
            JOIN {SURVEY} s ON s.id = n.survey_id WHERE {_takes_none("s", "n.channel")}
        ) THEN {_raise(LATE)}; END IF;
        RETURN NULL;
    END""",
    "refuse_survey_emptying": f"""
    BEGIN
        IF EXISTS (SELECT 1 FROM {SURVEY} WHERE fingerprint <> '') THEN {_raise(ON_SURVEY)}; END IF;
        RETURN NULL;
    END""",
}
"""{name: body}: PostgreSQL's functions, each for the triggers below."""

_ROW = "FOR EACH ROW EXECUTE FUNCTION"
TRIGGERS = {
    "survey_stays": f"BEFORE UPDATE OR DELETE ON {SURVEY} {_ROW} refuse_survey_change()",
    "question_stays": (
        f"BEFORE INSERT OR UPDATE OR DELETE ON {QUESTION} {_ROW} refuse_question_change()"
    ),
    "option_stays": f"BEFORE INSERT OR UPDATE OR DELETE ON {OPTION} {_ROW} refuse_option_change()",
    "sheet_stays": f"BEFORE UPDATE OR DELETE ON {RESPONSE} {_ROW} refuse_sheet_change()",
    # once a statement: a table of 100,000 rows comes in by COPY
    "sheet_in_time": (
        f"AFTER INSERT ON {RESPONSE} REFERENCING NEW TABLE AS fresh "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_late_sheet()"
    ),
    # TRUNCATE asks no trigger of a row
    **{
        f"{name}_not_emptied": (
            f"BEFORE TRUNCATE ON {table} FOR EACH STATEMENT "
            "EXECUTE FUNCTION refuse_survey_emptying()"
        )
        for name, table in (
            *(("survey", SURVEY), ("question", QUESTION)),
            *(("option", OPTION), ("sheet", RESPONSE)),
        )
    },
}
"""{name: its words}: PostgreSQL's triggers."""


SURVEYS = Laws(for_triggers(FUNCTIONS), TRIGGERS, SQLITE)
"""All of it, as migration 0005 lays it down and `verify` looks for it."""
