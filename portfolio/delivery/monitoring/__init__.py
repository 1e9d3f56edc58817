"""Monitoring: what an operator sees of the running site."""
