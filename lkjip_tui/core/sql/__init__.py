"""What is typed in the console: read, completed, run, and saved as a query."""
