"""Parts of the queue screen."""
