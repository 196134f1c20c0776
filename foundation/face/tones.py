"""Which tone of voice a state is shown in: states know no colours, the face does."""

from __future__ import annotations

TONES = {
    "good": """open published verified accepted eligible ranked awarded signed paid settled closed
        confirmed final seated active received fulfilled matched succeeded done running
        arrived won resolved sound""",
    "warn": """upcoming curing suspended in_force returned disputed objected waiting due invited
        offered complained proposed owed stopped reported held part_refunded different""",
    "bad": """refused dissolved cancelled failed terminated broken upheld overdue bounced lost
        charged_back faulty void damaged""",
    "info": """submitted scoring drawn opened decided pending reserved sent computed interested
        asked on_stage announced""",
}
"""Words of every floor's states, by their stored value; what is not named here is quiet."""

_TONE_OF = {word: tone for tone, words in TONES.items() for word in words.split()}


def tone_of(state: str) -> str:
    """'good', 'warn', 'bad', 'info' or 'quiet' for a state's stored value."""
    return _TONE_OF.get(str(state), "quiet")
