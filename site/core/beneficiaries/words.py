"""The words by which a passage is read: French and Dutch, folded (`core.text.fold`)."""

from functools import cache
from pathlib import Path


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


@cache
def first_names() -> frozenset[str]:
    """First names usual in Brussels."""
    text = (Path(__file__).parent / "first_names.txt").read_text()
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return _words(" ".join(lines))


CIVILITIES = _words(
    "m mr mme mlle mlles monsieur madame mademoiselle mevrouw mevr mw meneer dhr heer mej"
)
# Somebody without a name, beside a whole birth date: « une dame née le … ».
PEOPLE = _words(
    "monsieur madame mademoiselle mevrouw meneer dame homme femme man vrouw patient patiente"
    " usager usagere beneficiaire client cliente client locataire resident residente demandeur"
    " demandeuse maman papa mere pere mama moeder vader zoon dochter fils fille epoux epouse"
    " mari echtgenoot echtgenote bewoner bewoonster bezoeker bezoekster"
)
PARTICLES = _words(
    "de du des d da di do dos el al ben bin bint ould van von der den ter ten te la le lo vande"
)
# What somebody does in the network: a number beside it is a function's.
FUNCTIONS = _words(
    "accompagnateur accompagnatrice accueil accueillant accueillante administrateur"
    " administratrice animateur animatrice architecte arts assistant assistante avocat avocate"
    " begeleider begeleidster benevole bestuurder bourgmestre burgemeester buurtwerker"
    " buurtwerkster charge chargee chauffeur chef collaborateur collaboratrice collega collegue"
    " concierge conseiller conseillere contactpersoon coordinateur coordinatie coordinator"
    " coordinatrice cuisinier cuisiniere desk dienst directeur directrice docteur dokter dr"
    " echevin echevine educateur educatrice employe employee equipe formateur formatrice"
    " gestionnaire hoofd huisarts infirmier infirmiere informaticien jurist juriste kok"
    " maatschappelijk medecin mediateur mediatrice medewerker medewerkster notaire notaris"
    " onthaal opvoeder opvoedster permanence permanentie pilote portier presidente president"
    " projectleider psycholoog psychologue raq referent referente relais responsable schepen"
    " secretaire secretariaat secretariat social sociale opbouwwerker stagiaire straathoekwerker"
    " zorgverlener team travailleur travailleuse trekker tresorier tresoriere verantwoordelijke"
    " verpleegkundige verpleger voorzitter vrijwilliger vrijwilligster volontaire werker"
)
# What an organisation, or a place where one meets, is called.
ORGANISATIONS = _words(
    "academie agence antenne apotheek asbl assemblee association atelier ateliers ban bar"
    " bibliotheek bibliotheque boulangerie boutique bureau buro buurthuis buurtwinkel cabinet"
    " cafe campagne campus cantine casg centrum centre centres chapelle cinema cite clinique"
    " club cocof cocom college comite commission commune communes compagnie comptoir conseil"
    " cooperative coordination cpas creche cuisine dienst diensten dienstencentrum ecole eglise"
    " entreprise epicerie equipe espace fabrique federation ferme fondation forum foyer friterie"
    " galerie gemeente gemeentehuis gezondheidscentrum groep groepen groupe groupes gt guichet"
    " habitat home hopital huis initiative institut instituut jardin jardins jeugdhuis kantoor"
    " kerk keuken kinderopvang kruidenier lieu local locaux logement lokaal loket ludotheque"
    " lycee magasin mairie maison maisons mobiel moskee mosquee musee museum mutualite"
    " mutualiteit mutuelle netwerk ocmw office organisation organisatie organisme paroisse parc"
    " park pharmacie piscine plateforme plaine plein politie police praktijk programme project"
    " projet quartier relais reseau residence restaurant resto salle samenwerking school"
    " secretariat section service services siege soepbar societe speelplein sporthal sportzaal"
    " station stichting straathoek studio syndicat table theater theatre tuin union universite"
    " vereniging vestiaire vluchthuis vzw werkgroep wijk wijkcentrum wijkhuis"
    " wijkgezondheidscentrum winkel zaal zetel ziekenhuis zorgcentrum sa sprl srl bv nv devoirs"
    " huiswerkklas hub"
)
# After these, a first name is part of the name of a street, a place, a school.
STREETS = _words(
    "rue avenue av chaussee boulevard bd bld place square clos quai impasse allee chemin dreve"
    " venelle cour galerie passage sentier route rond-point porte pont parvis esplanade arret"
    " metro tram bus gare halte laan straat plein steenweg weg dreef kaai lei saint sainte st"
    " ste sint prix prijs livre film concert exposition festival docteur general colonel"
    " professeur abbe roi reine prince princesse koning koningin generaal dokter"
)
STREET_ENDS = (
    *("straat", "laan", "plein", "steenweg", "weg", "dreef", "kaai", "lei", "gang", "plaats"),
    *("square", "hof", "berg", "poort", "markt"),
)
# Capitalised words that open sentences and lines, days, months, places: never a person.
COMMON = _words(
    "a accueil action activite adresse adres aide aides ainsi alle allo anderlecht apres april"
    " aout article arabe atelier attention au aucun augustus auderghem automne aux avant avec"
    " avril bel belgique belgie bienvenue bij boite boondael bonjour bonsoir brugmann brussel"
    " bruxelles brusano bruzelle bus carte ce cela cette ces charte chaque chez cher chere ci"
    " ciney colis coffee contact contacteer contactez comment compte cordialement covid dans dag"
    " dames de depuis decembre december deze dit dimanche dinsdag document dons donderdag dont"
    " droit droits du een eerste elke elsene en enfance enfants entre ensemble est et etangs"
    " etat etterbeek ete europe facebook familles fete fin flagey formation forest fr gratuit"
    " gratis gsm hallo hepatite herfst heures het hier hiver ici iedereen il info infos"
    " inscription inscriptions inschrijving ixelles janvier januari je jeudi jette jeunesse jour"
    " journee juillet juin juli juni la laeken lang le les lente leur liste lumen lundi ma"
    " maandag maart mai malibran mardi mars matonge mei merci mercredi mes met molenbeek mon"
    " naar namur ne nieuw nl noel nord nos notre nous november novembre nouveau nouvelle objet"
    " octobre of om on ons onze oktober ook op open oost ou ouest ouvert paques pas personne"
    " petit petits pour pourquoi pres prevention prix public qui quand que question questions"
    " rapport rappel rdv rendez-vous reunion sante samedi samen schaerbeek semaine seniors"
    " septembre september si soins solidarites sociaal sociale social sud tel telefoon telephone"
    " telefoonnummer toute toutes tous tout uccle ukkel un une van vanaf vandaag vendredi vers"
    " ville vite voor vorst vous vrijdag website week welkom wanneer wat we wij wie winter"
    " zaterdag zondag zomer zorg whatsapp mail email plan point bloc batiment annexe etage"
    " niveau vitamine fevrier februari woensdag chapitre verdieping blok gebouw"
)
NOT_A_NAME = FUNCTIONS | ORGANISATIONS | STREETS | COMMON
PROFESSIONAL = FUNCTIONS | ORGANISATIONS
DWELLING = _words(
    "habite habitant habitait demeure demeurant domicilie domiciliee domicile reside residant"
    " vit loge logee logeant woont wonend wonende woonde woonachtig gedomicilieerd verblijft"
    " thuis"
)
# Between a number and the name that follows it.
OF = _words(
    "de d chez van bij pour voor a au est is het son sa le la c numero nummer gsm tel telephone"
    " telefoon appartient hoort toe aan het van appeler bel demander vraag naar"
)
