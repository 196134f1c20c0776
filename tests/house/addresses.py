"""The table of addresses: what each answers each role. A new address needs a row here.

Columns: anonymous, bidder, stranger, buyer, officer, fund manager, auditor, expert, editor,
administrator. `.` a page · `>` sign in first · `)` sent on · `x` 403 · `0` 404 (not theirs to
see) · `s` 409 with a sentence · `?` 400. POST-only addresses are asked with an empty form.
"""

TABLE: dict[str, str] = {}
