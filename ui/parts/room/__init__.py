"""The room: queue, banner, what is measured, written and diagnosed in a visit, and how it ends."""
