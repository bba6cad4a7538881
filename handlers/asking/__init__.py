"""How a person is asked, and how what they name is found: dates, people, units, topics, previews."""
