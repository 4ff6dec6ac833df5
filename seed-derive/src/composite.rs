//! `Composite`: a foreign key of several columns.

use syn::{Ident, Path};

use crate::attribute::{self, Bearer, Item, nearest_of};
use crate::context::Context;
use crate::relation::{self, Choice, Relation};

/// `references(tenant_id = orders::tenant_id, order_id = orders::id, with = 1..=5)`
pub(crate) struct Composite {
    /// `references`
    pub(crate) name: Ident,
    pub(crate) pairs: Vec<Pair>,
    pub(crate) choice: Choice,
    /// A mistake has been noted.
    pub(crate) mistaken: bool,
}

/// `order_id = orders::id`
pub(crate) struct Pair {
    pub(crate) field: Ident,
    /// What the field references, with its column.
    pub(crate) relation: Relation,
}

const WHAT: &str = "two fields or more above a struct, each with the column that it references";

/// How a composite foreign key is written.
pub(crate) const EXAMPLE: &str = "references(tenant_id = orders::tenant_id, order_id = orders::id)";

impl Composite {
    pub(crate) fn read(context: &mut Context, item: Item) -> Composite {
        let mut composite =
            Composite { name: item.name.clone(), pairs: Vec::new(), choice: Choice::default(), mistaken: false };
        composite.mistaken = context.finds_any(|context| {
            let parts = context.ok(item.parts(WHAT, EXAMPLE));
            let is_option = |item: &Item| Bearer::Composite.known().contains(&item.name.to_string().as_str());
            let (options, pairs): (Vec<_>, Vec<_>) = parts.into_iter().flatten().partition(is_option);
            composite.pairs = pairs.into_iter().filter_map(|item| context.ok(Pair::read(item))).collect();
            for item in attribute::each_known_once(context, options, Bearer::Composite) {
                let result = composite.choice.item(context, item);
                context.ok(result);
            }
        });
        composite
    }

    /// The pair of a field.
    pub(crate) fn pair(&self, field: &Ident) -> Option<&Pair> {
        self.pairs.iter().find(|pair| pair.field == *field)
    }

    /// Says which model is its parent's.
    pub(crate) fn belongs_to(&mut self, model: &Path) {
        for pair in &mut self.pairs {
            pair.relation.model.get_or_insert_with(|| model.clone());
        }
    }

    /// The name of the parent's table.
    pub(crate) fn parent_name(&self) -> String {
        self.pairs.first().map(|pair| pair.relation.parent_name()).unwrap_or_default()
    }
}

impl Pair {
    fn read(item: Item) -> syn::Result<Pair> {
        let field = item.name.clone();
        let column = relation::column(item, "order_id = orders::id");
        // What is no pair may have been meant for something else.
        let column = column.map_err(|error| match nearest_of(&field.to_string(), Bearer::Composite.known()) {
            Some(nearest) => {
                syn::Error::new_spanned(&field, format!("unknown attribute `{field}`; did you mean `{nearest}`?"))
            }
            None => error,
        })?;
        Ok(Pair { field, relation: Relation { column: Some(column), model: None } })
    }
}
