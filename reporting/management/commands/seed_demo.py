"""Fill an empty portal with the demonstration."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from beneficiaries.totals import summary
from reporting.demonstration import (
    PASSWORD,
    accounts,
    load_accounts,
    load_issued_sheet,
    load_panama,
    load_reference_data,
)
from reporting.finding_counts import recount
from reporting.invented import load_portfolio
from reporting.portfolio import refreshing


class Command(BaseCommand):
    help = (
        "Adds the reference data, the Panama programme of 2011 and one demonstration account per role. "
        "What is there already is left as it is."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--force", action="store_true", help="Also with DEBUG off: the accounts share a password everybody knows."
        )

        parser.add_argument(
            "--portfolio",
            action="store_true",
            help="Also a hundred and thirty invented programmes in fifty countries, each marked as invented.",
        )

    @transaction.atomic
    def handle(self, *, force, portfolio=False, **options):
        if not settings.DEBUG and not force:
            raise CommandError(
                "seed_demo makes accounts with a password that is published. DEBUG is off, so this may be a real "
                "portal: nothing was changed. Run it with --force if you really want them here."
            )
        added = load_reference_data()
        programme, is_new = load_panama()
        made = load_accounts(programme)
        issued = load_issued_sheet(programme)
        today = timezone.localdate()
        invented = load_portfolio(today) if portfolio else None
        recount(today)
        summary.catch_up(today)
        refreshing.refresh(today)
        if options["verbosity"]:
            self.report(programme, added, is_new, made)
            if invented is not None:
                self.stdout.write(f"Programas inventados añadidos / invented programmes added: {invented}")
            if issued is None:
                self.stdout.write("\nSin Pango no se emitió ninguna ficha. / Without Pango no sheet was issued.")

    def report(self, programme, added, is_new, made):
        """What was added, and the accounts as an aligned table, in both languages."""
        self.stdout.write(f"Datos de referencia añadidos / reference data added: {added}")
        state = "añadido / added" if is_new else "ya estaba, sin cambios / already there, unchanged"
        self.stdout.write(f"Programa / programme {programme.code}: {state}")
        self.stdout.write(f"Cuentas añadidas / accounts added: {made}")
        header = ("Correo / e-mail", "Rol / role", "Contraseña / password")
        rows = [(email, label, PASSWORD) for email, _name, label, _role, _scope in accounts(programme)]
        widths = [max(len(row[column]) for row in [header, *rows]) for column in range(3)]
        self.stdout.write("")
        for row in [header, tuple("-" * width for width in widths), *rows]:
            self.stdout.write("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
        if made < len(rows):
            self.stdout.write(
                "\nLas cuentas que ya existían conservan su contraseña. / Accounts that existed keep their password."
            )
