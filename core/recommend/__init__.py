"""Ranking, explanation and export of lists."""
