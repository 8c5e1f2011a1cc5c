"""Sheets over the registration desk about people: somebody new, a newborn, somebody unknown, a family, a change."""
