"""The arrival panel: who this is, where to, and what the desk says about today."""
