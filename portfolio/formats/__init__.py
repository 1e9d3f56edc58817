"""Formats of dates and times in the admin, by language (https://docs.djangoproject.com/en/5.2/topics/i18n/formatting/)."""
