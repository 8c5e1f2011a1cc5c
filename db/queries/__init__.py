"""Reading: one module a question. A module here declares its answer with `answers`; nothing else is to be registered."""
