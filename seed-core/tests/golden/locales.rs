//! Text of every locale.

use std::fmt::Write as _;

use seed_core::{Locale, Value};

use super::{drawn, golden, hint, table_of, text::TEXT, unique};

#[test]
fn text_of_every_locale() {
    let mut text = String::new();
    for locale in Locale::ALL {
        let _ = writeln!(text, "{locale}");
        for &(recipe, table, column) in TEXT {
            let values = |unique_too: bool, limit| {
                let mut hint = hint(table, column, unique_too, limit);
                hint.locale = locale;
                let generator = String::infer(&hint);
                let values =
                    if unique_too { unique(&*generator, table, column) } else { drawn(&*generator, table, column) };
                values.into_iter().take(4).map(|value| value.replace('\n', "⏎")).collect::<Vec<_>>()
            };
            let columns = [values(false, None), values(false, Some(10)), values(true, None), values(true, Some(10))];
            let mut hint = hint(table, column, false, None);
            // What is the same in every locale is shown in `text.txt`.
            hint.locale = Locale::EN;
            let english = drawn(&*String::infer(&hint), table, column);
            if columns[0] == english[..4] {
                continue;
            }
            let _ = writeln!(text, "{recipe:?}");
            text += &table_of(&["any length", "10", "unique", "unique, 10"], &columns);
        }
        text.push('\n');
    }
    golden("locales.txt", &text);
}
