"""What the report says of the agenda: what was assigned, grouped, left out, or is not known."""

from agenda.enums import EventKind, Frequency, Target
from agenda.models import Event, Timing
from coordination.directory.models import Place
from home.demonstration.source import Report, read
from home.demonstration.timings import has_no_end


def report_activity(
    report: Report, row: dict, timings: list[Timing], place: Place | None, others: str
) -> None:
    """What was read into an activity, and what it does not say."""
    note = report.note
    words = read("agenda")["activities"][row["id"]]
    note(row["name"], f"dans l’agenda, rangé dans « {EventKind(words['kind']).label} » (attribué)")
    if words.get("targets"):
        labels = ", ".join(str(Target(value).label) for value in words["targets"])
        note(row["name"], f"pour qui (attribué) : {labels}")
    if not timings:
        note(row["name"], f"sans jour dans les données (« {row['recurrence']['frequency']} »)")
    elif any(timing.start_time is None for timing in timings):
        note(row["name"], "sans heure dans les données : horaire à préciser")
    elif any(timing.end_time is None for timing in timings):
        note(row["name"], f"sans heure de fin ; début : {row['recurrence'].get('start_note', '')}")
    if any(has_no_end(timing) for timing in timings):
        if len(row["recurrence"].get("since") or row["opened"]) < 10:
            note(row["name"], f"ouvert en {row['opened']}, jour non dit : compté du premier")
    else:
        note(row["name"], "aucune date à venir dans les données : prochaine date à confirmer")
    if seasons := row["recurrence"].get("seasons"):
        note(row["name"], f"{len(seasons)} saisons datées ; les hivers suivants ne le sont pas")
    if of := words.get("seasons_of"):
        note(row["name"], f"mêmes saisons que « {of} » (attribué)")
    if any(timing.skip_school for timing in timings):
        note(row["name"], "« vacances scolaires » lu : celles des écoles francophones")
    if place and place.valid_until and any(one.last == place.valid_until for one in timings):
        note(row["name"], f"finit avec son lieu, le {place.valid_until}")
    if "first" in words:
        note(row["name"], f"« {row['recurrence']['period']} » lu {words['first']}, {words['last']}")
    for remark in (row.get("note"), row["recurrence"].get("note")):
        if remark:
            note(row["name"], remark)
    if others:
        note(row["name"], f"sans fiche dans le répertoire : {others}")
    if spoken := row.get("actual_languages"):
        note(row["name"], f"langues annoncées {row['languages']}, parlées {spoken}")


def report_single(report: Report, row: dict, words: dict, timing: Timing, event: Event) -> None:
    note = report.note
    note(row["title"], f"dans l’agenda, rangé dans « {EventKind(words['kind']).label} » (attribué)")
    if not event.organisings.exists():
        note(row["title"], "organisateur non dit dans les données")
    if problem := row.get("date_problem"):
        note(row["title"], f"« {row['date_printed']} » : {problem} ; mis en novembre 2023")
    elif timing.frequency == Frequency.MONTH:
        note(row["title"], f"jour non dit : un jour de {row['date']}, à préciser")
    elif timing.start_time is None:
        note(row["title"], "sans heure dans les données : horaire à préciser")
    if words.get("programme"):
        note(row["title"], "rattaché à l’Automne des solidarités (attribué)")
    if words.get("audience"):
        note(row["title"], "réservé aux membres (attribué)")
    if count := row.get("count"):
        note(row["title"], f"{count} dates dans ce mois, aucune n’est dite : un seul événement")
    if words.get("organisers"):
        note(row["title"], f"organisateurs attribués : {', '.join(words['organisers'])}")
    if words.get("organisers_of"):
        note(row["title"], f"mêmes organisateurs que « {words['organisers_of']} » (attribué)")


def report_grouped(report: Report, data: dict, words: dict) -> None:
    """Rows of the data that are dates of something else."""
    names = {row["id"]: row["name"] for row in data["recurring_activities"]}
    for row in data["one_off_events"]:
        if activity := words["dates_of"].get(row["title"]):
            report.note(
                f"{row['title']}, {row['date']}", f"date de l’activité « {names[activity]} »"
            )
        elif row["title"] in words["meeting_rows"]:
            report.note(row["title"], f"la réunion de groupe du {row['date']}")
