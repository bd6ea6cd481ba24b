"""Editing a programme, and the person's own settings."""

from django.urls import path

from programmes.views import history, invitation, jobs, language, people, programme_new, section_edit, translation

app_name = "programmes"
urlpatterns = [
    path("programmes/new/", programme_new.programme_new, name="programme_new"),
    path("programmes/<code:code>/sections/<code:section>/edit/", section_edit.section_edit, name="section_edit"),
    path("programmes/<code:code>/translation/", translation.translation_list, name="translation_list"),
    path("programmes/<code:code>/translation/<code:text>/", translation.translation_edit, name="translation_edit"),
    path("programmes/<code:code>/history/", history.history_list, name="history_list"),
    path("programmes/<code:code>/history/<code:place>/", history.history_list, name="block_history"),
    path("programmes/<code:code>/history/<code:place>/<int:at>/", history.block_restore, name="block_restore"),
    path("jobs/", jobs.job_list, name="job_list"),
    path("jobs/<int:pk>/cancel/", jobs.job_cancel, name="job_cancel"),
    path("people/", people.people_list, name="people_list"),
    path("people/invite/", people.person_invite, name="person_invite"),
    path("people/invitations/<int:pk>/resend/", people.invitation_resend, name="invitation_resend"),
    path("people/invitations/<int:pk>/revoke/", people.invitation_revoke, name="invitation_revoke"),
    path("people/memberships/<int:pk>/end/", people.membership_end, name="membership_end"),
    path("invitation/<str:token>/", invitation.invitation_accept, name="invitation_accept"),
    path("language/", language.language_choose, name="language_choose"),
]
