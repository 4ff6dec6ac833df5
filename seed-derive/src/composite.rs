//! `Composite`: a foreign key of several columns.

use syn::Ident;

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

    /// Of several models of the parent's table, the own relation of one of the fields may say which is meant.
    pub(crate) fn belongs_to(&mut self, own: Option<&Relation>) {
        let own = own.filter(|own| own.table_name().is_some() && own.table_name() == self.table_name());
        let model = own.and_then(|own| own.model.as_ref());
        for pair in self.pairs.iter_mut().filter(|pair| pair.relation.model.is_none()) {
            pair.relation.model = model.cloned();
        }
    }

    /// The name of the parent's table.
    pub(crate) fn table_name(&self) -> Option<String> {
        self.pairs.first().and_then(|pair| pair.relation.table_name())
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
