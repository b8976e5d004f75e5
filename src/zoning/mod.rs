//! A better-balanced split of towns into zones (片区): each zone in one piece, the heaviest
//! as light as can be. Exact, or with a proven gap.
