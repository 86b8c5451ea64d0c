"""A terminal workbench for an Indonesian office's yearly performance report (LKjIP)."""

__version__ = "0.1.0"
