"""The parts of the list of those to call in."""
