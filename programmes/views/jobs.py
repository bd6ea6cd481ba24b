"""What a person asked the portal to do in the background, how far it is, and the way to cancel it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from programmes import jobs
from programmes.job_words import Told
from programmes.models import Job

PAGE = 50


def unless_seen(request, marker, page, part, context):
    """The whole page; or, when it asks again by itself, its part anew, and nothing while that would say the same."""
    if request.htmx and request.GET.get("seen") == marker:
        return HttpResponse(status=204)
    return render(request, part if request.htmx else page, context | {"marker": marker})


@require_safe
def job_list(request):
    own = Job.objects.visible_to(request.user).select_related("asked_by")
    page = Paginator(own, PAGE).get_page(request.GET.get("page"))
    alive = jobs.living(page.object_list)
    lines = [Told(job, request.user, alive) for job in page.object_list]
    context = {"page": page, "lines": lines, "is_open": any(line.job.is_open for line in lines)}
    marker = ".".join(f"{line.job.pk}-{line.marker}" for line in lines if line.job.is_open)
    return unless_seen(request, marker, "programmes/job_list.html", "programmes/_jobs.html", context)


@require_POST
def job_cancel(request, pk):
    job = get_object_or_404(Job.objects.visible_to(request.user), pk=pk)
    if jobs.cancel(job):
        messages.success(request, _("It is cancelled: nothing of it counts."))
    else:
        messages.info(request, _("It had ended already, so there was nothing to cancel."))
    address = Told(job, request.user).address if "stay" in request.POST else ""
    return HttpResponseRedirect(address or reverse("programmes:job_list"), status=303)
