"""A worker whose printers take their time, and leave a line for each sheet they printed, in a store that all share."""

import sys
import time
from pathlib import Path

import django


def main(folder, name):
    django.setup()
    from django.conf import settings

    from reporting import kept_pdfs, rendering
    from tests.programmes import impatient_worker

    settings.MEDIA_ROOT = Path(folder) / "files"
    rendering.load = lambda: None
    rendering.render_pdf = lambda html: time.sleep(0.4) or b"%PDF " + html.encode()
    keep = kept_pdfs.printed

    def printed(key, html):
        keep(key, html)
        with Path(folder, "printed").open("a") as lines:
            lines.write(f"{key}\n")

    kept_pdfs.printed = printed
    impatient_worker.main(folder, name)


if __name__ == "__main__":
    main(*sys.argv[1:])
