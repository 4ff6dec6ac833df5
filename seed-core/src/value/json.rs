//! `serde_json::Value`: a small object, or a list of words, by the column's name.

use crate::generator::{BoxGenerator, Map};
use crate::generators::chance::chance;
use crate::generators::choice::values;
use crate::generators::json::json;
use crate::generators::list::array;
use crate::infer::{Recipe, infer};
use crate::range::int;
use crate::value::{Hint, Kind, Value};

impl Value for serde_json::Value {
    const KIND: Kind = Kind::Json;

    fn infer(hint: &Hint<'_>) -> BoxGenerator<serde_json::Value> {
        let text = |column: &'static str| {
            String::infer(&Hint { anchor: hint.anchor, locale: hint.locale, ..Hint::new(hint.table, column) })
        };
        Box::new(match infer(hint, Kind::Json) {
            Recipe::Tags => return Box::new(Map::new(Box::new(array(text("tag"), int(1..=4))), Into::into)),
            Recipe::Settings => json()
                .field("theme", values::<String, _>(["light", "dark", "system"]))
                .field("language", text("locale"))
                .field("notifications", chance(0.8))
                .field("page_size", values::<i32, _>([10, 20, 50, 100])),
            Recipe::Address => json()
                .field("street", text("street"))
                .field("city", text("city"))
                .field("state", text("state"))
                .field("postcode", text("postcode"))
                .field("country", text("country_code")),
            _ => json()
                .field("name", text("label"))
                .field("source", values::<String, _>(["web", "mobile", "api", "import"]))
                .field("active", chance(0.8))
                .field("version", int::<i32>(1..=5)),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cell::{Cell, Key};
    use crate::locale::Locale;

    #[test]
    fn an_address_is_that_of_the_row_in_its_language() {
        let mut hint = Hint::new("customers", "address");
        hint.locale = Locale::FR_FR;
        let table = Key::seed(1).child("customers");
        let value = |column: &'static str| Cell { table, column: table.child(column), row: 3 };
        let mut address = serde_json::Value::infer(&hint);
        let inferred = address.value(&value("address"));
        address.prepare(&hint);
        assert_eq!(address.value(&value("address")), inferred, "what is inferred has been told already");
        let city = String::infer(&Hint { locale: Locale::FR_FR, ..Hint::new("customers", "city") });
        assert_eq!(inferred["city"], city.value(&value("city")));
        assert_eq!(inferred["country"], "FR");
    }
}
