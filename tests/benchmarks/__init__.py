"""Measurements. `make bench` runs them at full scale; the suite runs them tiny and asserts no times."""
