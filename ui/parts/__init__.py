"""Parts of screens that are too large for one module, and panels that several screens open."""
