"""Reading: one module a question. It declares its answer with `answers`; nothing else is to be registered."""
