//! Word lists of our own.

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

// Products: how they look, what they are made of, and what they are.

#[rustfmt::skip]
pub(crate) const LOOKS: [&str; 20] = [
    "Classic", "Compact", "Elegant", "Ergonomic", "Foldable", "Handmade", "Heavy", "Light", "Modern", "Modular", "Plain", "Portable", "Practical",
    "Refined", "Rustic", "Simple", "Sleek", "Slim", "Sturdy", "Vintage",
];

#[rustfmt::skip]
pub(crate) const MATERIALS: [&str; 16] = [
    "Aluminum", "Bamboo", "Brass", "Ceramic", "Concrete", "Copper", "Cotton", "Glass", "Granite", "Leather", "Linen", "Marble", "Oak", "Steel",
    "Walnut", "Wool",
];

#[rustfmt::skip]
pub(crate) const PRODUCTS: [&str; 32] = [
    "Backpack", "Basket", "Bench", "Blanket", "Bottle", "Bowl", "Chair", "Clock", "Cup", "Cushion", "Desk", "Frame", "Jacket", "Kettle", "Knife",
    "Lamp", "Lantern", "Mat", "Mirror", "Mug", "Notebook", "Pan", "Plate", "Scarf", "Shelf", "Sofa", "Speaker", "Stool", "Table", "Tray", "Vase",
    "Wallet",
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn own_words_are_distinct_single_words() {
        for list in [&ADJECTIVES[..], &NOUNS, &LOOKS, &MATERIALS, &PRODUCTS] {
            let distinct: BTreeSet<String> = list.iter().map(|word| word.to_lowercase()).collect();
            assert_eq!(distinct.len(), list.len());
            assert!(list.iter().all(|word| word.bytes().all(|letter| letter.is_ascii_alphabetic())));
        }
    }
}
