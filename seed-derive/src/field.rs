//! `Field`: one field of a model, and what its attributes say.

use syn::{Expr, GenericArgument, Ident, LitInt, LitStr, Path, PathArguments, Type, TypePath, Visibility};

use crate::attribute::{self, Item};
use crate::context::Context;
use crate::diesel::FieldAttributes;

/// Attributes of a field, in the order of the documentation.
pub(crate) const KNOWN: &[&str] = &[
    "references", "with", "unique", "null", "range", "values", "fake", "generator", "value", "after", "max_len", "skip",
    "key",
];

pub(crate) struct Field {
    pub(crate) ident: Ident,
    pub(crate) visibility: Visibility,
    /// The column's name in `schema.rs`.
    pub(crate) column: Ident,
    pub(crate) ty: Type,
    /// The type inside an `Option`, or the field's own.
    pub(crate) value_type: Type,
    pub(crate) nullable: bool,
    /// The columns are those of a struct (`#[diesel(embed)]`).
    pub(crate) embed: bool,
    /// The column is left to the database, or is none.
    pub(crate) skip: Option<Ident>,
    pub(crate) relation: Option<Relation>,
    pub(crate) with: Option<(Ident, Expr)>,
    pub(crate) unique: Option<Ident>,
    pub(crate) null: Option<(Ident, Expr)>,
    pub(crate) source: Option<Source>,
    /// More of `range`, `values`, … than the one that counts: a mistake.
    pub(crate) other_sources: Vec<Source>,
    pub(crate) after: Option<(Ident, Path)>,
    pub(crate) max_len: Option<LitInt>,
    pub(crate) key: Option<LitStr>,
}

/// What a relation points to.
pub(crate) enum Relation {
    /// `references = users::id`.
    Column(Path),
    /// `#[diesel(belongs_to(User))]`: the primary key of the model's table.
    Model(Path),
}

/// What makes the column's values.
pub(crate) struct Source {
    pub(crate) name: Ident,
    pub(crate) expr: Expr,
}

impl Source {
    pub(crate) fn is(&self, name: &str) -> bool {
        self.name == name
    }
}

impl Field {
    pub(crate) fn read(context: &mut Context, field: &syn::Field) -> Option<Field> {
        let ident = field.ident.clone()?;
        let diesel = FieldAttributes::read(context, &field.attrs);
        let (nullable, value_type) = match inside_option(&field.ty) {
            Some(inner) => (true, inner.clone()),
            None => (false, field.ty.clone()),
        };
        let mut read = Field {
            column: diesel.column_name.unwrap_or_else(|| ident.clone()),
            visibility: field.vis.clone(),
            ty: field.ty.clone(),
            value_type,
            nullable,
            embed: diesel.embed,
            // A field that is selected by an expression is no column.
            skip: diesel.select_expression.then(|| ident.clone()),
            relation: None,
            with: None,
            unique: None,
            null: None,
            source: None,
            other_sources: Vec::new(),
            after: None,
            max_len: None,
            key: None,
            ident,
        };
        for item in attribute::items(context, &field.attrs, KNOWN, crate::model::ONLY_ON_STRUCTS) {
            let result = read.item(item);
            context.ok(result);
        }
        Some(read)
    }

    fn item(&mut self, item: Item) -> syn::Result<()> {
        let name = item.name.clone();
        match name.to_string().as_str() {
            "references" => {
                let path = item.path("references = users::id")?;
                if path.segments.len() < 2 {
                    return Err(syn::Error::new_spanned(
                        &path,
                        "expected a column with its table, such as `references = users::id`",
                    ));
                }
                self.relation = Some(Relation::Column(path));
            }
            "with" => self.with = Some((name, item.expr("with = 3")?)),
            "unique" => self.unique = Some(item.flag()?),
            "null" => self.null = Some((name, item.expr("null = 0.2")?)),
            "range" => self.source(name, item.expr("range = 1..=10")?),
            "values" => self.source(name, item.expr("values = [\"a\", \"b\"]")?),
            "fake" => self.source(name, item.expr("fake = FirstName(EN)")?),
            "generator" => self.source(name, item.expr("generator = int(1..=10)")?),
            "value" => self.source(name, item.expr("value = row * 10")?),
            "after" => self.after = Some((name, item.path("after = created_at")?)),
            "max_len" => self.max_len = Some(item.integer("max_len = 20")?),
            "skip" => self.skip = Some(item.flag()?),
            "key" => self.key = Some(item.text("key = \"name\"")?),
            _ => {}
        }
        Ok(())
    }

    fn source(&mut self, name: Ident, expr: Expr) {
        let source = Source { name, expr };
        match self.source {
            None => self.source = Some(source),
            Some(_) => self.other_sources.push(source),
        }
    }

    /// Whether the model fills a column of its own with this field.
    pub(crate) fn is_column(&self) -> bool {
        self.skip.is_none() && !self.embed
    }

    /// Whether the column's values are computed by an expression of the model.
    pub(crate) fn computed(&self) -> Option<&Expr> {
        self.source.as_ref().filter(|source| source.is("value")).map(|source| &source.expr)
    }
}

/// `T` of `Option<T>`, however the path to `Option` is written. An alias of an `Option` is not
/// seen as one: the macro knows names, not types.
fn inside_option(ty: &Type) -> Option<&Type> {
    let Type::Path(TypePath { qself: None, path }) = ty else { return None };
    let last = path.segments.last().filter(|segment| segment.ident == "Option")?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
    match arguments.args.first()? {
        GenericArgument::Type(inner) if arguments.args.len() == 1 => Some(inner),
        _ => None,
    }
}
