//! `Model`: a struct with `#[derive(Seedable)]`, as its attributes describe it.

use syn::{DataStruct, DeriveInput, Fields, Generics, Ident, LitStr, Path, Visibility};

use crate::attribute::{self, Bearer, Item};
use crate::composite::Composite;
use crate::context::Context;
use crate::diesel::{BelongsTo, StructAttributes};
use crate::field::Field;
use crate::relation::Relation;

pub(crate) struct Model {
    pub(crate) ident: Ident,
    pub(crate) visibility: Visibility,
    pub(crate) generics: Generics,
    /// The table's module in `schema.rs`.
    pub(crate) table: Path,
    pub(crate) primary_key: Vec<Ident>,
    pub(crate) count: Option<u64>,
    /// Fields whose values differ together.
    pub(crate) together: Vec<Together>,
    /// Foreign keys of several columns.
    pub(crate) composites: Vec<Composite>,
    /// Foreign keys that reference different rows of one parent.
    pub(crate) differ: Vec<Together>,
    pub(crate) locale: Option<Ident>,
    pub(crate) key: Option<LitStr>,
    /// Where `seed_diesel` is found.
    pub(crate) krate: Path,
    pub(crate) fields: Vec<Field>,
}

/// `unique(user_id, team_id)`, `differ(home_id, guest_id)`: the attribute's name, and the fields by theirs.
#[derive(Clone)]
pub(crate) struct Together {
    pub(crate) name: Ident,
    pub(crate) fields: Vec<Ident>,
}

impl Together {
    fn read(context: &mut Context, item: Item, example: &str) -> Option<Together> {
        let name = item.name.clone();
        context.ok(item.idents(example)).map(|fields| Together { name, fields })
    }
}

impl Model {
    /// Reads a struct as far as it can be read; `None` where it cannot be a model.
    pub(crate) fn read(context: &mut Context, input: &DeriveInput, data: &DataStruct) -> Option<Model> {
        let fields = named_fields(context, input, data)?;
        let diesel = StructAttributes::read(context, &input.attrs);
        let mut model = Model {
            ident: input.ident.clone(),
            visibility: input.vis.clone(),
            generics: input.generics.clone(),
            table: diesel.table_name.unwrap_or_else(|| table_of(&input.ident)),
            primary_key: diesel.primary_key.unwrap_or_else(|| vec![Ident::new("id", input.ident.span())]),
            count: None,
            together: Vec::new(),
            composites: Vec::new(),
            differ: Vec::new(),
            locale: None,
            key: None,
            krate: default_crate(),
            fields: Vec::new(),
        };
        for item in attribute::items(context, &input.attrs, Bearer::Struct) {
            match item.name.to_string().as_str() {
                "count" => model.count = context.ok(item.integer("count = 12")),
                "key" => model.key = context.ok(item.text("key = \"users\"")),
                "crate" => model.krate = context.ok(item.krate()).unwrap_or(model.krate),
                "unique" => model.together.extend(Together::read(context, item, "unique(user_id, team_id)")),
                "references" => model.composites.push(Composite::read(context, item)),
                "differ" => model.differ.extend(Together::read(context, item, "differ(home_id, guest_id)")),
                "locale" => model.locale = context.ok(item.locale()),
                _ => {}
            }
        }
        model.fields = fields.into_iter().map(|(field, ident)| Field::read(context, field, ident)).collect();
        diesel.belongs_to.into_iter().for_each(|belongs_to| model.belongs_to(belongs_to));
        for field in &mut model.fields {
            for composite in model.composites.iter_mut().filter(|composite| composite.pair(&field.ident).is_some()) {
                field.is_part = true;
                composite.belongs_to(field.relation.as_ref());
            }
        }
        Some(model)
    }

    /// What the field says itself stands: `references` says which column it is, and a generator of
    /// its own leaves no room for a parent's value.
    fn belongs_to(&mut self, belongs_to: BelongsTo) {
        let foreign_key = belongs_to.foreign_key.or_else(|| foreign_key_of(&belongs_to.parent.path));
        let is_foreign_key = |field: &&mut Field| {
            Some(&field.column) == foreign_key.as_ref() && field.skip.is_none() && field.source.is_none()
        };
        if let Some(field) = self.fields.iter_mut().find(is_foreign_key) {
            field.relation.get_or_insert_default().model.get_or_insert(belongs_to.parent.path);
        }
    }

    /// The last segment of the table's path: its name.
    pub(crate) fn table_name(&self) -> String {
        self.table.segments.last().map(|segment| ident_text(&segment.ident)).unwrap_or_default()
    }

    /// Whether a relation points back to the model's own table.
    pub(crate) fn is_self_reference(&self, relation: &Relation) -> bool {
        match relation {
            Relation { column: Some(_), .. } => relation.parent_name() == self.table_name(),
            Relation { column: None, .. } => self.ident == relation.parent_name(),
        }
    }

    /// What is referenced by the relation that a field names: its own one, or else the composite foreign
    /// key that it is part of, where it is part of no other.
    pub(crate) fn relation<'a>(&'a self, field: &'a Field) -> Option<&'a Relation> {
        let pair = || Some(&self.composite(field)?.pair(&field.ident)?.relation);
        field.relation.as_ref().or_else(pair)
    }

    /// The composite foreign key that a field is part of, where it is part of no other.
    pub(crate) fn composite(&self, field: &Field) -> Option<&Composite> {
        let mut composites = self.composites.iter().filter(|composite| composite.pair(&field.ident).is_some());
        composites.next().filter(|_| composites.next().is_none())
    }

    /// The field of a name.
    pub(crate) fn field(&self, name: &Ident) -> Option<&Field> {
        self.fields.iter().find(|field| field.ident == *name)
    }
}

/// The fields of a struct that can be a model.
fn named_fields<'a>(
    context: &mut Context,
    input: &DeriveInput,
    data: &'a DataStruct,
) -> Option<Vec<(&'a syn::Field, Ident)>> {
    if let Some(lifetime) = input.generics.lifetimes().next() {
        context.error(
            lifetime,
            format!("a model owns its values; leave out `{}`, and use `String` in place of `&str`", lifetime.lifetime),
        );
        return None;
    }
    if let Fields::Named(fields) = &data.fields {
        return Some(fields.named.iter().filter_map(|field| Some((field, field.ident.clone()?))).collect());
    }
    context.error(
        &input.ident,
        "a model is a struct with named fields, one for each column; a newtype is a struct with one unnamed field",
    );
    None
}

/// An identifier as text, without the `r#` of a raw one.
pub(crate) fn ident_text(ident: &Ident) -> String {
    syn::ext::IdentExt::unraw(ident).to_string()
}

pub(crate) fn default_crate() -> Path {
    syn::parse_quote!(::seed_diesel)
}

/// Diesel's default: the struct's name in snake case, and an `s`.
fn table_of(ident: &Ident) -> Path {
    let name = format!("{}s", snake_case(&ident_text(ident)));
    // The table of `struct A` would be `as`.
    let is_word = syn::parse_str::<Ident>(&name).is_ok();
    Path::from(if is_word { Ident::new(&name, ident.span()) } else { Ident::new_raw(&name, ident.span()) })
}

/// Diesel's default: the parent's name in snake case, and `_id`.
fn foreign_key_of(parent: &Path) -> Option<Ident> {
    let last = &parent.segments.last()?.ident;
    Some(Ident::new(&format!("{}_id", snake_case(&ident_text(last))), last.span()))
}

fn snake_case(name: &str) -> String {
    let mut snake = String::with_capacity(name.len() + 4);
    for (at, letter) in name.char_indices() {
        if letter.is_uppercase() && at > 0 {
            snake.push('_');
        }
        snake.extend(letter.to_lowercase());
    }
    snake
}
