"""Signing up, signing in, the second step, and the pages of one's own account."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.core import mail
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from foundation.people.models import Person
from foundation.people.second_factor import (
    fresh_second_factor_required,
    second_factor_fresh,
    second_factor_required,
)
from tests.factories.people import PASSWORD, administrator, auditor, officer, person

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def code() -> str:
    return totp.format_hotp_value(totp.hotp_value(SECRET, int(time.time()) // 30))


def sign_in(client: Client, someone: Person, **also: str):
    return client.post("/accounts/login/", {"login": someone.email, "password": PASSWORD, **also})


def test_a_newcomer_signs_up_proves_the_address_and_signs_in(client):
    answer = client.post(
        "/en/accounts/signup/",
        {
            "email": "new@example.org",
            "name": "Ann",
            "password1": PASSWORD,
            "password2": PASSWORD,
            "language": "en",
        },
    )
    assert answer["Location"] == "/en/accounts/confirm-email/"
    newcomer = Person.objects.get()
    assert (newcomer.name, newcomer.language) == ("Ann", "en")
    assert sign_in(client, newcomer)["Location"] == "/accounts/confirm-email/"
    path = re.search(r"http://testserver(\S+confirm-email/\S+/)", mail.outbox[0].body).group(1)
    client.post(path)
    assert sign_in(Client(), newcomer)["Location"] == "/en/desk/"


def test_signing_up_with_a_known_address_does_not_betray_it(client):
    known = person(password=PASSWORD)
    answer = client.post(
        "/en/accounts/signup/",
        {
            "email": known.email,
            "name": "Eve",
            "password1": PASSWORD,
            "password2": PASSWORD,
            "language": "en",
        },
    )
    assert answer["Location"] == "/en/accounts/confirm-email/"
    assert Person.objects.count() == 1
    assert mail.outbox[0].to == [known.email]


def test_the_desk_opens_in_the_persons_language(client):
    assert sign_in(client, person(password=PASSWORD, language="en"))["Location"] == "/en/desk/"
    assert sign_in(Client(), person(password=PASSWORD))["Location"] == "/desk/"


def test_a_closed_account_does_not_sign_in(client):
    someone = person(password=PASSWORD, is_active=False)
    assert sign_in(client, someone)["Location"] == "/accounts/inactive/"


def test_a_forgotten_password_is_reset_by_a_letter_in_the_readers_language(client):
    someone = person(password=PASSWORD, language="zh-hans")
    client.post("/en/accounts/password/reset/", {"email": someone.email})
    letter = mail.outbox[0]
    assert "密码" in letter.subject
    path = re.search(r"http://testserver(\S+)", letter.body).group(1)
    form = client.get(path, follow=True)
    client.post(
        form.redirect_chain[-1][0],
        {"password1": "another-long-word-9", "password2": "another-long-word-9"},
    )
    someone.refresh_from_db()
    assert someone.check_password("another-long-word-9")


def test_letters_about_the_account_wait_in_the_outbox_while_the_post_is_away(client, settings):
    from foundation.notifications.models import Outgoing
    from foundation.notifications.outbox import drain_outbox

    someone = person(password=PASSWORD)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    assert client.post("/accounts/password/reset/", {"email": someone.email}).status_code == 302
    row = Outgoing.objects.get()
    assert (row.address, row.kind) == (someone.email, "account_letter")
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert drain_outbox() == 1
    assert "/accounts/password/reset/key/" in mail.outbox[0].body


def test_whoever_has_the_second_step_is_asked_for_it(client):
    someone = officer(password=PASSWORD)
    totp.TOTP.activate(someone, SECRET)
    assert sign_in(client, someone)["Location"] == "/accounts/2fa/authenticate/"
    assert client.get("/desk/").status_code == 302
    wrong = client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert wrong.status_code == 200
    right = client.post("/accounts/2fa/authenticate/", {"code": code()})
    assert right["Location"] == "/desk/"
    assert client.get("/desk/").status_code == 200


@pytest.mark.parametrize(("steps_ago", "good"), [(1, True), (2, False)])
def test_a_code_that_changed_while_it_was_typed_is_still_good(client, monkeypatch, steps_ago, good):
    someone = officer(password=PASSWORD)
    totp.TOTP.activate(someone, SECRET)
    sign_in(client, someone)
    now = time.time()
    monkeypatch.setattr(totp.time, "time", lambda: now)  # no step ends between the two lines
    counter = int(now) // 30 - steps_ago
    typed = totp.format_hotp_value(totp.hotp_value(SECRET, counter))
    answer = client.post("/accounts/2fa/authenticate/", {"code": typed})
    assert (answer.status_code == 302) is good


def test_the_secret_of_the_second_step_is_encrypted_at_rest():
    totp.TOTP.activate(person(), SECRET)
    assert SECRET not in str(Authenticator.objects.get().data)


@pytest.mark.parametrize("make", [officer, auditor, administrator])
def test_the_desk_stays_closed_until_the_second_step_is_set_up(client, make):
    someone = make(password=PASSWORD)
    assert sign_in(client, someone)["Location"] == "/desk/"
    for path in ("/desk/", "/en/desk/inbox/", "/desk/people/", "/studio/"):
        answer = client.get(path)
        assert answer.status_code == 302
        assert "/desk/secure/?next=" in answer["Location"]
    assert client.get("/en/desk/secure/").status_code == 200
    totp.TOTP.activate(someone, SECRET)
    assert client.get("/desk/").status_code == 200
    assert client.get("/desk/secure/?next=/desk/me/")["Location"] == "/desk/me/"


def test_others_enter_the_desk_with_a_password(client):
    sign_in(client, person(password=PASSWORD))
    assert client.get("/desk/").status_code == 200


def test_the_way_onward_never_leads_out_of_the_house(client):
    someone = person()
    totp.TOTP.activate(someone, SECRET)
    client.force_login(someone)
    assert client.get("/desk/secure/?next=https://evil.example/")["Location"] == "/desk/"


def test_whoever_needs_the_second_step_does_not_give_it_up(client):
    someone = officer(password=PASSWORD)
    device = totp.TOTP.activate(someone, SECRET).instance
    from allauth.mfa.adapter import get_adapter

    assert second_factor_required(someone) is True
    assert get_adapter().can_delete_authenticator(device) is False
    plain = person()
    spare = totp.TOTP.activate(plain, SECRET).instance
    assert second_factor_required(plain) is False
    assert get_adapter().can_delete_authenticator(spare) is True


def asked(someone: Person, records: list[dict]):
    request = RequestFactory().get("/desk/agreements/1/sign/")
    request.user = someone
    request.session = {
        "account_authentication_methods": records,
        "account_authentication_methods_user": str(someone.pk),
    }
    request._messages = type("Box", (), {"add": lambda *a: None})()
    return request


def test_a_signature_asks_for_a_fresh_second_step():
    someone = person()
    now = time.time()
    assert second_factor_fresh(asked(someone, [{"method": "mfa", "at": now - 10}])) is True
    assert second_factor_fresh(asked(someone, [{"method": "mfa", "at": now - 301}])) is False
    assert second_factor_fresh(asked(someone, [{"method": "password", "at": now}])) is False


def test_the_page_of_a_signature_leads_to_the_second_step_and_back():
    page = fresh_second_factor_required(lambda request: HttpResponse("sign here"))
    someone = person()
    now = time.time()
    assert page(asked(someone, [{"method": "mfa", "at": now}])).content == b"sign here"
    away = page(asked(someone, [{"method": "password", "at": now}]))
    assert away["Location"].endswith("/desk/secure/?next=%2Fdesk%2Fagreements%2F1%2Fsign%2F")
    totp.TOTP.activate(someone, SECRET)
    away = page(asked(someone, [{"method": "mfa", "at": now - 400}]))
    assert away["Location"].startswith(reverse("mfa_reauthenticate"))


@pytest.mark.parametrize(
    "name",
    [
        "account_login",
        "account_signup",
        "account_reset_password",
        "account_reset_password_done",
        "account_inactive",
    ],
)
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_pages_of_strangers_open_in_both_languages(client, name, prefix):
    answer = client.get(prefix + reverse(name).removeprefix("/en"))
    assert answer.status_code == 200
    assert b"site-header" in answer.content


@pytest.mark.parametrize(
    "name",
    [
        "account_email",
        "account_change_password",
        "mfa_index",
        "mfa_activate_totp",
        "mfa_list_webauthn",
        "mfa_add_webauthn",
        "usersessions_list",
        "account_reauthenticate",
        "people:me",
        "people:secure",
    ],
)
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_pages_of_ones_own_account_open_in_both_languages(client, name, prefix):
    someone = person(password=PASSWORD)
    sign_in(client, someone)
    answer = client.get(prefix + reverse(name).removeprefix("/en"), follow=True)
    assert answer.status_code == 200


def test_other_sessions_are_ended(client):
    someone = person(password=PASSWORD)
    elsewhere = Client()
    sign_in(client, someone)
    sign_in(elsewhere, someone)
    assert elsewhere.get("/desk/me/").status_code == 200
    client.post("/accounts/sessions/")
    assert elsewhere.get("/desk/me/").status_code == 302
    assert client.get("/desk/me/").status_code == 200


def test_guessing_is_slowed_down(client):
    someone = person(password=PASSWORD)
    for _attempt in range(6):
        answer = client.post("/accounts/login/", {"login": someone.email, "password": "wrong"})
    answer = sign_in(client, someone)
    assert answer.status_code in (200, 429)
    assert client.get("/desk/me/").status_code == 302


def test_a_person_saves_their_profile_and_reads_on_in_their_language(client):
    someone = person()
    client.force_login(someone)
    answer = client.post("/desk/me/", {"name": "Ann", "phone": "", "language": "en"})
    assert answer["Location"] == "/en/desk/me/"
    bad = client.post("/desk/me/", {"name": "", "phone": "", "language": "en"})
    assert bad.status_code == 200
    assert Person.objects.get(pk=someone.pk).name == "Ann"
