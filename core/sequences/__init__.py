"""The event log in memory: per-user sequences, sessions, statistics."""
