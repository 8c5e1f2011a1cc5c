"""A posyandu's weighing sheet in a window: what each row would do, and into the records with it."""
