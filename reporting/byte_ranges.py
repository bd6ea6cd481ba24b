"""A part of a file that never changes: what a reader of PDFs asks for page by page (RFC 9110, one range)."""

import re

from django.http import HttpResponse

ONE_RANGE = re.compile(r"bytes=([0-9]{0,15})-([0-9]{0,15})")


def part_of(request, response, etag):
    """The part that was asked for, or the whole response where none was, or of another version of the file."""
    asked = ONE_RANGE.fullmatch(request.headers.get("Range", "").replace(" ", ""))
    if not asked or not any(asked.groups()) or request.headers.get("If-Range", etag) != etag:
        return response
    whole = response.content
    found = _bounds(*asked.groups(), len(whole))
    if found is None:
        response = HttpResponse(status=416, headers=dict(response.headers))
        response.headers["Content-Range"] = f"bytes */{len(whole)}"
        return response
    first, last = found
    response.content, response.status_code = whole[first : last + 1], 206
    response.headers["Content-Range"] = f"bytes {first}-{last}/{len(whole)}"
    return response


def _bounds(first, last, size):
    """First and last byte; ``None`` when the file has none of them.

    >>> _bounds("0", "1", 10), _bounds("8", "", 10), _bounds("", "3", 10), _bounds("2", "99", 10)
    ((0, 1), (8, 9), (7, 9), (2, 9))
    >>> _bounds("10", "", 10), _bounds("5", "2", 10), _bounds("", "0", 10)
    (None, None, None)
    """
    if not first:
        length = min(int(last), size)
        return (size - length, size - 1) if length else None
    start, end = int(first), min(int(last), size - 1) if last else size - 1
    return (start, end) if start <= end else None
