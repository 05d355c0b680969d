"""The library that turns annual reports into checked tables; it never imports Qt."""
