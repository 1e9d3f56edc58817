"""Backup and restore: the database and the media files in one tar archive, with a manifest that proves it complete."""
