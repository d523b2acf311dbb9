"""What many users are like together: segments, flows."""
