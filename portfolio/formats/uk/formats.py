"""Where readers write dates otherwise than Django does."""

DATE_FORMAT = r"j E Y р\."
MONTH_DAY_FORMAT = "j E"
