//! `Field`: one field of a model, and what its attributes say.

use syn::{Expr, GenericArgument, Ident, LitStr, Path, PathArguments, Type, TypePath, Visibility};

use crate::attribute::{self, Bearer, Item};
use crate::composite::EXAMPLE;
use crate::context::Context;
use crate::diesel::FieldAttributes;
use crate::relation::{self, Choice, Relation};

pub(crate) struct Field {
    pub(crate) ident: Ident,
    pub(crate) visibility: Visibility,
    /// The column's name in `schema.rs`.
    pub(crate) column: Ident,
    pub(crate) ty: Type,
    /// The type inside an `Option`, or the field's own.
    pub(crate) value_type: Type,
    pub(crate) nullable: bool,
    /// What Diesel stores in place of the field: `#[diesel(serialize_as = …)]`.
    pub(crate) stored_as: Option<Type>,
    /// The columns are those of a struct (`#[diesel(embed)]`).
    pub(crate) embed: bool,
    /// The attribute that leaves the column to the database, or says that the field is none.
    pub(crate) skip: Option<Ident>,
    pub(crate) relation: Option<Relation>,
    /// It is part of a composite foreign key, said on the struct.
    pub(crate) is_part: bool,
    /// Which of the relation's parents the rows have.
    pub(crate) choice: Choice,
    pub(crate) unique: Option<Ident>,
    pub(crate) null: Option<(Ident, Expr)>,
    pub(crate) source: Option<Source>,
    /// More of `range`, `values`, … than the one that counts: a mistake.
    pub(crate) other_sources: Vec<Source>,
    pub(crate) after: Option<(Ident, Path)>,
    pub(crate) max_len: Option<(Ident, u64)>,
    pub(crate) precision: Option<(Ident, u64)>,
    pub(crate) scale: Option<(Ident, u64)>,
    pub(crate) locale: Option<(Ident, Ident)>,
    pub(crate) key: Option<LitStr>,
    /// The names of all `#[seed]` attributes.
    pub(crate) names: Vec<Ident>,
    /// A mistake has been noted, and the field's values are made no more.
    pub(crate) mistaken: bool,
}

/// What makes the column's values.
pub(crate) struct Source {
    pub(crate) name: Ident,
    pub(crate) kind: SourceKind,
    pub(crate) expr: Expr,
}

#[derive(Clone, Copy, PartialEq)]
pub(crate) enum SourceKind {
    Range,
    Values,
    Fake,
    Generator,
    Value,
}

impl Field {
    pub(crate) fn read(context: &mut Context, field: &syn::Field, ident: Ident) -> Field {
        let (nullable, value_type) = match inside_option(&field.ty) {
            Some(inner) => (true, inner.clone()),
            None => (false, field.ty.clone()),
        };
        let mut read = Field {
            column: ident.clone(),
            visibility: field.vis.clone(),
            ty: field.ty.clone(),
            value_type,
            nullable,
            stored_as: None,
            embed: false,
            skip: None,
            relation: None,
            is_part: false,
            choice: Choice::default(),
            unique: None,
            null: None,
            source: None,
            other_sources: Vec::new(),
            after: None,
            max_len: None,
            precision: None,
            scale: None,
            locale: None,
            key: None,
            names: Vec::new(),
            mistaken: false,
            ident,
        };
        let found = context.finds_any(|context| {
            read.diesel(FieldAttributes::read(context, &field.attrs));
            for item in attribute::items(context, &field.attrs, Bearer::Field) {
                read.names.push(item.name.clone());
                let result = read.item(context, item);
                context.ok(result);
            }
        });
        if found {
            read.leave_bare();
        }
        read
    }

    fn diesel(&mut self, attributes: FieldAttributes) {
        if let Some(column) = attributes.column_name {
            self.column = column;
        }
        self.embed = attributes.embed;
        self.stored_as = attributes.serialize_as;
        self.skip = attributes.no_insertion;
    }

    fn item(&mut self, context: &mut Context, item: Item) -> syn::Result<()> {
        let name = item.name.clone();
        match name.to_string().as_str() {
            "references" if item.is_list() => {
                let message = format!("a foreign key of several columns stands above the struct, as in `{EXAMPLE}`");
                return Err(syn::Error::new_spanned(name, message));
            }
            "references" => {
                let column = relation::column(item, "references = users::id")?;
                self.relation = Some(Relation { column: Some(column), model: None });
            }
            "with" | "zipf" | "tree" | "agree" => self.choice.item(context, item)?,
            "unique" => {
                item.flag()?;
                self.unique = Some(name);
            }
            "null" => self.null = Some((name, item.expr("null = 0.2")?)),
            "range" => self.source(name, SourceKind::Range, item.expr("range = 1..=10")?),
            "values" => self.source(name, SourceKind::Values, item.expr("values = [\"a\", \"b\"]")?),
            "fake" => self.source(name, SourceKind::Fake, item.expr("fake = FirstName(EN)")?),
            "generator" => self.source(name, SourceKind::Generator, item.expr("generator = int(1..=10)")?),
            "value" => self.source(name, SourceKind::Value, item.expr("value = row * 10")?),
            "after" => self.after = Some((name, item.path("a field, or a parent's column", "after = created_at")?)),
            "max_len" => self.max_len = Some((name, item.integer("max_len = 20")?)),
            "precision" => self.precision = Some((name, item.integer("precision = 10")?)),
            "scale" => self.scale = Some((name, item.integer("scale = 2")?)),
            "locale" => self.locale = Some((name, item.locale()?)),
            "skip" => {
                item.flag()?;
                self.skip = Some(name);
            }
            "key" => self.key = Some(item.text("key = \"name\"")?),
            _ => {}
        }
        Ok(())
    }

    fn source(&mut self, name: Ident, kind: SourceKind, expr: Expr) {
        let source = Source { name, kind, expr };
        match self.source {
            None => self.source = Some(source),
            Some(_) => self.other_sources.push(source),
        }
    }

    /// Leaves of a field with a mistake its column and its relation: without them, more would be
    /// reported that only follows from the mistake.
    pub(crate) fn leave_bare(&mut self) {
        self.mistaken = true;
        self.choice = Choice::default();
        self.unique = None;
        self.null = None;
        self.source = None;
        self.other_sources.clear();
        self.after = None;
        self.max_len = None;
        self.precision = None;
        self.scale = None;
        self.locale = None;
        self.key = None;
    }

    /// Whether the model fills a column of its own with this field.
    pub(crate) fn is_column(&self) -> bool {
        self.skip.is_none() && !self.embed
    }

    /// Whether the column takes its parent's value.
    pub(crate) fn is_foreign_key(&self) -> bool {
        self.relation.is_some() || self.is_part
    }

    /// Whether the column's values are computed by an expression of the model.
    pub(crate) fn computed(&self) -> Option<&Expr> {
        self.source.as_ref().filter(|source| source.kind == SourceKind::Value).map(|source| &source.expr)
    }

    /// The type of the column's cells, and whether it is an `Option`.
    pub(crate) fn stored(&self) -> (&Type, bool) {
        match &self.stored_as {
            Some(ty) => (ty, inside_option(ty).is_some()),
            None => (&self.ty, self.nullable),
        }
    }
}

/// A type without the invisible group in which `macro_rules!` passes on a `$ty:ty`.
pub(crate) fn ungrouped(mut ty: &Type) -> &Type {
    while let Type::Group(syn::TypeGroup { elem, .. }) | Type::Paren(syn::TypeParen { elem, .. }) = ty {
        ty = elem;
    }
    ty
}

/// `T` of `Option<T>`, however the path to `Option` is written. An alias of an `Option` is not
/// seen as one: the macro knows names, not types.
fn inside_option(ty: &Type) -> Option<&Type> {
    let Type::Path(TypePath { qself: None, path }) = ungrouped(ty) else { return None };
    let last = path.segments.last().filter(|segment| segment.ident == "Option")?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
    match arguments.args.first()? {
        GenericArgument::Type(inner) if arguments.args.len() == 1 => Some(inner),
        _ => None,
    }
}
