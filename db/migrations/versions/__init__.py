"""The revisions, each frozen once released."""
