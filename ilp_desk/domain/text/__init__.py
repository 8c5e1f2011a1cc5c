"""The language of people: names, numbers, dates and ages as they are typed, read, found again and shown."""
