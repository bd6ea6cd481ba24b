"""Many sheets at once, on their way out."""
