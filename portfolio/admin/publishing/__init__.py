"""What stands between a draft and its readers: the publish sheet, and the review by a colleague."""
