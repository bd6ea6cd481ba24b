"""Python's collector of cycles, paused while hundreds of thousands of values are made that hold none.

It would walk through all of them again and again, for a third of the time of a big import.
"""

import gc
from contextlib import contextmanager


@contextmanager
def paused():
    """Off inside; on again afterwards if it was on. Of several at once the first to end turns it on again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
