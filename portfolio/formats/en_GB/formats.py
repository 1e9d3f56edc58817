"""Dates with the time: the zone's name belongs to every time."""

DATETIME_FORMAT = "j F Y, H:i e"
