"""Growth of a child by the standards of WHO: measures, labels, the course of the weight, curves, a posyandu's sheet."""
