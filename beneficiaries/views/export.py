"""What counts now, to take away: as a file that the upload page reads back."""

from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from beneficiaries.spreadsheets import export
from beneficiaries.spreadsheets.identity import PROGRAMME_WORD
from beneficiaries.views.fetching import programme_of
from beneficiaries.views.files import XLSX
from programmes.models import Agency

CONTENT_TYPES = {"xlsx": XLSX, "ods": export.ODS, "csv": "text/csv; charset=utf-8"}


@require_safe
@never_cache
def count_export(request, code, ending):
    programme = programme_of(request, code)
    asked = {name: request.GET.get(name, "") for name in ("agency", "period", "layout")}
    layout = asked["layout"] or "long"
    if ending not in export.WRITERS or layout not in export.LAYOUTS or not _exist(programme, **asked):
        raise Http404
    language, hxl = (get_language() or "es")[:2], request.GET.get("hxl") == "1"
    data = export.export(
        programme, ending, language, agency=asked["agency"], period=asked["period"], layout=layout, hxl=hxl
    )
    response = HttpResponse(data, content_type=CONTENT_TYPES[ending])
    parts = filter(None, (programme.code, asked["agency"], asked["period"], "beneficiaries"))
    name = f"{'_'.join(parts)}.{ending}".replace(" ", "-")
    response.headers["Content-Disposition"] = content_disposition_header(True, name)
    return response


def _exist(programme, agency, period, layout):
    """Whether there is such an agency and such a period: a misspelt one is no empty file."""
    agencies = Agency.objects.values_list("acronym_en", flat=True)
    is_agency = agency in ("", PROGRAMME_WORD) or agency in agencies
    return is_agency and period in ("", *programme.fund.periods.values_list("code", flat=True))
