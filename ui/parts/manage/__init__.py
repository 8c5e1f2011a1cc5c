"""The parts of the management; most of them are steps of the first set-up too."""
