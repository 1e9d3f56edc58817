"""The trash of the admin: what is deleted can be restored."""
