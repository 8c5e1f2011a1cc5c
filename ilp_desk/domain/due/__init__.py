"""What is due for somebody on a day, the days that are kept of it, and the lists made of them."""
