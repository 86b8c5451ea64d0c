"""Query files: their headers, the views made of them, and the cells of these."""
