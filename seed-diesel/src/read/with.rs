//! `ReadWith`: what is said to be read along with the rows of a model, and what that comes to.

use diesel::{Column, QueryResult};

use super::children::{Children, TableQuery};
use super::group::{Group, OneParent};
use super::key::Key;
use crate::seedable::Seedable;

/// A foreign key of the model `M`: what it references, whether it must, and how many rows of `M` reference the same.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no foreign key",
    label = "no foreign key of a model",
    note = "a foreign key is a field with `#[seed(references = users::id)]`, or of a model with `#[diesel(belongs_to(User))]`"
)]
pub trait References<M> {
    /// Its columns, and those that they reference.
    #[doc(hidden)]
    type Key;

    /// The children of one parent: `Vec<T>`, or `Option<T>` where the foreign key is unique.
    type Children<T>: Group<T>;

    /// The parent of a child: `T`, or `Option<T>` where the foreign key may be NULL.
    type Parent<T>: OneParent<T>;
}

/// What can be read along with the rows of `M`: a foreign key that references its table, [one with more to
/// say](crate::RelationDsl), or a tuple of those. `K` is inferred.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read along with `{M}`",
    label = "no foreign key that references the table of `{M}`",
    note = "a relation points from child to parent: `with` goes where the parent is, and names the children's foreign key, \
            as in `User::with(sessions::user_id)`; their own children are nested, as in \
            `User::with(sessions::user_id.with(scores::session_id))`; the other way it is \
            `Session::with(sessions::user_id.parent())`",
    note = "a foreign key is a field with `#[seed(references = users::id)]`, or of a model with `#[diesel(belongs_to(User))]`; \
            one of several columns is named by a field that is part of no other"
)]
pub trait ReadWith<M, K> {
    /// With the models of the children.
    #[doc(hidden)]
    type ReadAlong;

    #[doc(hidden)]
    fn relations(self) -> Self::ReadAlong;
}

/// What is read along with the rows of `M`.
pub trait ReadAlong<M> {
    /// What there is for each row.
    type Output;
}

/// What can be read along on a connection `C`.
//
// A trait of its own, so that what a connection cannot do is said of the connection.
pub trait LoadWith<'q, M, C>: ReadAlong<M> {
    /// Reads what there is for each of the rows, in their order.
    #[doc(hidden)]
    fn load_with(&self, connection: &mut C, rows: &[M]) -> QueryResult<Vec<Self::Output>>;
}

/// A foreign key, of which no more is said. `M` is the model that has it.
#[diagnostic::do_not_recommend]
impl<P, M, F> ReadWith<P, (M,)> for F
where
    P: Seedable,
    F: Column<Table: Default> + References<M, Key: Key<Table: Referenced<P::Table>>>,
{
    type ReadAlong = IfReferenced<P, M, F, Children<F, M, TableQuery<F>>>;

    fn relations(self) -> Self::ReadAlong {
        <F::Key as Key>::Table::by(Children::all(self))
    }
}

#[diagnostic::do_not_recommend]
impl<P, M, F, Q, N> ReadWith<P, ()> for Children<F, M, Q, N>
where
    P: Seedable,
    F: References<M, Key: Key<Table: Referenced<P::Table>>>,
{
    type ReadAlong = IfReferenced<P, M, F, Self>;

    fn relations(self) -> Self::ReadAlong {
        <F::Key as Key>::Table::by(self)
    }
}

/// The table that a foreign key references, which is that of the parent.
//
// What is read along is known only where it is: else there is nothing to load, and the compiler reports the mistake
// once, and not again at `load`.
pub trait Referenced<Table> {
    type By<R>;

    fn by<R>(relation: R) -> Self::By<R>;
}

impl<Table> Referenced<Table> for Table {
    type By<R> = R;

    fn by<R>(relation: R) -> R {
        relation
    }
}

type IfReferenced<P, M, F, R> =
    <<<F as References<M>>::Key as Key>::Table as Referenced<<P as Seedable>::Table>>::By<R>;

macro_rules! tuples {
    ($($relation:ident $key:ident $at:tt)*) => {
        #[diagnostic::do_not_recommend]
        impl<M, $($relation: ReadWith<M, $key>, $key),*> ReadWith<M, ($($key,)*)> for ($($relation,)*) {
            type ReadAlong = ($($relation::ReadAlong,)*);

            fn relations(self) -> Self::ReadAlong {
                ($(self.$at.relations(),)*)
            }
        }

        impl<M, $($relation: ReadAlong<M>),*> ReadAlong<M> for ($($relation,)*) {
            type Output = ($($relation::Output,)*);
        }

        impl<'q, M, C, $($relation: LoadWith<'q, M, C>),*> LoadWith<'q, M, C> for ($($relation,)*) {
            fn load_with(&self, connection: &mut C, rows: &[M]) -> QueryResult<Vec<Self::Output>> {
                let mut loaded = ($(self.$at.load_with(connection, rows)?.into_iter(),)*);
                // Each has something for every row.
                let next = || Some(($(loaded.$at.next()?,)*));
                Ok(std::iter::from_fn(next).collect())
            }
        }
    };
}
tuples!(A KA 0 B KB 1);
tuples!(A KA 0 B KB 1 D KD 2);
tuples!(A KA 0 B KB 1 D KD 2 E KE 3);
tuples!(A KA 0 B KB 1 D KD 2 E KE 3 F KF 4);
tuples!(A KA 0 B KB 1 D KD 2 E KE 3 F KF 4 G KG 5);
tuples!(A KA 0 B KB 1 D KD 2 E KE 3 F KF 4 G KG 5 H KH 6);
tuples!(A KA 0 B KB 1 D KD 2 E KE 3 F KF 4 G KG 5 H KH 6 I KI 7);
