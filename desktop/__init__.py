"""The review window; it uses `parser`, never the reverse."""

import gc

# Loading the modules makes 100,000 objects, all of which stay: looking for garbage among them takes a twentieth of the
# time from the start to the window. ``smoothness`` says what holds from then on.
gc.set_threshold(200_000)
