"""Template files to ``Template`` objects, and which form a document uses."""
