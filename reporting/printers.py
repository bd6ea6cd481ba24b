"""Processes that print beside this one: forked once everything they need is loaded, gone when this one is gone."""

import gc
import logging
import multiprocessing
import os
import signal
from multiprocessing.connection import wait

from reporting import kept_pdfs, rendering

log = logging.getLogger(__name__)

PRINTERS = 2
#: A printer that waits looks this often whether whoever forked it still lives: after kill -9 nobody says goodbye.
LOOKS = 1.0
#: What printing leaves behind in circles is collected after so many sheets, between two of them.
COLLECTS = 10


def printed(orders, printers=PRINTERS):
    """Print each ``(key, html)``; gives ``(key, whether it is there now)`` in the order in which they are done.

    Orders are taken one by one, when a printer is free. Without any, nothing is forked. Raises ``PangoMissing``.
    """
    free, busy, orders = [], {}, iter(orders)
    try:
        for key, html in orders:
            if not free and len(busy) < printers:
                free.append(_Printer())
            if not free:
                yield from _done(free, busy)
            printer = free.pop() if free else _Printer()  # the one before it died at its sheet
            printer.order(key, html)
            busy[printer.line] = printer, key
        while busy:
            yield from _done(free, busy)
    finally:
        for printer in [*free, *(printer for printer, _key in busy.values())]:
            printer.dismiss()


def _done(free, busy):
    """Wait for one at least."""
    for line in wait(list(busy)):
        printer, key = busy.pop(line)
        try:
            is_there = line.recv()
        except EOFError:
            log.error("A printer died at sheet %s.", key)
            printer.dismiss()
            yield key, False
            continue
        free.append(printer)
        yield key, is_there


class _Printer:
    """One forked process and the line to it."""

    def __init__(self):
        rendering.load()
        gc.collect()
        gc.freeze()  # so that no printer copies what it shares with this process
        try:
            fork = multiprocessing.get_context("fork")
            self.line, theirs = fork.Pipe()
            self.process = fork.Process(target=_print, args=(theirs, self.line, os.getpid()), daemon=True)
            self.process.start()
        finally:
            gc.unfreeze()
        theirs.close()

    def order(self, key, html):
        self.line.send((key, html))

    def dismiss(self):
        self.line.close()
        self.process.terminate()
        self.process.join()


def _print(line, other_end, parent):
    """Print what comes along the line until it is cut. No database here: its connection belongs to the parent."""
    other_end.close()
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # a worker ends its task first when asked to stop: not this one
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.disable()
    gc.freeze()
    count = 0
    while True:
        while not line.poll(LOOKS):
            if os.getppid() != parent:
                return
        try:
            key, html = line.recv()
        except EOFError:
            return
        line.send(_is_printed(key, html))
        count += 1
        if count % COLLECTS == 0:
            gc.collect()


def _is_printed(key, html):
    try:
        kept_pdfs.printed(key, html)
    except Exception:
        log.exception("Sheet %s could not be printed.", key)
        return False
    return True
