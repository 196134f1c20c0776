"""Words of the libraries we build on that the house says in its own way, in its own catalogue."""

from django.utils.translation import gettext_noop as _

SAID_OUR_WAY = (
    _("Email Addresses"),
    _("Email Address"),
    _("Current email"),
    _("Change to"),
    _("Change Email"),
    _("Please Confirm Your Email Address"),
    _("Confirm Email Address"),
    _("Verify Your Email Address"),
    _("Sign in with a passkey"),
    _("Sign up using a passkey"),
    _("Sign Out"),
    _("Are you sure you want to sign out?"),
    _("You have signed out."),
    _("Sign Out Other Sessions"),
    _("Sessions"),
    _("Two-Factor Authentication"),
    _("Use authenticator app or code"),
    _("Authentication using an authenticator app is active."),
    _("An authenticator app is not active."),
    _("Recovery Codes"),
    _("No recovery codes set up."),
    _("Password (again)"),
    _("New Password (again)"),
    _("If you have not created an account yet, then please %(link)ssign up%(end_link)s first."),
    _("Already have an account? Then please %(link)ssign in%(end_link)s."),
    _("Your password can’t be too similar to your other personal information."),
    _("Your password can’t be a commonly used password."),
    _("Your password can’t be entirely numeric."),
)
"""Found before the libraries' own translations; see `LOCALE_PATHS`."""
