"""A module a form: `PAPER` or `paper(data)`, `draw(data, page)`, an invented `SAMPLE`. Forms stand alone."""
