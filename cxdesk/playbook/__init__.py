"""Playbook: plays (read, check, render) and the decision table that says which to offer when."""
