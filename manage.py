#!/usr/bin/env python3
"""Run a management command of the portal."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if sys.argv[1:2] == ["runserver"]:
        from config import serving

        os.environ.setdefault("PUBLIC_URL", serving.address_of(*serving.asked_of_runserver(sys.argv[2:])))
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
