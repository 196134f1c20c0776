"""What can be done to organisations, by topic; other rooms and views import from here."""

from foundation.organisations import kinds, papers, rules
from foundation.organisations.operations.bodies import (
    dissolve_organisation,
    edit_profile,
    let_code_through,
    load_districts,
    register_organisation,
    reinstate_organisation,
    rename_organisation,
    suspend_organisation,
    verify_organisation,
)
from foundation.organisations.operations.claims import (
    accept_claim,
    claim_organisation,
    confirm_replacement,
    refuse_claim,
    refuse_replacement,
    replace_representative,
)
from foundation.organisations.operations.invitations import invite_member
from foundation.organisations.operations.members import (
    add_member,
    change_role,
    end_membership,
    hand_over,
)
from foundation.organisations.operations.proofs import (
    ban_organisation,
    declare_relation,
    end_relation,
    lift_ban,
    refuse_proof,
    require_proof,
    state_proof,
    verify_proof,
    waive_proof,
)
from foundation.organisations.operations.unions import (
    import_unions,
    merge_unions,
    move_union,
    plant_union,
)

__all__ = [
    "accept_claim",
    "add_member",
    "ban_organisation",
    "change_role",
    "claim_organisation",
    "confirm_replacement",
    "declare_relation",
    "dissolve_organisation",
    "edit_profile",
    "end_membership",
    "end_relation",
    "hand_over",
    "import_unions",
    "invite_member",
    "kinds",
    "let_code_through",
    "lift_ban",
    "load_districts",
    "merge_unions",
    "move_union",
    "papers",
    "plant_union",
    "refuse_claim",
    "refuse_proof",
    "refuse_replacement",
    "register_organisation",
    "reinstate_organisation",
    "rename_organisation",
    "replace_representative",
    "require_proof",
    "rules",
    "state_proof",
    "suspend_organisation",
    "verify_organisation",
    "verify_proof",
    "waive_proof",
]
