"""Where readers write dates otherwise than Django does."""

DATE_FORMAT = "F j, Y"
MONTH_DAY_FORMAT = "F j"
DATETIME_FORMAT = "F j, Y, g:i A e"
