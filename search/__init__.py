"""One index over everything the portal shows, asked through one search page."""
