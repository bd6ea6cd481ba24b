"""Files out: what was sent, as it was sent; and the template."""

from django.http import FileResponse, Http404, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from beneficiaries.models import Basis
from beneficiaries.spreadsheets import loading
from beneficiaries.spreadsheets.identity import PROGRAMME_WORD
from beneficiaries.views.fetching import programme_of, says_when_discarded, submission_of
from programmes.access import Right, require

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@never_cache
@says_when_discarded
def submission_file(request, code, pk):
    """The file as it was sent: always downloaded, never opened inside the portal's pages."""
    submission = submission_of(request, code, pk)
    if not submission.file:
        raise Http404
    try:
        kept = submission.file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    return FileResponse(
        kept, as_attachment=True, filename=submission.file_name, content_type="application/octet-stream"
    )


@require_safe
@never_cache
def template_download(request, code):
    programme = programme_of(request, code)
    wanted = request.GET.get("agency", PROGRAMME_WORD)
    agencies = {agency.acronym_en: agency for agency in programme.agencies_at(timezone.localdate())}
    if wanted != PROGRAMME_WORD and wanted not in agencies:
        raise Http404
    agency = agencies.get(wanted)
    require(request.user, Right.UPLOAD_BENEFICIARIES, programme, agency)
    period = {period.code: period for period in programme.fund.periods.all()}.get(request.GET.get("period"))
    if period is None:
        raise Http404
    language = (get_language() or "es")[:2]
    basis = request.GET.get("basis", "")
    basis, prefilled = basis if basis in Basis else "", request.GET.get("prefilled") == "1"
    workbook = loading.template_for(programme, agency, period, language, basis, prefilled)
    response = HttpResponse(workbook, content_type=XLSX)
    name = f"{programme.code}_{wanted}_{period.code}.xlsx".replace(" ", "-")
    response.headers["Content-Disposition"] = content_disposition_header(True, name)
    return response
