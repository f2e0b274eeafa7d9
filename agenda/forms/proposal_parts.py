"""What stands where on the form of an event, and under which name."""

from django.utils.translation import gettext as _

PAIRS = (
    *("title", "summary", "description", "when", "access_note", "price_note"),
    *("registration_how", "image_alt", "contact_function"),
)
# Of the pairs, those that the short part of the form asks for.
SHORT = ("title", "description", "contact_function")


class PartsMixin:
    """The short part of the form, and the fold of details, for the language of the page. The form
    gives `code`, that language."""

    def name_pairs(self) -> None:
        """Words for what is asked in the language of the page; the other one names itself."""
        words = {
            "title": (_("Titre"), _("En quelques mots : « Repas de quartier ».")),
            "description": (_("Présentation"), _("N’écrivez aucun nom de bénéficiaire.")),
            "contact_function": (_("Fonction"), _("« Accueil », pas un nom.")),
            "when": (
                _("Quand, en mots"),
                _("Si les dates ne le disent pas : « Une sortie par mois, certains mois sans »."),
            ),
        }
        for name, (label, help_text) in words.items():
            field = self.fields[f"{name}_{self.code}"]
            field.label, field.help_text = label, help_text
        for name in (f"title_{self.code}", "organisation", "where"):
            self.fields[name].asked = True
        other = "nl" if self.code == "fr" else "fr"
        self.other_language = [f"{name}_{other}" for name in PAIRS]

    def ask_who(self) -> None:
        """« Qui organise ? » is asked once: by a list, for whoever has organisations to choose
        from, or else in words."""
        listed = self.fields.get("organisation")
        self.who_name = "other_organisers"
        if listed is not None and listed.queryset.exists():
            self.who_name = "organisation"
        self.fields[self.who_name].label = _("Qui organise ?")
        self.fields[self.who_name].asked = True

    @property
    def who(self):
        """The bound field that asks who organises."""
        return self[self.who_name]

    def fields_named(self, *names: str) -> list:
        return [self[name] for name in names if name in self.fields]

    @property
    def short(self) -> list:
        """The bound fields of the short part that stand in a row of their own, by place."""
        return self.fields_named(*(f"{name}_{self.code}" for name in SHORT))

    @property
    def details(self) -> list[dict]:
        """What lies in the fold, by heading."""
        code = self.code
        others = ("other_organisers",) if self.who_name != "other_organisers" else ()
        groups = [
            (_("En une phrase, et la sorte"), (f"summary_{code}", "kind", "themes")),
            (_("Avec qui"), ("co_organisers", "group", "programme", "follows", *others)),
            (_("Où exactement"), ("room", "territory", "online_url")),
            (_("Pour qui"), ("targets", "age_min", "age_max", "women_only", "languages")),
            (
                _("Prix et inscription"),
                (
                    *("price_kind", "price_amount", f"price_note_{code}", "article_27"),
                    *("registration_kind", f"registration_how_{code}"),
                ),
            ),
            (_("Y arriver"), ("access_more", f"access_note_{code}")),
            (_("Site web et affiche"), ("website", f"image_alt_{code}")),
            (
                _("En néerlandais") if code == "fr" else _("En français"),
                tuple(self.other_language),
            ),
            (_("Dans l’agenda"), (f"when_{code}", "dates_to_confirm", "audience")),
        ]
        found = [(title, self.fields_named(*names)) for title, names in groups]
        return [{"title": title, "fields": fields} for title, fields in found if fields]

    @property
    def details_have_errors(self) -> bool:
        return any(field.errors for group in self.details for field in group["fields"])
