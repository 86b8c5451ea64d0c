"""What is wrong in the file: findings, and figures held against what was printed."""
