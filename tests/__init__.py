"""The suite mirrors the rooms; stories and benchmarks stand beside them."""
