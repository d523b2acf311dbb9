"""What a page is made of beside its own file: its longer pieces, and what it asks of core on a worker thread."""
