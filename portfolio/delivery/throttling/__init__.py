"""Throttling of password attempts and of password reset mails."""
