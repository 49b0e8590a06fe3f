"""Headless Chromium, driven over its own protocol."""

from browser.chromium import CHROMIUM, Chromium, Page

__all__ = ["CHROMIUM", "Chromium", "Page"]
