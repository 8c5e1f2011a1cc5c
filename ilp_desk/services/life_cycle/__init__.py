"""Services of the life cycle: what is due, and what is recorded about it in the room and in the area."""
