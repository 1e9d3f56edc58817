"""Where readers write dates otherwise than Django does."""

DATE_FORMAT = "j F Y"
MONTH_DAY_FORMAT = "j F"
