"""The System page: what runs, on what, and whether it works, for administrators."""
