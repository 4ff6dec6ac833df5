//! `Model`: a struct with `#[derive(Seedable)]`, as its attributes describe it.

use syn::{Data, DeriveInput, Fields, Generics, Ident, LitInt, LitStr, Path, Visibility};

use crate::attribute;
use crate::context::Context;
use crate::diesel::StructAttributes;
use crate::field::{self, Field, Relation, Source};

/// Attributes of a struct, in the order of the documentation.
const KNOWN: &[&str] = &["count", "unique", "key", "crate"];

/// Those of them that no field has.
pub(crate) const ONLY_ON_STRUCTS: &[&str] = &["count", "crate"];

pub(crate) struct Model {
    pub(crate) ident: Ident,
    pub(crate) visibility: Visibility,
    pub(crate) generics: Generics,
    /// The table's module in `schema.rs`.
    pub(crate) table: Path,
    pub(crate) primary_key: Vec<Ident>,
    pub(crate) count: Option<(Ident, LitInt)>,
    pub(crate) key: Option<LitStr>,
    /// Where `seed_diesel` is found.
    pub(crate) krate: Path,
    pub(crate) fields: Vec<Field>,
}

impl Model {
    /// Reads a struct as far as it can be read, and notes everything that cannot.
    pub(crate) fn read(input: &DeriveInput) -> (Model, syn::Result<()>) {
        let mut context = Context::default();
        let diesel = StructAttributes::read(&mut context, &input.attrs);
        let mut model = Model {
            ident: input.ident.clone(),
            visibility: input.vis.clone(),
            generics: input.generics.clone(),
            table: diesel.table_name.unwrap_or_else(|| table_of(&input.ident)),
            primary_key: diesel.primary_key.unwrap_or_else(|| vec![Ident::new("id", input.ident.span())]),
            count: None,
            key: None,
            krate: default_crate(),
            fields: Vec::new(),
        };
        for item in attribute::items(&mut context, &input.attrs, KNOWN, field::KNOWN) {
            let name = item.name.clone();
            match name.to_string().as_str() {
                "count" => model.count = context.ok(item.integer("count = 12")).map(|count| (name, count)),
                "key" => model.key = context.ok(item.text("key = \"users\"")),
                "crate" => model.krate = context.ok(item.path("crate = path::to::seed_diesel")).unwrap_or(model.krate),
                _ => context.error(
                    name,
                    "`unique` over several columns is not there yet; mark one of the columns `unique`, or give it a \
                     `value` made from `row`",
                ),
            }
        }
        match &input.data {
            Data::Struct(data) => match &data.fields {
                Fields::Named(fields) => {
                    model.fields = fields.named.iter().filter_map(|field| Field::read(&mut context, field)).collect();
                }
                Fields::Unnamed(_) | Fields::Unit => context.error(
                    &input.ident,
                    "a model is a struct with named fields, one for each column; a newtype is a struct with one \
                     unnamed field",
                ),
            },
            Data::Enum(_) => context.error(
                &input.ident,
                "an enum cannot be derived yet; give its columns `#[seed(values = [Status::Open, Status::Closed])]`",
            ),
            Data::Union(_) => context.error(&input.ident, "a model is a struct with named fields"),
        }
        for belongs_to in diesel.belongs_to {
            let foreign_key = belongs_to.foreign_key.or_else(|| foreign_key_of(&belongs_to.parent.path));
            let is_foreign_key = |field: &&mut Field| {
                Some(&field.column) == foreign_key.as_ref()
                    && field.skip.is_none()
                    && field.relation.is_none()
                    && field.source.is_none()
            };
            // What the field says itself stands: `references` says more than `belongs_to`, and a
            // generator of its own leaves no room for a parent's value.
            if let Some(field) = model.fields.iter_mut().find(is_foreign_key) {
                field.relation = Some(Relation::Model(belongs_to.parent.path));
            }
        }
        (model, context.finish(()))
    }

    /// The last segment of the table's path: its name.
    pub(crate) fn table_name(&self) -> String {
        name_of(&self.table)
    }

    /// Whether a relation points back to the model's own table.
    pub(crate) fn is_self_reference(&self, relation: &Relation) -> bool {
        match relation {
            Relation::Model(parent) => parent.segments.last().is_some_and(|last| last.ident == self.ident),
            Relation::Column(column) => {
                let table = column.segments.iter().rev().nth(1);
                table.is_some_and(|table| ident_text(&table.ident) == self.table_name())
            }
        }
    }

    /// What is left of a model with mistakes: its columns, with nothing said of them.
    pub(crate) fn bare(mut self) -> Model {
        for field in &mut self.fields {
            let expr = syn::parse_quote!(::core::unreachable!());
            let name = Ident::new("value", field.ident.span());
            field.source = (!field.embed).then_some(Source { name, expr });
            field.relation = None;
            field.with = None;
            field.unique = None;
            field.null = None;
            field.after = None;
            field.other_sources.clear();
        }
        self.count = None;
        self
    }

    /// The field of a name.
    pub(crate) fn field(&self, name: &Ident) -> Option<&Field> {
        self.fields.iter().find(|field| field.ident == *name)
    }
}

/// An identifier as text, without the `r#` of a raw one.
pub(crate) fn ident_text(ident: &Ident) -> String {
    syn::ext::IdentExt::unraw(ident).to_string()
}

fn name_of(path: &Path) -> String {
    path.segments.last().map(|segment| ident_text(&segment.ident)).unwrap_or_default()
}

pub(crate) fn default_crate() -> Path {
    syn::parse_quote!(::seed_diesel)
}

/// Diesel's default: the struct's name in snake case, and an `s`.
fn table_of(ident: &Ident) -> Path {
    let name = format!("{}s", snake_case(&ident_text(ident)));
    Path::from(Ident::new(&name, ident.span()))
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
