//! JSON from a template of generators.

use serde_json::{Map as Object, Value as Json};

use crate::cell::Cell;
use crate::generator::{BoxGenerator, Generator, Map};
use crate::value::Hint;

/// An object with no fields yet: [`field`](Template::field) adds them.
///
/// Each field has a random stream of its own, by its name: a new one changes no other. The order of the fields is
/// `serde_json`'s: sorted by name, or as written where its feature `preserve_order` is on. (PostgreSQL's JSONB has an order
/// of its own.)
///
/// ```
/// use seed_core::{Cell, Generator, Key, array, int, json, optional, values};
///
/// let profile = json()
///     .field("plan", values::<String, _>(["free", "team"]))
///     .field("seats", int::<u32>(1..=50))
///     .field("scores", array(int::<i32>(1..=6), int(2..=2)))
///     .field("address", json().field("floor", optional(int::<u8>(1..=9), 0.5)));
///
/// let column = Key::seed(42).child("users").child("profile");
/// let value: serde_json::Value = profile.value(&Cell { table: column, column, row: 0 });
/// assert_eq!(value.to_string(), r#"{"address":{"floor":8},"plan":"team","scores":[4,2],"seats":6}"#);
/// ```
pub fn json() -> Template {
    Template { fields: Vec::new() }
}

/// See [`json`].
pub struct Template {
    fields: Vec<(String, BoxGenerator<Json>)>,
}

impl Template {
    /// With a field: its name, and what makes its values, of any type that becomes JSON. A template within a template is an
    /// object within an object.
    #[must_use]
    pub fn field<T: Into<Json> + 'static>(
        mut self,
        name: impl Into<String>,
        generator: impl Generator<T> + 'static,
    ) -> Template {
        self.fields.push((name.into(), Box::new(Map::new(Box::new(generator), T::into))));
        self
    }
}

impl Generator<Json> for Template {
    fn value(&self, cell: &Cell) -> Json {
        let mut object = Object::new();
        for (name, generator) in &self.fields {
            object.insert(name.clone(), generator.value(&Cell { column: cell.column.child(name), ..*cell }));
        }
        Json::Object(object)
    }

    fn prepare(&mut self, hint: &Hint<'_>) {
        for (name, generator) in &mut self.fields {
            // What the column's type limits is the whole, not a field.
            let limits = Hint::new(hint.table, name);
            generator.prepare(&Hint { anchor: hint.anchor, locale: hint.locale, ..limits });
        }
    }

    fn check(&self) -> Result<(), String> {
        for (at, (name, generator)) in self.fields.iter().enumerate() {
            if self.fields[..at].iter().any(|(earlier, _)| earlier == name) {
                return Err(format!("the field `{name}` is there twice"));
            }
            generator.check().map_err(|message| format!("the field `{name}`: {message}"))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cell::Key;
    use crate::range::int;

    fn value(template: &Template) -> Json {
        let column = Key::seed(1).child("users").child("settings");
        template.value(&Cell { table: column, column, row: 3 })
    }

    #[test]
    fn a_new_field_changes_no_other() {
        let one = || json().field("size", int::<u64>(0..=u64::MAX));
        let two = json().field("weight", int::<i32>(1..=9)).field("size", int::<u64>(0..=u64::MAX));
        assert_eq!(value(&one())["size"], value(&two)["size"]);
    }

    #[test]
    fn what_is_wrong_with_a_field_says_which() {
        let (first, last) = (5, 1);
        let inner = json().field("size", int::<i32>(first..=last));
        let message = json().field("box", inner).check().unwrap_err();
        assert_eq!(message, "the field `box`: the field `size`: the range `5..=1` is empty; write the lower end first");
        let twice = json().field("size", int::<i32>(1..=5)).field("size", int::<i32>(1..=5));
        assert_eq!(twice.check().unwrap_err(), "the field `size` is there twice");
    }
}
