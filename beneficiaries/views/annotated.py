"""What was sent, given back with what is wrong marked in it."""

from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from beneficiaries.spreadsheets import stored
from beneficiaries.spreadsheets.annotating.copies import annotate
from beneficiaries.spreadsheets.columns import columns_of
from beneficiaries.views.fetching import says_when_discarded, submission_of


@require_safe
@never_cache
@says_when_discarded
def submission_annotated(request, code, pk):
    """Always downloaded, in the person's language; nothing of it is stored."""
    submission = submission_of(request, code, pk)
    if not submission.file:
        raise Http404
    try:
        with submission.file.open("rb") as kept:
            data = kept.read()
    except FileNotFoundError:
        raise Http404 from None
    found = stored.from_stored(submission.reading, columns_of(submission.programme))
    copy = annotate(data, submission.file_name, found, (get_language() or "es")[:2])
    response = HttpResponse(copy.data, content_type=copy.content_type)
    response.headers["Content-Disposition"] = content_disposition_header(True, copy.name)
    return response
