"""A project opened: its settings, definition and store, what seeds the store, and the outbox."""
