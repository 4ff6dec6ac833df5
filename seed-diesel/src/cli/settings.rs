//! `Settings`: what a run says in place of its models, in a file or on the command line.

use std::collections::BTreeMap;

use seed_core::{Anchor, Locale, With};

use crate::backend::Dialect;
use crate::setup::Setup;

/// What a run says in place of its models.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Settings {
    pub(super) seed: Option<u64>,
    pub(super) anchor: Option<Anchor>,
    pub(super) locale: Option<Locale>,
    pub(super) tables: BTreeMap<String, TableSettings>,
}

/// What a run says in place of one model.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct TableSettings {
    pub(super) count: Option<u64>,
    /// How many children each parent gets, by foreign key.
    pub(super) with: BTreeMap<String, With>,
    /// How much more often some parents are drawn than others, by foreign key.
    pub(super) zipf: BTreeMap<String, f64>,
}

impl Settings {
    /// What is to be said of a table.
    pub(super) fn table_mut(&mut self, name: &str) -> &mut TableSettings {
        self.tables.entry(name.to_owned()).or_default()
    }

    /// These settings, and where they are silent, those.
    pub(super) fn or(mut self, lower: Settings) -> Settings {
        for (name, lower) in lower.tables {
            let table = self.table_mut(&name);
            // A table's rows are counted in one way: `--with` on one foreign key replaces a `with` on
            // another one, and a count.
            if table.count.is_none() && table.with.is_empty() {
                (table.count, table.with) = (lower.count, lower.with);
            }
            for (column, exponent) in lower.zipf {
                table.zipf.entry(column).or_insert(exponent);
            }
        }
        Settings {
            seed: self.seed.or(lower.seed),
            anchor: self.anchor.or(lower.anchor),
            locale: self.locale.or(lower.locale),
            tables: self.tables,
        }
    }

    /// Says it to a run.
    pub(super) fn apply<DB: Dialect>(&self, setup: &mut Setup<DB>) {
        setup.seed = self.seed.unwrap_or(setup.seed);
        setup.anchor = self.anchor.unwrap_or(setup.anchor);
        setup.overrides.locale = self.locale.unwrap_or(setup.overrides.locale);
        for (name, settings) in &self.tables {
            let table = setup.overrides.table_mut(name);
            table.count = settings.count.or(table.count);
            table.with.extend(settings.with.clone());
            table.zipf.extend(settings.zipf.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(count: Option<u64>, with: &[(&str, u64)]) -> Settings {
        let mut settings = Settings::default();
        let with = with.iter().map(|&(column, children)| (column.to_owned(), With::from(children)));
        settings
            .tables
            .insert("scores".to_owned(), TableSettings { count, with: with.collect(), zipf: BTreeMap::new() });
        settings
    }

    #[test]
    fn each_setting_stands_above_that_of_the_file() {
        let file = Settings { seed: Some(1), locale: Some(Locale::FR_FR), ..settings(Some(7), &[]) };
        let given = Settings { seed: Some(2), anchor: Some(Anchor::at(0)), ..Settings::default() };
        let both = Settings { seed: Some(2), anchor: Some(Anchor::at(0)), ..file.clone() };
        assert_eq!(given.or(file), both);
    }

    #[test]
    fn a_table_is_counted_in_one_way() {
        let file = || settings(None, &[("session_id", 5)]);
        let given = settings(None, &[("level_id", 3)]);
        assert_eq!(given.clone().or(file()), given);
        let given = settings(Some(7), &[]);
        assert_eq!(given.clone().or(file()), given);
        assert_eq!(Settings::default().or(file()), file());
    }

    #[test]
    fn the_exponent_of_a_column_stands_above_that_of_the_file() {
        let of = |zipf: &[(&str, f64)]| {
            let zipf = zipf.iter().map(|&(column, exponent)| (column.to_owned(), exponent)).collect();
            let table = TableSettings { zipf, ..TableSettings::default() };
            Settings { tables: BTreeMap::from([("scores".to_owned(), table)]), ..Settings::default() }
        };
        let file = of(&[("level_id", 1.0), ("session_id", 1.1)]);
        assert_eq!(of(&[("level_id", 2.0)]).or(file), of(&[("level_id", 2.0), ("session_id", 1.1)]));
    }
}
