"""Alembic's way in: migrations run on the connection, and in the transaction, they are given."""

from alembic import context

from console.journal.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
