"""Error mails: unexpected errors of requests, to ``ADMINS``."""

from __future__ import annotations

import logging

from django.core.mail import mail_admins

INTERVAL = 300  # seconds between two mails of a process: an error on every page must not send one for each visitor


class AdminMailHandler(logging.Handler):
    """Logging handler that mails the message and the traceback.

    Django's own also mails the request and the settings, which hold personal data and perhaps passwords.
    """

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.mailed_at = 0.0

    def emit(self, record: logging.LogRecord) -> None:
        # Without an exception it is an answer that was meant, such as 503 of a health check.
        if not record.exc_info or record.created < self.mailed_at + INTERVAL:
            return
        self.mailed_at = record.created
        try:
            mail_admins(" ".join(record.getMessage().split()), self.format(record))
        except Exception:  # the mail server fails in many ways; the error itself is in the log
            self.handleError(record)
