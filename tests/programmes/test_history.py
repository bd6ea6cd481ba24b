"""Who changed what, when, and what it was before."""

import threading

from django.apps import apps
from django.contrib.auth.models import update_last_login

from programmes.actions.writing import writing
from programmes.history import _acting, acting

#: What people edit in a programme; each has its history.
EDITED = {
    "achievement", "agencybudget", "disbursement", "disbursementshare", "evaluation", "financialreport",
    "governmententity", "membership", "mission", "missionmember", "programme", "programmearea", "programmetarget",
    "result", "revision", "sectiontext", "statusassessment", "user",
}  # fmt: skip


def test_everything_a_person_edits_has_a_history():
    models = apps.get_app_config("programmes").get_models()
    assert {model._meta.model_name for model in models if hasattr(model, "history")} >= EDITED


def test_a_line_of_the_history_says_who_why_and_what_it_was(panama, rco_panama):
    with writing(panama, rco_panama, "Se presentó hoy"):
        panama.coordinator_name = "Inés Batista"
        panama.save()
    line = panama.history.first()
    assert (line.history_user, line.history_change_reason) == (rco_panama, "Se presentó hoy")
    changed = line.diff_against(line.prev_record).changes
    assert [(change.field, change.old, change.new) for change in changed] == [("coordinator_name", "", "Inés Batista")]


def test_the_version_is_no_change_of_its_own(panama, rco_panama):
    before = panama.history.count()
    with writing(panama, rco_panama):
        pass
    assert (panama.version, panama.history.count()) == (2, before)


def test_passwords_are_never_in_the_history(rco_panama):
    assert not hasattr(rco_panama.history.first(), "password")


def test_signing_in_is_no_change_of_the_person(rco_panama):
    before = rco_panama.history.count()
    update_last_login(None, rco_panama)
    assert rco_panama.history.count() == before
    rco_panama.name = "Otro nombre"
    rco_panama.save(update_fields=["name", "last_login"])
    assert rco_panama.history.count() == before + 1


def test_who_acts_is_known_only_inside_and_only_in_its_own_thread(panama, rco_panama):
    seen = []

    def elsewhere():
        seen.append(_acting.get())

    with acting(rco_panama, "aquí"):
        thread = threading.Thread(target=elsewhere)
        thread.start()
        thread.join()
    panama.save()
    assert seen == [(None, "")]
    assert panama.history.first().history_user is None
