//! `serde_json::Value`: a small object, or a list of words, by the column's name.

use crate::chance::chance;
use crate::choice::values;
use crate::generator::{BoxGenerator, Map};
use crate::json::json;
use crate::list::array;
use crate::range::int;
use crate::value::{Hint, Kind, Value};

const LISTS: &[&str] = &["tags", "labels", "keywords", "categories", "topics", "roles", "permissions", "scopes"];
const SETTINGS: &[&str] = &["settings", "preferences", "prefs", "options", "config", "configuration"];
const ADDRESSES: &[&str] = &["address", "location"];

impl Value for serde_json::Value {
    const KIND: Kind = Kind::Json;

    fn infer(hint: &Hint<'_>) -> BoxGenerator<serde_json::Value> {
        let column = hint.column.to_lowercase();
        // `billing_address` is one.
        let says = |names: &[&str]| names.iter().any(|name| column.strip_suffix(name).is_some_and(is_start));
        let text = |column: &'static str| {
            String::infer(&Hint { anchor: hint.anchor, locale: hint.locale, ..Hint::new(hint.table, column) })
        };
        if says(LISTS) {
            return Box::new(Map::new(Box::new(array(text("tag"), int(1..=4))), Into::into));
        }
        Box::new(if says(SETTINGS) {
            json()
                .field("theme", values::<String, _>(["light", "dark", "system"]))
                .field("language", text("locale"))
                .field("notifications", chance(0.8))
                .field("page_size", values::<i32, _>([10, 20, 50, 100]))
        } else if says(ADDRESSES) {
            json()
                .field("street", text("street"))
                .field("city", text("city"))
                .field("state", text("state"))
                .field("postcode", text("postcode"))
                .field("country", text("country_code"))
        } else {
            json()
                .field("name", text("label"))
                .field("source", values::<String, _>(["web", "mobile", "api", "import"]))
                .field("active", chance(0.8))
                .field("version", int::<i32>(1..=5))
        })
    }
}

/// Whether what stands before a word is nothing, or another word.
fn is_start(before: &str) -> bool {
    before.is_empty() || before.ends_with('_')
}
