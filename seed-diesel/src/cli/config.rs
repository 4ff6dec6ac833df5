//! The file of `--config`: settings in TOML.

use std::ops::Range;
use std::path::Path;

use seed_core::{Error, TableDef, With, nearest};
use toml::de::{DeTable, DeValue};

use crate::cli::args;
use crate::cli::settings::{Settings, TableSettings};

/// What a file says of a run over these tables.
///
/// # Errors
///
/// All mistakes, each on a line that names the file and the line: `seed.toml:3: …`.
pub(super) fn read(path: &Path, defs: &[TableDef]) -> Result<Settings, String> {
    let text = std::fs::read_to_string(path).map_err(|error| {
        format!("the file `{}` cannot be read: {error}; `--config` takes the path of a TOML file", path.display())
    })?;
    parse(&path.display().to_string(), &text, defs)
}

fn parse(name: &str, text: &str, defs: &[TableDef]) -> Result<Settings, String> {
    let mut reader = Reader { name, text, defs, mistakes: Vec::new() };
    let (root, errors) = DeTable::parse_recoverable(text);
    for error in &errors {
        reader.mistake(error.span().unwrap_or_default(), &error.message().replace('\n', ", "));
    }
    let settings = match errors.is_empty() {
        true => reader.settings(root.get_ref()),
        false => Settings::default(),
    };
    if reader.mistakes.is_empty() { Ok(settings) } else { Err(reader.mistakes.join("\n")) }
}

struct Reader<'a> {
    name: &'a str,
    text: &'a str,
    defs: &'a [TableDef],
    mistakes: Vec<String>,
}

impl Reader<'_> {
    fn settings(&mut self, root: &DeTable<'_>) -> Settings {
        let mut settings = Settings::default();
        for (key, value) in root {
            let (at, value) = (value.span(), value.get_ref());
            match (key.get_ref().as_ref(), value) {
                ("seed", value) => settings.seed = self.number(at, "seed", "seed = 42", value),
                ("anchor", DeValue::String(date)) => settings.anchor = self.parsed(at, args::anchor(date)),
                ("anchor", DeValue::Datetime(date)) => {
                    settings.anchor = self.parsed(at, args::anchor(&date.to_string()))
                }
                ("anchor", other) => self.mistake_of_type(at, "anchor", other, "anchor = \"2026-01-01\""),
                ("locale", DeValue::String(locale)) => settings.locale = self.parsed(at, locale.parse()),
                ("locale", other) => self.mistake_of_type(at, "locale", other, "locale = \"fr_FR\""),
                ("tables", DeValue::Table(tables)) => {
                    for (key, table) in tables {
                        let name = key.get_ref().to_string();
                        if !self.defs.iter().any(|def| def.name == name) {
                            let suggestion = nearest(&name, self.defs.iter().map(|def| def.name)).map(str::to_owned);
                            self.mistake(key.span(), &Error::UnknownTable { name, suggestion }.to_string());
                            continue;
                        }
                        let table = self.table(&name, table.span(), table.get_ref());
                        settings.tables.insert(name, table);
                    }
                }
                ("tables", other) => self.mistake_of_type(at, "tables", other, "[tables.users]"),
                (unknown, DeValue::Table(_)) => {
                    let message = format!("`{unknown}` is no setting; of a table, write `[tables.{unknown}]`");
                    self.mistake(key.span(), &message);
                }
                (unknown, _) => self.mistake_of_name(key.span(), unknown, &["seed", "anchor", "locale", "tables"]),
            }
        }
        settings
    }

    fn table(&mut self, name: &str, at: Range<usize>, value: &DeValue<'_>) -> TableSettings {
        let mut settings = TableSettings::default();
        let DeValue::Table(table) = value else {
            self.mistake_of_type(at, name, value, &format!("tables.{name}.count = 1_000"));
            return settings;
        };
        for (key, value) in table {
            let (at, value) = (value.span(), value.get_ref());
            match (key.get_ref().as_ref(), value) {
                ("count", value) => settings.count = self.number(at, "count", "count = 1_000", value),
                ("with", DeValue::Table(with)) => {
                    for (key, children) in with {
                        let (column, at) = (key.get_ref().to_string(), children.span());
                        self.check_column(key.span(), name, &column);
                        if let Some(children) = self.with(at, &column, children.get_ref()) {
                            settings.with.insert(column, children);
                        }
                    }
                }
                ("with", other) => {
                    self.mistake_of_type(at, "with", other, "with.user_id = 5");
                }
                ("zipf", DeValue::Table(zipf)) => {
                    for (key, exponent) in zipf {
                        let (column, at) = (key.get_ref().to_string(), exponent.span());
                        self.check_column(key.span(), name, &column);
                        if let Some(exponent) = self.exponent(at, &column, exponent.get_ref()) {
                            settings.zipf.insert(column, exponent);
                        }
                    }
                }
                ("zipf", other) => self.mistake_of_type(at, "zipf", other, "zipf.user_id = 1.1"),
                (unknown, _) => self.mistake_of_name(key.span(), unknown, &["count", "with", "zipf"]),
            }
        }
        settings
    }

    fn check_column(&mut self, at: Range<usize>, table: &str, column: &str) {
        let def = self.defs.iter().find(|def| def.name == table);
        if let Some(def) = def.filter(|def| def.column(column).is_none()) {
            let suggestion = nearest(column, def.column_names()).map(str::to_owned);
            let (table, column) = (table.to_owned(), column.to_owned());
            self.mistake(at, &Error::UnknownColumn { table, column, suggestion }.to_string());
        }
    }

    fn with(&mut self, at: Range<usize>, column: &str, value: &DeValue<'_>) -> Option<With> {
        match value {
            DeValue::String(text) => self.parsed(at, text.parse()),
            value => {
                let example = format!("with.{column} = 5` or `with.{column} = \"1..=5\"");
                self.number(at, &format!("with.{column}"), &example, value).map(With::from)
            }
        }
    }

    fn exponent(&mut self, at: Range<usize>, column: &str, value: &DeValue<'_>) -> Option<f64> {
        let exponent = match value {
            DeValue::Float(exponent) => exponent.as_str().parse().ok(),
            DeValue::Integer(exponent) => exponent.as_str().parse().ok(),
            _ => None,
        };
        if exponent.is_none() {
            self.mistake_of_type(at, &format!("zipf.{column}"), value, &format!("zipf.{column} = 1.1"));
        }
        exponent
    }

    fn number(&mut self, at: Range<usize>, setting: &str, example: &str, value: &DeValue<'_>) -> Option<u64> {
        let number = match value {
            DeValue::Integer(number) => u64::from_str_radix(number.as_str(), number.radix()).ok(),
            _ => None,
        };
        match (number, value) {
            (Some(_), _) => {}
            (None, DeValue::Integer(number)) => {
                self.mistake(at, &format!("`{setting} = {number}` is no number from 0 to 2^64 - 1; write `{example}`"));
            }
            (None, other) => self.mistake_of_type(at, setting, other, example),
        }
        number
    }

    fn parsed<T>(&mut self, at: Range<usize>, parsed: Result<T, String>) -> Option<T> {
        parsed.map_err(|message| self.mistake(at, &message)).ok()
    }

    fn mistake_of_type(&mut self, at: Range<usize>, setting: &str, value: &DeValue<'_>, example: &str) {
        let kind = value.type_str();
        let article = if kind.starts_with(['a', 'i']) { "an" } else { "a" };
        self.mistake(at, &format!("`{setting}` cannot be {article} {kind}; write `{example}`"));
    }

    fn mistake_of_name(&mut self, at: Range<usize>, unknown: &str, known: &[&str]) {
        let advice = match nearest(unknown, known.iter().copied()) {
            Some(name) => format!("did you mean `{name}`?"),
            None => format!("there are `{}`", known.join("`, `")),
        };
        self.mistake(at, &format!("`{unknown}` is no setting; {advice}"));
    }

    fn mistake(&mut self, at: Range<usize>, message: &str) {
        let line = 1 + self.text.bytes().take(at.start).filter(|byte| *byte == b'\n').count();
        self.mistakes.push(format!("{}:{line}: {message}", self.name));
    }
}

#[cfg(test)]
mod tests {
    use seed_core::{Anchor, ColumnDef, Locale, Share};

    use super::*;

    /// What a file says of a run over users, sessions, scores, and a table that is named oddly.
    fn parse(name: &str, text: &str) -> Result<Settings, String> {
        let columns = ["user_id", "session_id", "game_id", "place_id", "a"].map(ColumnDef::new).to_vec();
        let table = |name| TableDef { columns: columns.clone(), ..TableDef::new(name) };
        super::parse(name, text, &["users", "sessions", "scores", "odd name"].map(table))
    }

    #[test]
    fn all_settings_are_read() {
        let settings = parse(
            "seed.toml",
            r#"
            seed = 42
            anchor = "2026-01-01"
            locale = "fr_FR"
            tables.users.count = 1_000

            [tables.sessions]
            with.user_id = "1..=5"
            zipf = { game_id = 1.1, place_id = 2 }

            [tables.scores]
            with = { session_id = "60 %: 1..=3, 30 %: 5..=7, 10 %: 8..=10" }

            [tables."odd name"]
            with.a = 0
            "#,
        );
        let settings = settings.unwrap();
        assert_eq!((settings.seed, settings.anchor), (Some(42), Some(Anchor::default())));
        assert_eq!(settings.locale, Some(Locale::FR_FR));
        assert_eq!(settings.tables["users"], TableSettings { count: Some(1_000), ..TableSettings::default() });
        assert_eq!(settings.tables["sessions"].with["user_id"], With::from(1..=5));
        assert_eq!(settings.tables["sessions"].zipf.values().collect::<Vec<_>>(), [&1.1, &2.0]);
        let weighted = With::weighted([Share::new(0.6, 1..=3), Share::new(0.3, 5..=7), Share::new(0.1, 8..=10)]);
        assert_eq!(settings.tables["scores"].with["session_id"], weighted);
        assert_eq!(settings.tables["odd name"].with["a"], With::from(0));
        assert_eq!(parse("seed.toml", ""), Ok(Settings::default()));
    }

    #[test]
    fn a_date_needs_no_quotes() {
        assert_eq!(parse("seed.toml", "anchor = 1970-01-02").unwrap().anchor, Some(Anchor::at(86_400)));
        assert!(parse("seed.toml", "anchor = \"today\"").unwrap().anchor.is_some());
    }

    /// The mistakes of a file of one line.
    #[track_caller]
    fn assert_mistake(text: &str, mistake: &str) {
        assert_eq!(parse("seed.toml", text), Err(format!("seed.toml:1: {mistake}")), "{text}");
    }

    #[test]
    fn a_name_that_is_no_setting_says_which_there_are() {
        assert_mistake("sed = 1", "`sed` is no setting; did you mean `seed`?");
        assert_mistake("rows = 1", "`rows` is no setting; there are `seed`, `anchor`, `locale`, `tables`");
        assert_mistake("users.count = 1", "`users` is no setting; of a table, write `[tables.users]`");
        assert_mistake("tables.users.counts = 1", "`counts` is no setting; did you mean `count`?");
        assert_mistake("tables.users.user_id = 1", "`user_id` is no setting; there are `count`, `with`, `zipf`");
    }

    #[test]
    fn a_table_or_a_column_that_is_not_there_is_told_with_its_line() {
        assert_mistake("tables.user.count = 1", "there is no table `user` in this run; did you mean `users`?");
        assert_mistake("tables.users.with.b = 1", "`users` has no column `b`; did you mean `a`?");
        assert_mistake("tables.users.zipf.user = 1", "`users` has no column `user`; did you mean `user_id`?");
    }

    #[test]
    fn a_value_of_another_type_says_what_to_write() {
        assert_mistake("seed = \"42\"", "`seed` cannot be a string; write `seed = 42`");
        assert_mistake("seed = -1", "`seed = -1` is no number from 0 to 2^64 - 1; write `seed = 42`");
        assert_mistake("anchor = 2026", "`anchor` cannot be an integer; write `anchor = \"2026-01-01\"`");
        assert_mistake("anchor = 2026-01-01T10:00:00", "write a date such as `2026-01-01`, or `today`");
        assert_mistake("locale = true", "`locale` cannot be a boolean; write `locale = \"fr_FR\"`");
        assert_mistake("locale = \"fr_FX\"", "there is no locale `fr_FX`; did you mean `fr_FR`?");
        assert_mistake("tables = []", "`tables` cannot be an array; write `[tables.users]`");
        assert_mistake("tables.users = 5", "`users` cannot be an integer; write `tables.users.count = 1_000`");
        assert_mistake("tables.users.count = 1.5", "`count` cannot be a float; write `count = 1_000`");
        assert_mistake("tables.users.with = 5", "`with` cannot be an integer; write `with.user_id = 5`");
        assert_mistake("tables.users.zipf = 1.1", "`zipf` cannot be a float; write `zipf.user_id = 1.1`");
        assert_mistake("tables.users.zipf.a = \"1.1\"", "`zipf.a` cannot be a string; write `zipf.a = 1.1`");
        assert_mistake(
            "tables.users.with.a = [1]",
            "`with.a` cannot be an array; write `with.a = 5` or `with.a = \"1..=5\"`",
        );
        assert_mistake(
            "tables.users.with.a = \"many\"",
            "`many` is no number of children; write `3`, `1..=5`, or with weights `0.6: 1..=3, 0.4: 0`",
        );
    }

    #[test]
    fn all_mistakes_are_told_at_once_each_with_its_line() {
        let mistakes = parse("my/seed.toml", "sed = 1\nseed = 1\n\n[tables.users]\ncount = \"x\"\nwith.a = -1\n");
        let mistakes = mistakes.unwrap_err();
        let lines: Vec<&str> = mistakes.lines().map(|line| line.split(' ').next().unwrap()).collect();
        assert_eq!(lines, ["my/seed.toml:1:", "my/seed.toml:5:", "my/seed.toml:6:"], "{mistakes}");
    }

    #[test]
    fn what_is_no_toml_is_told_with_its_line() {
        for text in ["seed = 1\nanchor = ", "seed = 1\nseed = 2", "[tables.users]\n[tables.users]"] {
            let mistakes = parse("seed.toml", text).unwrap_err();
            assert!(mistakes.lines().all(|line| line.starts_with("seed.toml:2: ")), "{mistakes}");
        }
    }
}
