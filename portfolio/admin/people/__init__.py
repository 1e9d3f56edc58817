"""Accounts and their public profiles: invitations, and the profile under Account."""
