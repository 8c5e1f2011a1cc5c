"""Windows, widgets, Qt models, the background runner, preview and printers.

Never holds database sessions, SELECTs or clinical thresholds: it asks the services for frozen rows.
"""
