"""Tables, unit of work, stores, read queries, migrations and backup of the encrypted database.

Never holds widgets, layout or thresholds of its own, and no ORM row leaves it: domain objects and rows do.
"""
