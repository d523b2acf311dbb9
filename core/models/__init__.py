"""The recommenders, one a file, each behind the contract of `core.models.base`."""
