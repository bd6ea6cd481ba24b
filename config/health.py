"""Whether the portal lives and whether it can work: for load balancers and for whoever is called at night."""

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


def _database_answers():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _migrations_are_applied():
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if missing:
        raise LookupError(f"{len(missing)} migrations are not applied: run migrate")


def _cache_table_exists():
    cache.get("readiness")


#: In the order in which one rests on the other: the first that fails is the one to mend.
CONDITIONS = {
    "database": _database_answers,
    "migrations": _migrations_are_applied,
    "cache": _cache_table_exists,
}


def _plain(text, status=200):
    return HttpResponse(f"{text}\n", content_type="text/plain; charset=utf-8", status=status)


@login_not_required
@never_cache
@require_safe
def healthz(request):
    """Liveness: the process answers; nothing else is asked."""
    return _plain("ok")


@login_not_required
@never_cache
@require_safe
def readyz(request):
    """Readiness: 503 names the first condition that fails."""
    for name, condition in CONDITIONS.items():
        try:
            condition()
        except LookupError as missing:
            return _plain(f"{name}: {missing}", status=503)
        except DatabaseError:
            return _plain(f"{name}: unavailable", status=503)
    return _plain("ready")
