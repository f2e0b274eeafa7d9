"""The agenda: proposing an event, following it, reporting one."""

from tests.screens.people import COORDINATOR, KEEPER, VISITOR
from tests.screens.screen import Screen, view

SCREENS = [
    Screen("propose an event", VISITOR, view("agenda:propose")),
    Screen("propose an event as a member", KEEPER, view("agenda:propose")),
    Screen(
        "propose an event with errors",
        VISITOR,
        view("agenda:propose"),
        send={
            "timings-TOTAL_FORMS": "2",
            "timings-INITIAL_FORMS": "0",
            "timings-0-first": "2027-03-28",
            "timings-0-start_time": "10:00",
            "timings-0-end_time": "09:00",
            "timings-0-back": "other",
            "timings-1-first": "x",
            "timings-1-back": "once",
            "price_amount": "x",
            "email": "x",
        },
        status=422,
    ),
    Screen(
        "propose an event, dates said back",
        VISITOR,
        view("agenda:propose"),
        send={
            "timings-TOTAL_FORMS": "1",
            "timings-INITIAL_FORMS": "0",
            "timings-0-first": "2027-03-28",
            "timings-0-back": "weekly",
            "timings-0-skip_school": "both",
            "check": "1",
        },
    ),
    Screen("event receipt", VISITOR, view("agenda:receipt", "event receipt")),
    Screen("event to confirm", VISITOR, view("agenda:proposal", "event unconfirmed")),
    Screen("event followed", KEEPER, view("agenda:proposal", "event waiting")),
    Screen("event refused", VISITOR, view("agenda:proposal", "event refused")),
    Screen(
        "event followed with errors",
        VISITOR,
        view("agenda:proposal", "event refused"),
        send={"write": "1"},
        status=422,
    ),
    Screen("event edit", KEEPER, view("agenda:event_edit", "event")),
    Screen("event changed by its link", VISITOR, view("agenda:proposal_edit", "event refused")),
    Screen("event criteria", VISITOR, view("agenda:criteria")),
    Screen("event report", VISITOR, view("agenda:event_report", "event")),
    Screen(
        "event report with errors", VISITOR, view("agenda:event_report", "event"), {}, status=422
    ),
    Screen("event report receipt", VISITOR, view("agenda:report_receipt", "event report")),
    Screen(
        "event report answer",
        COORDINATOR,
        view("agenda:report_answer", "event", "event report number"),
    ),
]
