//! `Key`: the columns of a foreign key, and those that they reference.

use std::hash::Hash;
use std::marker::PhantomData;

use diesel::Column;
use diesel::dsl::SqlTypeOf;
use diesel::expression::AsExpression;
use diesel::sql_types::SingleValue;

use crate::seedable::ColumnOf;

/// The columns of a foreign key, and those that they reference.
pub trait Key {
    /// The table that is referenced.
    type Table;

    /// The same seen from the parent: what is referenced, and by what.
    type Reversed: Key;

    /// How many columns there are.
    const COLUMNS: usize;

    /// The names of the foreign key's columns.
    fn names() -> Vec<&'static str>;
}

/// A column `F`, which references a column `K`.
pub struct One<F, K>(PhantomData<(F, K)>);

/// A column and those behind it.
pub struct And<A, B>(PhantomData<(A, B)>);

impl<F: Column, K: Column> Key for One<F, K> {
    type Table = K::Table;
    type Reversed = One<K, F>;

    const COLUMNS: usize = 1;

    fn names() -> Vec<&'static str> {
        vec![F::NAME]
    }
}

impl<A: Key, B: Key> Key for And<A, B> {
    type Table = A::Table;
    type Reversed = And<A::Reversed, B::Reversed>;

    const COLUMNS: usize = A::COLUMNS + B::COLUMNS;

    fn names() -> Vec<&'static str> {
        let mut names = A::names();
        names.extend(B::names());
        names
    }
}

/// The values of a foreign key in a row of `M`.
pub trait KeyOf<M>: Key {
    type Value: Clone + Eq + Hash;

    /// `None` where one of them is NULL: then it references nothing.
    fn get(row: &M) -> Option<Self::Value>;
}

impl<M, F, K> KeyOf<M> for One<F, K>
where
    M: crate::Seedable,
    F: ColumnOf<M, SqlType: SingleValue, Value: ReadKey<SqlTypeOf<F>>>,
    K: Column,
{
    type Value = F::Value;

    fn get(row: &M) -> Option<F::Value> {
        F::get(row).cloned()
    }
}

impl<M, A: KeyOf<M>, B: KeyOf<M>> KeyOf<M> for And<A, B> {
    type Value = (A::Value, B::Value);

    fn get(row: &M) -> Option<Self::Value> {
        Some((A::get(row)?, B::get(row)?))
    }
}

/// The type of a foreign key, by which children find their parents.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the key of relational reads",
    label = "a key of `{Self}`",
    note = "children are found by their foreign key, and grouped by it: it needs `Eq`, `Hash` and Diesel's `AsExpression`, \
            as in `#[derive(Clone, PartialEq, Eq, Hash, AsExpression)]`"
)]
pub trait ReadKey<ST: SingleValue>: Clone + Eq + Hash + AsExpression<ST> {}

#[diagnostic::do_not_recommend]
impl<T: Clone + Eq + Hash + AsExpression<ST>, ST: SingleValue> ReadKey<ST> for T {}
