"""Password reset form with a limit on the mails to one address."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.template import loader
from wagtail.admin.forms.auth import PasswordResetForm

from portfolio.delivery.throttling.limits import RESET_MAIL, take

logger = logging.getLogger(__name__)

# Mails are sent in a thread: the time of an answer must not reveal whether there is an account.
sending = ThreadPoolExecutor(max_workers=1, thread_name_prefix="reset-mail")


class LimitedPasswordResetForm(PasswordResetForm):
    """The answer is the same whether or not there is an account, and whether or not a mail is sent."""

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not take([(RESET_MAIL, self.cleaned_data["email"].casefold())]):
            super().save(*args, **kwargs)

    def send_mail(
        self,
        subject_template_name: str,
        email_template_name: str,
        context: dict[str, Any],
        from_email: str | None,
        to_email: str,
        html_email_template_name: str | None = None,
    ) -> None:
        subject = " ".join(loader.render_to_string(subject_template_name, context).split())
        body = loader.render_to_string(email_template_name, context)
        message = EmailMultiAlternatives(subject, body, from_email, [to_email])
        sending.submit(send, message, context["user"].pk)


def send(message: EmailMultiAlternatives, user: Any) -> None:
    try:
        message.send()
    except Exception:
        logger.exception("The mail to set a new password could not be sent to user %s", user)
