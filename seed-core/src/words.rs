//! Word lists: those of `fake`, without duplicates, and two small ones of our own.

use std::collections::BTreeSet;

use fake::locales::{Data, EN};
use once_cell::sync::Lazy;

/// First names that stay distinct in lower case and without punctuation.
pub(crate) static FIRST_NAMES: Lazy<Vec<&'static str>> = Lazy::new(|| distinct(EN::NAME_FIRST_NAME));

/// Last names that stay distinct in lower case and without punctuation.
pub(crate) static LAST_NAMES: Lazy<Vec<&'static str>> = Lazy::new(|| distinct(EN::NAME_LAST_NAME));

/// A name as a part of a username or an address: lower-case letters of ASCII.
pub(crate) fn plain(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphabetic).map(|letter| letter.to_ascii_lowercase()).collect()
}

/// The words of a list whose plain form is new, and is something.
fn distinct(list: &[&'static str]) -> Vec<&'static str> {
    let mut seen = BTreeSet::from([String::new()]);
    list.iter().copied().filter(|word| seen.insert(plain(word))).collect()
}

// `fake` has no plain adjectives and nouns: its nearest lists are those of company slogans.

#[rustfmt::skip]
pub(crate) const ADJECTIVES: [&str; 64] = [
    "Amber", "Ancient", "Arctic", "Azure", "Bold", "Brave", "Bright", "Broken", "Calm", "Clear", "Cobalt", "Copper",
    "Coral", "Crimson", "Crystal", "Curious", "Daring", "Dark", "Deep", "Distant", "Dusty", "Eager", "Early", "Eastern",
    "Emerald", "Endless", "Faded", "Fallen", "Fierce", "Forgotten", "Frozen", "Gentle", "Gilded", "Golden", "Grand",
    "Hidden", "Hollow", "Humble", "Iron", "Ivory", "Jade", "Lively", "Lonely", "Lost", "Lucky", "Mellow", "Misty",
    "Northern", "Patient", "Quiet", "Rapid", "Restless", "Rustic", "Scarlet", "Secret", "Silent", "Silver", "Solar",
    "Southern", "Stormy", "Swift", "Velvet", "Wandering", "Wild",
];

#[rustfmt::skip]
pub(crate) const NOUNS: [&str; 64] = [
    "Anchor", "Arch", "Aurora", "Bay", "Beacon", "Bridge", "Brook", "Canyon", "Cave", "Cliff", "Cloud", "Comet",
    "Compass", "Cove", "Crown", "Dawn", "Delta", "Desert", "Dune", "Echo", "Ember", "Falcon", "Field", "Forest",
    "Fountain", "Garden", "Gate", "Glacier", "Grove", "Harbor", "Haven", "Hill", "Horizon", "Island", "Lagoon", "Lake",
    "Lantern", "Maple", "Meadow", "Mill", "Mirror", "Moon", "Mountain", "Oasis", "Ocean", "Orchard", "Path", "Peak",
    "Pearl", "Pine", "Prairie", "Raven", "Reef", "Ridge", "River", "Rock", "Sail", "Shore", "Spring", "Star", "Summit",
    "Temple", "Tower", "Valley",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_words_are_distinct_single_words() {
        for list in [&ADJECTIVES[..], &NOUNS[..]] {
            assert_eq!(distinct(list).len(), 64);
            assert!(list.iter().all(|word| plain(word) == word.to_lowercase()));
        }
    }

    #[test]
    fn there_are_enough_names() {
        assert_eq!((FIRST_NAMES.len(), LAST_NAMES.len()), (3_007, 474));
    }
}
