"""Run by Alembic. The connection is handed over by `db.migrate`, inside a transaction that it opened and will end."""

from __future__ import annotations

from alembic import context

context.configure(connection=context.config.attributes["connection"], render_as_batch=True)
context.run_migrations()
