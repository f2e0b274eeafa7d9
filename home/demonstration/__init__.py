"""The demonstration network: the Coordination sociale d’Ixelles, from its own 2023 data.

`data/reseau-ixelles-2023.json` is what the network wrote. `data/assignments.json` holds everything
that was assigned so that lists have something to show, and says so. The texts are ours.
"""
