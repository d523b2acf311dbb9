"""Batches, the training loop, early stopping and checkpoints; knows a model only as a module."""
