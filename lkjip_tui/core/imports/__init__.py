"""Files of elsewhere: what they mean here, and what they would change."""
