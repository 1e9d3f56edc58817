"""Interviews: the rules that parse an interview pasted as plain text, one concept per module."""
