"""Invitations: an account without a password, and a link with which its owner sets one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import send_mail
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from portfolio.admin.system.trial_mail import reason_of
from portfolio.models.authors import author_for

ADMINISTRATOR = "administrator"
TEXT = """You are invited to write on {site}.

Set your password here:
{link}

Then sign in with the username {username}. The link works once, for {days} days.
"""


class InvitationForm(forms.Form):
    first_name = forms.CharField(max_length=150)
    last_name = forms.CharField(max_length=150, required=False)
    email = forms.EmailField(label="E-mail", max_length=150, help_text="It is their username too.")
    role = forms.ChoiceField(widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = [(str(group.pk), group.name) for group in Group.objects.order_by("name")]
        self.fields["role"].choices = [*groups, (ADMINISTRATOR, "Administrators")]
        self.fields["role"].initial = next((key for key, name in groups if name == "Editors"), None)

    def clean_email(self) -> str:
        users, email = get_user_model(), self.cleaned_data["email"].lower()
        if users.objects.filter(email__iexact=email).exists() or users.objects.filter(username__iexact=email).exists():
            raise forms.ValidationError("There is an account with this address already.")
        return email

    def create_user(self) -> Any:
        """Create the account with its role and its public profile."""
        data, role = self.cleaned_data, self.cleaned_data["role"]
        user = get_user_model().objects.create_user(
            data["email"],
            data["email"],
            first_name=data["first_name"],
            last_name=data["last_name"],
            is_superuser=role == ADMINISTRATOR,
            is_staff=role == ADMINISTRATOR,
        )
        if role != ADMINISTRATOR:
            user.groups.set([role])
        if author := author_for(user):
            author.save()
        return user


def invitation_link(user: Any) -> str:
    """The address at which this person sets a password. It is valid as long as that of a forgotten password."""
    key = urlsafe_base64_encode(force_bytes(user.pk))
    token = default_token_generator.make_token(user)
    return settings.SITE_URL + reverse("wagtailadmin_password_reset_confirm", args=[key, token])


def send_invitation(user: Any, link: str) -> str:
    """Send the link and return why it could not be sent, "" if it was."""
    if settings.EMAIL_URL["EMAIL_BACKEND"].endswith("console.EmailBackend"):
        return "This site prints mails on the console instead of sending them."
    text = TEXT.format(
        site=settings.SITE_URL,
        link=link,
        username=user.get_username(),
        days=settings.PASSWORD_RESET_TIMEOUT // (24 * 60 * 60),
    )
    try:
        send_mail(f"You are invited to {settings.SITE_URL}", text, None, [user.email])
    except (OSError, ValueError) as error:  # errors of smtplib and sockets are OSErrors
        return reason_of(error)
    return ""
