"""Splits, metrics, protocols and ranking; knows a scorer only as something that scores."""
