"""Parts of the waiting-room display."""
