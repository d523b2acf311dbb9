"""Files and models that are damaged or hostile: `python -m tests.fuzz --minutes N`."""
