"""Take the pictures of the guides again, in both languages: `make screenshots`.

screenshots.py [NAME…]    all of them, or those with these names: `make screenshots ARGS="agenda"`

It starts a demonstration of its own, in a folder and on a port that are gone afterwards, walks
through SHOTS with Chromium and writes `docs/images/<language>/<name>.webp`. Pictures that no shot
makes any more are removed. What is on them is the demonstration's; dates follow the day.
"""

import argparse
import datetime
import io
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
IMAGES = ROOT / "docs" / "images"
LANGUAGES = ("fr", "nl")
HOST = "127.0.0.1"
MAX_BYTES = 80_000
ABOVE, BELOW = 24, 12  # pixels of air around what a picture begins and ends with
QUALITIES = (80, 70, 60, 50)
RECORD = "/repertoire/maison-de-quartier-malibran/"
EXAMPLE = "/repertoire/la-maison-dexemple/"
# An imaginary event of the demonstration, with dates each week.
EVENT = "/agenda/evenement/exemple-table-de-conversation/"
# A record that is nobody's, so that no picture says something false about an organisation.
EXAMPLE_FIELDS = {
    "summary_fr": "Un lieu imaginaire, pour montrer comment on lit une fiche.",
    "summary_nl": "Een verzonnen plek, om te tonen hoe u een fiche leest.",
    "services_fr": "Repas de midi\nÉcrivain public\nTable de conversation",
    "services_nl": "Middagmaal\nSchrijfhulp\nPraattafel",
    "for_whom_fr": "Toutes les personnes du quartier.",
    "for_whom_nl": "Iedereen uit de wijk.",
    "conditions_fr": "Sans rendez-vous. Le repas coûte 2 euros.",
    "conditions_nl": "Zonder afspraak. Een maaltijd kost 2 euro.",
    "hours_fr": "Du lundi au vendredi, de 9 h à 16 h",
    "hours_nl": "Van maandag tot vrijdag, van 9 tot 16 uur",
    "address": "Rue de l’Exemple 1, 1050 Ixelles",
    "phone": "02 000 00 00",
}
# This Chromium may speak English alone; those who read the guides see dates in their own way.
DATE_WORDS = {"fr": "jj/mm/aaaa", "nl": "dd/mm/jjjj"}
WRITE_DATES = """(words) => {
  for (const field of document.querySelectorAll("input[type=date], input[type=time]")) {
    const { type, value } = field;
    field.type = "text";
    field.placeholder = type === "date" ? words : "--:--";
    field.value = type === "date" ? value.split("-").reverse().join("/") : value;
  }
}"""


@dataclass(frozen=True)
class Shot:
    """One picture: where, who looks, how wide, and what is done there first.

    `path` is the French address; the Dutch one is reached by the portal's own switch. `account` is
    the part of a demonstration's address before the @. With `clip`, only that element is taken;
    with `last`, the picture ends below that element, so that nothing is cut in either language.
    """

    name: str
    path: str
    account: str = ""
    width: int = 1040
    height: int = 760
    clip: str = ""
    last: str = ""
    first: Callable[[Page], None] = lambda page: None


def scroll_to(selector: str, above: int = ABOVE) -> Callable[[Page], None]:
    """Bring an element to the top of the window, with a little air above it."""

    def act(page: Page) -> None:
        top = page.locator(selector).first.bounding_box()["y"]
        page.evaluate("distance => scrollBy(0, distance)", top - above)

    return act


def type_a_name(page: Page) -> None:
    """A record that looks like another: the portal says so while one types."""
    page.locator("[name=name]").press_sequentially("La Maison d’exemples")
    page.wait_for_selector("[data-alike] .notice")


def choose_another(page: Page) -> None:
    """The first record found by a part of its name."""
    page.fill("[name=q]", "exemple")
    page.keyboard.press("Enter")
    page.locator(".rows .row__title a").first.click()


def cancel_a_date(page: Page) -> None:
    """From the page of an event, what « Annuler cette date » opens."""
    page.locator("a[href$='etat=cancelled']").first.click()
    page.wait_for_load_state()
    scroll_to("h1")(page)


def type_an_event(page: Page) -> None:
    """A title, who organises it, and one date said back in words."""
    tomorrow = datetime.date.today() + datetime.timedelta(days=1)
    is_french = page.get_attribute("html", "lang") == "fr"
    page.locator("[name^=title_]").first.fill("Repas de quartier" if is_french else "Buurtmaaltijd")
    page.fill("[name=other_organisers]", "La Maison d’exemple")
    page.fill("[name=timings-0-first]", tomorrow.isoformat())
    page.fill("[name=timings-0-start_time]", "12:00")
    page.click("[name=check]")
    scroll_to("h1")(page)


def show_an_address(page: Page) -> None:
    """The address of a portal, not that of this machine."""
    page.evaluate(
        "address => { document.querySelector('#adresse-ics').value = address; }",
        "https://portail.example/agenda.ics",
    )
    scroll_to("h1")(page)


def open_a_proposal(page: Page) -> None:
    """The oldest of the queue: another version of a published event."""
    page.locator(".moderation td a").first.click()
    page.wait_for_load_state()


# Addresses in French. 1040 pixels are the narrowest window that has the whole layout: words stay
# large enough to be read in the column of a guide.
SHOTS = (
    Shot("accueil", "/", width=1280, height=900),
    Shot("repertoire-simple", "/repertoire/?vue=simple", width=360, height=700),
    Shot("fiche", EXAMPLE, height=900),
    Shot("signaler", f"{EXAMPLE}signaler/", width=360, height=700, first=scroll_to("h1")),
    Shot("connexion", "/compte/connexion/", width=360, height=800, first=scroll_to("h1")),
    Shot("mon-espace", "/mon-espace/", "representation.malibran", height=900),
    Shot("contact", "/contact/", height=900),
    Shot("compte", "/compte/", "representation.malibran", clip="main"),
    Shot("securite", "/compte/securite/", "membre", width=360, height=760, first=scroll_to("h1")),
    Shot("recevoir", "/compte/avis/", "membre", width=360, height=760, first=scroll_to("h1")),
    Shot(
        name="participer",
        path="/groupes/seniors/rejoindre/",
        account="representation.malibran",
        width=360,
        height=640,
        first=scroll_to("form.form"),
    ),
    Shot(
        name="partager",
        path="/groupes/sante-mentale/partager/",
        account="membre.sante.mentale",
        width=360,
        height=740,
        first=scroll_to("h1"),
    ),
    Shot("tenir", RECORD, "representation.malibran", clip=".keeper"),
    Shot("modifier", f"{RECORD}modifier/", "representation.malibran", first=scroll_to("#p-quoi")),
    Shot("transmettre", "/compte/transmettre/", "representation.malibran", clip="main"),
    Shot("espace", "/groupes/sante-mentale/espace/", "pilote.sante.mentale", height=900),
    Shot("a-faire", "/groupes/aide-alimentaire/a-faire/", "pilote.aide.alimentaire"),
    Shot("gestion", "/gestion/", "coordination", width=1280, height=900),
    Shot("ajouter", "/repertoire/ajouter/", "coordination", clip="main", first=type_a_name),
    Shot("inviter", "/rejoindre/gestion/inviter/", "coordination", clip="main"),
    Shot("demandes", "/rejoindre/gestion/", "coordination", clip="main"),
    Shot("journal", "/gestion/journal/", "coordination"),
    Shot("changements", "/repertoire/changements/", "coordination", first=scroll_to("h1")),
    Shot("reunir", f"{EXAMPLE}reunir/", "coordination", height=900, first=choose_another),
    Shot("reglages", "/gestion/settings/core/networksettings/", "coordination"),
    Shot("agenda", "/agenda/", width=360, last=".date-row", first=scroll_to("h1")),
    Shot(
        name="agenda-mois",
        path=f"/agenda/mois/{datetime.date.today():%Y-%m}/",
        last=".month tbody tr:nth-child(2)",
        first=scroll_to("h1"),
    ),
    Shot(
        name="evenement",
        path=EVENT,
        width=360,
        last=".event-facts",
        first=scroll_to(".event-head", above=0),
    ),
    Shot("abonner", "/agenda/sabonner/", last="#adresse-ics", first=show_an_address),
    Shot("proposer", "/agenda/proposer/", width=360, last="[data-dates]", first=type_an_event),
    Shot(
        name="annuler",
        path=EVENT,
        account="membre.sante.mentale",
        width=360,
        last=".date-change .form__actions",
        first=cancel_a_date,
    ),
    Shot("relire", "/gestion/agenda/a-moderer/", "coordination", height=800),
    Shot(
        name="relire-un",
        path="/gestion/agenda/a-moderer/",
        account="coordination",
        last="form.moderation__card",
        first=open_a_proposal,
    ),
    Shot("menus", "/gestion/settings/core/menus/", "coordination"),
    Shot("avis", "/gestion/settings/core/urgentnotice/", "coordination"),
)


@contextmanager
def demonstration():
    """A portal with its demonstration, on a free port; gives its address."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port = probe.getsockname()[1]
    url = f"http://{HOST}:{port}"
    with tempfile.TemporaryDirectory(prefix="maillage-images-") as folder:
        accounts = Path(folder) / "comptes.txt"
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "config.settings.dev",
            "MAILLAGE_VAR": folder,
            "PUBLIC_URL": url,
        }
        for name in ("DATABASE_URL", "CACHE_URL", "EMAIL_URL"):
            environment.pop(name, None)
        prepare = [sys.executable, "scripts/prepare.py", HOST, str(port), str(accounts)]
        subprocess.run(prepare, cwd=ROOT, env=environment, check=True)
        serve = [
            *(sys.executable, "-m", "gunicorn", "config.wsgi", "--chdir", str(ROOT)),
            *("--pythonpath", str(ROOT / "site"), "--bind", f"{HOST}:{port}", "--threads", "4"),
            *("--timeout", "120", "--no-control-socket", "--log-level", "error"),
        ]
        server = subprocess.Popen(serve, cwd=ROOT, env=environment, start_new_session=True)
        try:
            wait = [sys.executable, "scripts/address.py", "wait", f"{url}/sante/", str(server.pid)]
            subprocess.run(wait, cwd=ROOT, check=True)
            yield url, passwords(accounts.read_text(encoding="utf-8"))
        finally:
            server.terminate()
            server.wait()


def passwords(table: str) -> dict[str, tuple[str, str]]:
    """From `demo --accounts`: the beginning of each address, with the address and password."""
    rows = [line.split() for line in table.splitlines() if "@" in line]
    return {address.split("@")[0]: (address, password) for _role, address, password, *_ in rows}


class Photographer:
    """One browser that keeps who is signed in."""

    def __init__(self, browser: Browser, url: str, accounts: dict[str, tuple[str, str]]) -> None:
        self.browser, self.url, self.accounts = browser, url, accounts
        self.states: dict[str, dict | None] = {"": None}

    def open(self, account: str, width: int, height: int) -> Page:
        """A window in which this account is signed in."""
        phone = width < 600
        context = self.browser.new_context(
            viewport={"width": width, "height": height},
            device_scale_factor=1.5 if phone else 1,
            color_scheme="light",
            reduced_motion="reduce",
            locale="fr-BE",
            storage_state=self.states[account],
        )
        context.set_default_timeout(60_000)
        return context.new_page()

    def sign_in(self, account: str) -> None:
        self.states[account] = None
        page = self.open(account, 1280, 800)
        address, password = self.accounts[account]
        page.goto(f"{self.url}/compte/connexion/")
        page.fill("[name=email]", address)
        with page.expect_navigation():
            page.get_by_role("button", name="J’ai un mot de passe").click()
        page.fill("[name=password]", password)
        with page.expect_navigation():
            page.keyboard.press("Enter")
        self.states[account] = page.context.storage_state()
        page.context.close()

    def take(self, shot: Shot, language: str) -> bytes:
        if shot.account not in self.states:
            self.sign_in(shot.account)
        page = self.open(shot.account, shot.width, shot.height)
        if shot.path.startswith("/gestion/"):
            self.speak(page, language)
            # Saving the profile gives the session another key.
            self.states[shot.account] = page.context.storage_state()
        page.goto(self.url + shot.path)
        if language != "fr" and not shot.path.startswith("/gestion/"):
            page.goto(self.url + page.get_attribute(f".languages [hreflang={language}]", "href"))
        shot.first(page)
        page.evaluate(WRITE_DATES, DATE_WORDS[language])
        page.evaluate("document.fonts.ready")
        page.evaluate("document.activeElement.blur()")
        if shot.last:
            box = page.locator(shot.last).first.bounding_box()
            height = round(box["y"] + box["height"]) + BELOW
            page.set_viewport_size({"width": shot.width, "height": height})
        subject = page.locator(shot.clip).first if shot.clip else page
        picture = subject.screenshot(animations="disabled")
        page.context.close()
        return picture

    def speak(self, page: Page, language: str) -> None:
        """Wagtail's admin speaks the language that the person chose, once it has a name."""
        page.goto(f"{self.url}/gestion/account/")
        choice = page.locator("[name=locale-preferred_language]")
        if choice.input_value() != language:
            page.fill("[name=name_email-first_name]", "Coordination")
            page.fill("[name=name_email-last_name]", "du réseau")
            choice.select_option(language)
            with page.expect_navigation():
                choice.evaluate("element => element.form.requestSubmit()")

    def make_the_example(self) -> None:
        """A whole record, made as the coordination makes one, and another to merge it with."""
        self.sign_in("coordination")
        page = self.open("coordination", 1040, 760)
        for name in ("La Maison d’exemple", "Maison d’exemple, asbl"):
            page.goto(f"{self.url}/repertoire/ajouter/")
            page.fill("[name=name]", name)
            page.select_option("[name=kind]", "neighbourhood")
            page.click("main form [type=submit]")
            if page.locator("[name=not_a_duplicate]").count():
                page.check("[name=not_a_duplicate]")
                page.click("main form [type=submit]")
        page.goto(f"{self.url}{EXAMPLE}modifier/")
        for field, text in EXAMPLE_FIELDS.items():
            page.fill(f"[name={field}]", text)
        page.click(".form__actions [type=submit]:not([name])")
        page.wait_for_url(f"**{EXAMPLE}")
        page.context.close()


def compress(picture: bytes) -> bytes:
    """WebP, as light as the guides allow."""
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    for quality in QUALITIES:
        output = io.BytesIO()
        image.save(output, "WEBP", quality=quality, method=6)
        if output.tell() <= MAX_BYTES:
            break
    return output.getvalue()


def main() -> None:
    parser = argparse.ArgumentParser(description="Refait les images des guides.")
    parser.add_argument("names", nargs="*", metavar="NOM", help="celles-ci seulement")
    names = parser.parse_args().names
    if unknown := set(names) - {shot.name for shot in SHOTS}:
        parser.error(f"aucune image ne s’appelle {', '.join(sorted(unknown))}.")
    shots = [shot for shot in SHOTS if not names or shot.name in names]
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        sys.exit("Erreur : il faut Chromium (scripts/install_test_tools.sh l’installe).")
    with demonstration() as (url, accounts), sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        photographer = Photographer(browser, url, accounts)
        photographer.make_the_example()
        for language in LANGUAGES:
            folder = IMAGES / language
            folder.mkdir(parents=True, exist_ok=True)
            for old in folder.glob("*.webp"):
                if old.stem not in {shot.name for shot in SHOTS}:
                    old.unlink()
            for shot in shots:
                target = folder / f"{shot.name}.webp"
                target.write_bytes(compress(photographer.take(shot, language)))
                print(f"{target.relative_to(ROOT)}  {target.stat().st_size // 1000} ko")
        browser.close()


if __name__ == "__main__":
    main()
