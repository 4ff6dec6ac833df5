//! `String`.

use crate::generator::BoxGenerator;
use crate::infer::{Recipe, infer};
use crate::text;
use crate::value::{Hint, Kind, Value};

impl Value for String {
    const KIND: Kind = Kind::Text;

    fn infer(hint: &Hint<'_>) -> BoxGenerator<String> {
        let recipe = match infer(hint, Kind::Text) {
            // A key in a column that has the length of a UUID.
            Recipe::Token if hint.max_len == Some(36) && is_key(hint.column) => Recipe::Uuid,
            recipe => recipe,
        };
        text::generator(recipe, hint)
    }

    fn fit(&mut self, max_len: usize) {
        text::cut(self, max_len);
    }
}

fn is_key(column: &str) -> bool {
    let column = column.to_lowercase();
    column == "id" || column.ends_with("_id")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cell::{Cell, Key};

    #[test]
    fn a_key_of_36_characters_is_a_uuid() {
        let first = |column: &str, max_len| {
            let mut hint = Hint::new("orders", column);
            hint.max_len = Some(max_len);
            String::infer(&hint).value(&Cell { table: Key::seed(1), column: Key::seed(2), row: 0 })
        };
        for column in ["id", "order_id", "ID"] {
            assert_eq!(first(column, 36).split('-').map(str::len).collect::<Vec<_>>(), [8, 4, 4, 4, 12]);
            assert!(first(column, 32).len() == 32 && !first(column, 40).contains('-'));
        }
        assert!(!first("session_token", 36).contains('-'));
    }
}
