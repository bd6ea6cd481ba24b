"""What is written to the log, beyond what Django writes."""

from django.core.exceptions import PermissionDenied


class RefusalsInOneLine:
    """A person without a right is no failure of the portal: the log says where and which right, without a traceback."""

    def filter(self, record):
        refused = record.exc_info and record.exc_info[1]
        if isinstance(refused, PermissionDenied):
            record.exc_info = None
            record.msg, record.args = "%s (%s)", (record.getMessage(), refused)
        return True


LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"refusals": {"()": RefusalsInOneLine}},
    "loggers": {"django.request": {"filters": ["refusals"]}},
}
