//! What a model says of its table: data, made once by the derive.

use crate::fan_out::With;
use crate::locale::Locale;

/// A table as its model declares it.
#[derive(Debug, Clone, PartialEq)]
pub struct TableDef {
    /// The name of the table's module in `schema.rs`.
    pub name: &'static str,
    /// What is hashed in place of the name: `#[seed(key = "…")]`, or the name.
    pub key: &'static str,
    /// Rows by default: `#[seed(count = …)]`.
    pub count: Option<u64>,
    /// The columns that the model fills, in the order of its fields.
    pub columns: Vec<ColumnDef>,
    /// The names of the primary key's columns.
    pub primary_key: Vec<&'static str>,
    /// Columns whose values differ together: `#[seed(unique(a, b))]`.
    pub unique: Vec<Vec<&'static str>>,
    /// `#[seed(locale = …)]`.
    pub locale: Option<Locale>,
}

/// A column as its field declares it.
#[derive(Debug, Clone, PartialEq)]
pub struct ColumnDef {
    /// The column's name in SQL.
    pub name: &'static str,
    /// What is hashed in place of the name: `#[seed(key = "…")]`, or the name.
    pub key: &'static str,
    /// Whether the field is an `Option`.
    pub nullable: bool,
    /// `#[seed(unique)]`.
    pub unique: bool,
    /// The probability of NULL: `#[seed(null = …)]`.
    pub null: Option<f64>,
    /// The greatest length in characters: `#[seed(max_len = …)]`, or `#[max_length]` in `schema.rs`.
    pub max_len: Option<usize>,
    /// The greatest number of digits of a decimal: `#[seed(precision = …)]`, or the database's.
    pub precision: Option<u32>,
    /// The number of digits after the point: `#[seed(scale = …)]`, or the database's.
    pub scale: Option<u32>,
    /// `#[seed(locale = …)]`.
    pub locale: Option<Locale>,
    /// How the model says that the values are made, as it is written there: `range = 1..=6`.
    pub said: Option<&'static str>,
    /// Whether the values are the model's own: `#[seed(value = …)]`, `#[seed(generator = …)]`.
    pub custom: bool,
    /// Whether the model says what the values come after: `#[seed(after = …)]`.
    pub after: bool,
    /// The relation, where the column references another table.
    pub relation: Option<RelationDef>,
}

/// A column that references a column of a parent table. It always points from child to parent.
#[derive(Debug, Clone, PartialEq)]
pub struct RelationDef {
    /// The parent table's [`TableDef::name`].
    pub parent: &'static str,
    /// The referenced column's name.
    pub parent_column: &'static str,
    /// How many children each parent gets: `#[seed(with = …)]`.
    pub with: Option<With>,
}

/// Rows of a table where nothing says how many.
pub const DEFAULT_COUNT: u64 = 10;

/// The probability of NULL for an `Option<T>` where nothing says it.
pub const DEFAULT_NULL: f64 = 0.1;

impl TableDef {
    /// A table of which nothing but its name is said.
    pub const fn new(name: &'static str) -> TableDef {
        TableDef {
            name,
            key: name,
            count: None,
            columns: Vec::new(),
            primary_key: Vec::new(),
            unique: Vec::new(),
            locale: None,
        }
    }

    /// The column of a name.
    pub fn column(&self, name: &str) -> Option<&ColumnDef> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// The names of the columns, in order.
    pub fn column_names(&self) -> Vec<&'static str> {
        self.columns.iter().map(|column| column.name).collect()
    }

    /// Whether the column is the whole primary key; or the `id` of a key of several columns, which
    /// counts up all the same.
    pub fn is_primary_key(&self, column: &str) -> bool {
        let is_id = || column == "id" && self.column(column).is_some_and(|column| column.relation.is_none());
        self.primary_key == [column] || (self.primary_key.contains(&column) && is_id())
    }

    /// Whether the column's values must all differ: said to be unique, or the whole primary key.
    pub fn is_unique(&self, column: &ColumnDef) -> bool {
        column.unique || self.is_primary_key(column.name)
    }

    /// The groups of columns that must be made to differ together: the primary key's and those said to be
    /// unique, without those that differ anyway, because the database fills one of the columns, or one
    /// is unique alone.
    pub fn combinations(&self) -> Vec<&[&'static str]> {
        let keys = std::iter::once(&self.primary_key).filter(|key| key.len() > 1);
        let mut all: Vec<&Vec<&'static str>> = keys.chain(&self.unique).collect();
        // What differs in some columns differs in more of them.
        all.sort_by_key(|group| group.len());
        let mut groups: Vec<&[&'static str]> = Vec::new();
        for group in all {
            let differs = |name: &&str| self.column(name).is_none_or(|column| self.is_unique(column));
            let includes = |other: &&[&'static str]| other.iter().all(|column| group.contains(column));
            if !group.iter().any(differs) && !groups.iter().any(includes) {
                groups.push(group);
            }
        }
        groups
    }

    /// The relations and their columns.
    pub fn relations(&self) -> impl Iterator<Item = (&ColumnDef, &RelationDef)> {
        self.columns.iter().filter_map(|column| Some((column, column.relation.as_ref()?)))
    }

    /// Puts the columns of an embedded struct (`#[diesel(embed)]`) behind those there are. What the
    /// struct says of all its columns goes with them.
    pub fn embed(&mut self, other: TableDef) {
        let locale = other.locale;
        self.columns
            .extend(other.columns.into_iter().map(|column| ColumnDef { locale: column.locale.or(locale), ..column }));
        self.unique.extend(other.unique);
    }
}

impl ColumnDef {
    /// A column of which nothing but its name is said.
    pub const fn new(name: &'static str) -> ColumnDef {
        ColumnDef {
            name,
            key: name,
            nullable: false,
            unique: false,
            null: None,
            max_len: None,
            precision: None,
            scale: None,
            locale: None,
            said: None,
            custom: false,
            after: false,
            relation: None,
        }
    }

    /// The probability of NULL.
    pub fn null_probability(&self) -> f64 {
        if self.nullable { self.null.unwrap_or(DEFAULT_NULL) } else { 0.0 }
    }
}
