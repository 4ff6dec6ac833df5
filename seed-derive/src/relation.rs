//! `Relation`: what a foreign key references, and how its parents are chosen.

use syn::{Expr, Ident, LitBool, Path};

use crate::attribute::{Bearer, Item};
use crate::context::Context;
use crate::model::ident_text;

/// What a foreign key of one column references: said by one of the two at least.
#[derive(Default)]
pub(crate) struct Relation {
    /// `references = users::id`; without it, the primary key of the model's table.
    pub(crate) column: Option<Path>,
    /// `#[diesel(belongs_to(User))]`; without it, the model that fills the column.
    pub(crate) model: Option<Path>,
}

/// Which parents the rows have.
#[derive(Default)]
pub(crate) struct Choice {
    pub(crate) with: Option<(Ident, Expr)>,
    pub(crate) zipf: Option<(Ident, Expr)>,
    pub(crate) tree: Option<Tree>,
    pub(crate) agree: Option<(Ident, LitBool)>,
}

/// `tree(roots = 0.1, branching = 4)`: the trees that the rows of a self reference are.
pub(crate) struct Tree {
    pub(crate) name: Ident,
    pub(crate) roots: Option<(Ident, Expr)>,
    pub(crate) branching: Option<(Ident, Expr)>,
    pub(crate) depth: Option<(Ident, Expr)>,
}

impl Relation {
    /// The name of the parent's table, or else of its model.
    pub(crate) fn parent_name(&self) -> String {
        self.table_name().unwrap_or_else(|| self.model_name())
    }

    /// `users` of `schema::users::id`; none of a `belongs_to` alone.
    pub(crate) fn table_name(&self) -> Option<String> {
        let table = self.column.as_ref()?.segments.iter().rev().nth(1)?;
        Some(ident_text(&table.ident))
    }

    /// The name of the parent's model; none where it is not known.
    pub(crate) fn model_name(&self) -> String {
        let model = self.model.as_ref().and_then(|model| model.segments.last());
        model.map(|last| ident_text(&last.ident)).unwrap_or_default()
    }
}

/// `name = users::id`
pub(crate) fn column(item: Item, example: &str) -> syn::Result<Path> {
    let what = "a column with its table";
    let path = item.path(what, example)?;
    let is_table = path.segments.last().is_some_and(|last| last.ident == "table");
    if path.segments.len() < 2 || is_table {
        return Err(syn::Error::new_spanned(path, format!("expected {what}, as in `{example}`")));
    }
    Ok(path)
}

impl Choice {
    /// Reads one of its items; of another name, there is nothing to read.
    pub(crate) fn item(&mut self, context: &mut Context, item: Item) -> syn::Result<()> {
        let name = item.name.clone();
        match name.to_string().as_str() {
            "with" => self.with = Some((name, item.expr("with = 3")?)),
            "zipf" => self.zipf = Some((name, item.expr("zipf = 1.1")?)),
            "tree" => self.tree = Some(Tree::read(context, item)?),
            "agree" => self.agree = Some((name, item.boolean("agree = false")?)),
            _ => {}
        }
        Ok(())
    }

    /// What is said, by its names.
    pub(crate) fn names(&self) -> impl Iterator<Item = &Ident> {
        let (with, zipf) = (self.with.iter().map(|(name, _)| name), self.zipf.iter().map(|(name, _)| name));
        let (tree, agree) = (self.tree.iter().map(|tree| &tree.name), self.agree.iter().map(|(name, _)| name));
        with.chain(zipf).chain(tree).chain(agree)
    }
}

impl Tree {
    fn read(context: &mut Context, item: Item) -> syn::Result<Tree> {
        let mut tree = Tree { name: item.name.clone(), roots: None, branching: None, depth: None };
        for item in item.options(context, Bearer::Tree, "tree(roots = 0.1, branching = 4)")? {
            let name = item.name.clone();
            match name.to_string().as_str() {
                "roots" => tree.roots = Some((name, item.expr("roots = 0.1")?)),
                "branching" => tree.branching = Some((name, item.expr("branching = 4")?)),
                _ => tree.depth = Some((name, item.expr("depth = 5")?)),
            }
        }
        Ok(tree)
    }
}
