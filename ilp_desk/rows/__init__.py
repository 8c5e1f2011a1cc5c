"""Frozen rows for lists and the questions they answer. Rows carry what a screen shows, nothing it must not."""
