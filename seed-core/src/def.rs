//! What a model says of its table: data, made once by the derive.

use crate::bounds::Bounds;
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
    /// The relations to parent tables.
    pub relations: Vec<RelationDef>,
    /// Foreign keys that reference different rows of one parent: `#[seed(differ(home_id, guest_id))]`.
    pub differ: Vec<Vec<&'static str>>,
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
    /// What the database's column can hold, where its catalogue tells.
    pub bounds: Option<Bounds>,
    /// `#[seed(locale = …)]`.
    pub locale: Option<Locale>,
    /// How the model says that the values are made, as it is written there: `range = 1..=6`.
    pub said: Option<&'static str>,
    /// Whether the values are the model's own: `#[seed(value = …)]`, `#[seed(generator = …)]`.
    pub custom: bool,
    /// Whether the model says what the values come after: `#[seed(after = …)]`.
    pub after: bool,
}

/// Columns that reference those of a row of a parent table. It always points from child to parent.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RelationDef {
    /// The foreign key: one column, or the columns of a composite one.
    pub columns: Vec<&'static str>,
    /// The parent table's [`TableDef::name`].
    pub parent: &'static str,
    /// The referenced columns, in the order of the foreign key's.
    pub parent_columns: Vec<&'static str>,
    /// How many children each parent gets: `#[seed(with = …)]`.
    pub with: Option<With>,
    /// How much more often some parents are drawn than others: `#[seed(zipf = …)]`.
    pub zipf: Option<f64>,
    /// The shape of the tree that a self reference makes: `#[seed(tree(…))]`.
    pub tree: Option<Tree>,
    /// Whether the row's ancestors by this relation are those by its other relations:
    /// `#[seed(agree = …)]`.
    pub agree: Option<bool>,
}

/// The shape of the trees that a self reference makes.
#[derive(Debug, Clone, PartialEq)]
pub enum Tree {
    /// So many of 100 rows are roots, and each row has so many children until there are no more rows.
    Roots {
        /// The share of roots, above 0.0 and up to 1.0.
        roots: f64,
        /// The children of a row: 1 or more.
        branching: With,
    },
    /// Each tree has so many levels, and each row above the last one so many children.
    Depth {
        /// Levels, of which the root is the first.
        depth: u64,
        /// The children of a row: 1 or more.
        branching: u64,
    },
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
            relations: Vec::new(),
            differ: Vec::new(),
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
        let is_id = || column == "id" && self.column(column).is_some() && !self.references(column);
        self.primary_key == [column] || (self.primary_key.contains(&column) && is_id())
    }

    /// Whether the column's values must all differ: said to be unique, or the whole primary key.
    pub fn is_unique(&self, column: &ColumnDef) -> bool {
        column.unique || self.is_primary_key(column.name)
    }

    /// Whether no two rows agree in these columns.
    pub(crate) fn identifies(&self, columns: &[&str]) -> bool {
        let all_in =
            |group: &Vec<&'static str>| !group.is_empty() && group.iter().all(|column| columns.contains(column));
        let is_unique = |name: &&str| self.column(name).is_some_and(|column| self.is_unique(column));
        columns.iter().any(is_unique) || all_in(&self.primary_key) || self.unique.iter().any(all_in)
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

    /// Whether the column is a foreign key, or part of one.
    pub fn references(&self, column: &str) -> bool {
        self.relations.iter().any(|relation| relation.columns.contains(&column))
    }

    /// The relation that a column names: its own, or the composite one that it is part of.
    pub fn relation(&self, column: &str) -> Option<&RelationDef> {
        let composite = || self.relations.iter().find(|relation| relation.columns.contains(&column));
        self.relations.iter().find(|relation| relation.columns == [column]).or_else(composite)
    }

    /// The column that names a relation: of a composite one, the last that names no other.
    pub fn name_of(&self, relation: &RelationDef) -> &'static str {
        let names = |column: &&&'static str| self.relation(column) == Some(relation);
        relation.columns.iter().rev().find(names).or(relation.columns.last()).copied().unwrap_or_default()
    }

    /// Whether all rows of a relation's table have a parent: no column of the foreign key can be NULL, or
    /// one cannot to which no other relation gives a value.
    pub fn requires(&self, relation: &RelationDef) -> bool {
        let is_required = |name: &&'static str| self.column(name).is_some_and(|column| !column.nullable);
        relation.columns.iter().all(is_required)
            || relation.columns.iter().any(|name| is_required(name) && self.gives_alone(name))
    }

    /// Whether a column of the foreign key can be NULL, whatever other relations say.
    pub(crate) fn can_be_null(&self, relation: &RelationDef) -> bool {
        let is_nullable = |name: &str| self.column(name).is_some_and(|column| column.nullable);
        relation.columns.iter().any(|name| is_nullable(name) && self.gives_alone(name))
    }

    /// Whether only one relation gives the column its values.
    fn gives_alone(&self, column: &str) -> bool {
        self.relations.iter().filter(|relation| relation.columns.contains(&column)).count() == 1
    }

    /// Whether no two rows may have the same parent: the foreign key is unique, or the primary key.
    pub fn is_one_to_one(&self, relation: &RelationDef) -> bool {
        let is_within = |group: &[&'static str]| group.iter().all(|column| relation.columns.contains(column));
        let is_unique = |name: &&'static str| self.column(name).is_some_and(|column| self.is_unique(column));
        relation.columns.iter().any(is_unique)
            || relation.columns.len() > 1
                && (self.unique.iter().any(|group| is_within(group)) || is_within(&self.primary_key))
    }

    /// Puts the columns of an embedded struct (`#[diesel(embed)]`) behind those there are. What the
    /// struct says of all its columns goes with them; its relations are told by the model itself.
    pub fn embed(&mut self, other: TableDef) {
        let locale = other.locale;
        self.columns
            .extend(other.columns.into_iter().map(|column| ColumnDef { locale: column.locale.or(locale), ..column }));
        self.unique.extend(other.unique);
        self.differ.extend(other.differ);
    }
}

impl RelationDef {
    /// A column that references a column of a parent table.
    pub fn new(column: &'static str, parent: &'static str, parent_column: &'static str) -> RelationDef {
        RelationDef { columns: vec![column], parent, parent_columns: vec![parent_column], ..RelationDef::default() }
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
            bounds: None,
            locale: None,
            said: None,
            custom: false,
            after: false,
        }
    }

    /// The probability of NULL.
    pub fn null_probability(&self) -> f64 {
        if self.nullable { self.null.unwrap_or(DEFAULT_NULL) } else { 0.0 }
    }
}
