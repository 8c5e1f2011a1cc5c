"""Use cases, one module an activity. One public method is one transaction."""
