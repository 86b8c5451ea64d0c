"""Out of the file and into it: tables as text, Markdown, CSV and JSON."""
