"""Tables as text, Markdown, CSV and JSON."""
