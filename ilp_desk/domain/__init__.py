"""Rules of care and of the desk: frozen dataclasses and pure functions, told the date."""
