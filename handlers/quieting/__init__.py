"""静音 and 稍后: a person's own peace, bounded, and never from what is late or goes upwards."""
