"""The stock worker of django-tasks-db, with a heartbeat: its tasks are not lost when it is killed."""

from django.utils.module_loading import autodiscover_modules
from django_tasks_db.management.commands.db_worker import Command as StockWorker

from programmes import jobs


class Command(StockWorker):
    help = "Run background jobs, keep the weekly schedule, and take over the tasks of workers that fell silent"

    def handle(self, *, worker_id, **options):
        autodiscover_modules("jobs")
        with jobs.heartbeat(worker_id):
            super().handle(worker_id=worker_id, **options)
