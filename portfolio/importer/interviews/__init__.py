"""The rules by which an interview pasted as plain text is understood, one concept per module."""
