"""Trial mail: shows whether the site can send mail, and why not."""

from __future__ import annotations

import smtplib
import socket
import ssl

from django.conf import settings
from django.core.mail import send_mail

from portfolio.admin.system.facts import mail_server

TEXT = "This mail was sent from the page System of the admin. The site can send mail."


def send_trial_mail(address: str) -> str:
    """Send a mail and return why it could not be sent, "" if it was."""
    try:
        send_mail(f"Mail of {settings.SITE_URL}", TEXT, None, [address])
    except (OSError, ValueError) as error:  # errors of smtplib and sockets are OSErrors
        return reason_of(error)
    return ""


def reason_of(error: Exception) -> str:
    server = mail_server()
    match error:
        case smtplib.SMTPAuthenticationError():
            return f"The mail server {server} does not accept the user name or the password of EMAIL_URL."
        case smtplib.SMTPSenderRefused():
            return f"The mail server {server} does not accept the sender {settings.DEFAULT_FROM_EMAIL}."
        case smtplib.SMTPRecipientsRefused():
            return f"The mail server {server} does not accept your address."
        case smtplib.SMTPException():
            return f"The mail server {server} answered: {error}"
        case socket.gaierror():
            return f"The name of the mail server {server} is not known."
        case TimeoutError():
            return f"The mail server {server} did not answer in time."
        case ConnectionRefusedError():
            return f"No mail server answers at {server}."
        case ssl.SSLError():
            return f"The connection to the mail server {server} could not be encrypted: {error}"
    return f"The mail could not be sent: {error}"
