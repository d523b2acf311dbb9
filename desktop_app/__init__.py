"""The window. Calls `core.workflow` and reads `core` data classes; `core` never imports it."""
