"""Promises in the window: proposed after Send, listed by their time, and said again in time."""
