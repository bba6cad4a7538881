"""What Alembic runs: the steps, on the connection `storage.migrate` hands over, in its one transaction."""

from alembic import context

from storage.tables import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA)
context.run_migrations()
