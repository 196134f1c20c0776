"""Addresses of this room."""

from django.urls import URLPattern, path

from foundation.organisations.views import acts, desk, public

app_name = "organisations"
urlpatterns: list[URLPattern] = [
    path("organisations/", public.organisations, name="organisations"),
    path("organisations/export/", public.export, name="export"),
    path("organisations/<int:pk>/", public.organisation, name="organisation"),
    path("unions/", public.unions, name="unions"),
    path("unions/<int:pk>/", public.unions, name="union"),
    path("desk/organisations/", desk.desk, name="desk"),
    path("desk/organisations/find/", desk.find, name="find"),
    path("desk/organisations/register/", desk.register_organisation, name="register_organisation"),
    path("desk/organisations/let-through/", desk.let_code_through, name="let_code_through"),
    path("desk/organisations/import/", desk.import_unions, name="import_unions"),
    path("desk/organisations/federation/", desk.plant_federation, name="plant_federation"),
    path("desk/organisations/requirements/", desk.requirements, name="requirements"),
    path("desk/organisations/requirements/<int:pk>/waive/", desk.waive_proof, name="waive_proof"),
    path("desk/organisations/<int:pk>/", desk.own, name="own"),
    path("desk/organisations/proofs/<int:pk>/", desk.proof, name="proof"),
    path("desk/organisations/proofs/<int:pk>/verify/", desk.verify_proof, name="verify_proof"),
    path("desk/organisations/claims/<int:pk>/", desk.claim, name="claim"),
    path("desk/organisations/claims/<int:pk>/accept/", desk.accept_claim, name="accept_claim"),
    path("desk/organisations/replacements/<int:pk>/", desk.replacement, name="replacement"),
    path(
        "desk/organisations/replacements/<int:pk>/confirm/",
        desk.confirm_replacement,
        name="confirm_replacement",
    ),
    *acts.addresses(),
]
