"""The window. Calls `core.workflow` and `core.listing` and reads `core` data classes; `core` never imports it."""
