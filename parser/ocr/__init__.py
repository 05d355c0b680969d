"""Page images to the tables and lines printed on them."""
