"""Who opens the screens: accounts of the demonstration, by what stands before their @."""

VISITOR, MEMBER, WAITING, FORMER = "", "membre", "en.attente", "ancien.membre"
COORDINATOR, EDITOR = "coordination", "communication"
PILOT, COMMITTEE = "pilote.aide.alimentaire", "pilote.comite"
GROUP_MEMBER, KEEPER = "membre.sante.mentale", "representation.malibran"
GUARDED = "pilote.seniors"  # with an application of codes and a passkey

# The groups of the pilot and of the group's member, by slug.
FOOD, MIND = "aide-alimentaire", "sante-mentale"
