"""Reusable parts of pages that know nothing of pages."""
