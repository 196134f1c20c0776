"""What people are told about their organisations."""

from django.utils.translation import gettext_lazy as _

from foundation.notifications.kinds import kind

kind(
    "register_organisation",
    group="organisations",
    title=_("%(organisation)s has registered"),
    body=_("Please check its papers and verify it."),
)
kind(
    "claim_organisation",
    group="organisations",
    title=_("%(person)s claims %(organisation)s"),
    body=_("Please check the document and answer."),
)
kind(
    "accept_claim",
    group="organisations",
    title=_("You now act for %(organisation)s"),
    body=_("Your claim was accepted."),
)
kind(
    "refuse_claim",
    group="organisations",
    title=_("Your claim to %(organisation)s was refused"),
    body=_("The reason: %(reason)s"),
)
kind(
    "verify_organisation",
    group="organisations",
    title=_("%(organisation)s is verified"),
    body=_("Its page is public now. Hand in the proofs its standing needs."),
)
kind(
    "suspend_organisation",
    group="organisations",
    title=_("%(organisation)s is suspended"),
    body=_("The reason: %(reason)s"),
)
kind(
    "reinstate_organisation",
    group="organisations",
    title=_("%(organisation)s is no longer suspended"),
    body=_("The reason: %(reason)s"),
)
kind(
    "rename_organisation",
    group="organisations",
    title=_("%(before)s is now called %(organisation)s"),
    body=_("The reason: %(reason)s"),
)
kind(
    "dissolve_organisation",
    group="organisations",
    title=_("%(organisation)s has been dissolved"),
    body=_("The reason: %(reason)s"),
)
kind(
    "merge_unions",
    group="organisations",
    title=_("%(organisation)s has been merged into %(successor)s"),
    body=_("Its people and the bodies under it belong to %(successor)s now."),
)
kind(
    "add_member",
    group="organisations",
    title=_("You are now in %(organisation)s"),
    body=_("Your role: %(role)s."),
)
kind(
    "change_role",
    group="organisations",
    title=_("Your role in %(organisation)s has changed"),
    body=_("Your role is now: %(role)s."),
)
kind(
    "end_membership",
    group="organisations",
    title=_("You are no longer in %(organisation)s"),
    body=_("What you did there stays on record."),
)
kind(
    "hand_over",
    group="organisations",
    title=_("%(before)s has handed %(organisation)s over to you"),
    body=_("What was theirs to do is yours now. Your role: %(role)s."),
)
kind(
    "replace_representative",
    group="organisations",
    title=_("%(organisation)s names a new legal representative: %(person)s"),
    body=_("Please check the document and confirm."),
)
kind(
    "confirm_replacement",
    group="organisations",
    title=_("%(person)s is the legal representative of %(organisation)s"),
    body=_("The change was confirmed."),
)
kind(
    "refuse_replacement",
    group="organisations",
    title=_("The new legal representative of %(organisation)s was refused"),
    body=_("The reason: %(reason)s"),
)
kind(
    "state_proof",
    group="organisations",
    title=_("%(organisation)s handed in a proof: %(proof)s"),
    body=_("Please check it."),
)
kind(
    "verify_proof",
    group="organisations",
    title=_("A proof of %(organisation)s was verified: %(proof)s"),
    body=_("It counts for the organisation's standing now."),
)
kind(
    "refuse_proof",
    group="organisations",
    title=_("A proof of %(organisation)s was refused: %(proof)s"),
    body=_("The reason: %(reason)s"),
)
kind(
    "proof_expiring",
    group="organisations",
    title=_("A proof of %(organisation)s runs out: %(proof)s"),
    body=_("It counts until %(until_on)s. Hand in a new one before then."),
)
kind(
    "ban_organisation",
    group="organisations",
    title=_("%(organisation)s is banned"),
    body=_("By %(authority)s. The reason: %(reason)s"),
)
kind(
    "lift_ban",
    group="organisations",
    title=_("A ban of %(organisation)s was lifted"),
    body=_("The reason: %(reason)s"),
)
