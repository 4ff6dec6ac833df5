//! `ReadWith`: what is read along with the rows of a model, a relation or several.

use diesel::QueryResult;

use super::group::Group;
use crate::seedable::Seedable;

/// A foreign key of the model `M`: what it references, and how many rows of `M` reference the same.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no foreign key of a model",
    label = "no relation",
    note = "a relation points from child to parent, and is named by the child's foreign key, as in \
            `User::with(sessions::user_id)`",
    note = "that is a field with `#[seed(references = users::id)]`, or of a model with `#[diesel(belongs_to(User))]`"
)]
pub trait References<M: Seedable> {
    /// The column that it references.
    #[doc(hidden)]
    type Column;

    /// The children of one parent: `Vec<T>`, or `Option<T>` where the foreign key is unique.
    type Children<T>: Group<T>;
}

/// What can be read along with the rows of `M`: a foreign key that references its table, one with
/// [more to say](crate::RelationDsl), or a tuple of those. `K` is inferred.
pub trait ReadWith<M, K> {
    /// What there is for each row.
    type Output;
}

/// What can be read along on a connection `C`.
pub trait LoadWith<'q, M, K, C>: ReadWith<M, K> {
    /// Reads what there is for each of the rows, in their order.
    #[doc(hidden)]
    fn load_with(&self, connection: &mut C, rows: &[M]) -> QueryResult<Vec<Self::Output>>;
}

macro_rules! tuples {
    ($($relation:ident $key:ident $at:tt)*) => {
        #[diagnostic::do_not_recommend]
        impl<M, $($relation: ReadWith<M, $key>, $key),*> ReadWith<M, ($($key,)*)> for ($($relation,)*) {
            type Output = ($($relation::Output,)*);
        }

        #[diagnostic::do_not_recommend]
        impl<'q, M, C, $($relation: LoadWith<'q, M, $key, C>, $key),*> LoadWith<'q, M, ($($key,)*), C> for ($($relation,)*) {
            fn load_with(&self, connection: &mut C, rows: &[M]) -> QueryResult<Vec<Self::Output>> {
                let mut loaded = ($(self.$at.load_with(connection, rows)?.into_iter(),)*);
                // Each has something for every row.
                let mut next = || Some(($(loaded.$at.next()?,)*));
                Ok(std::iter::from_fn(&mut next).collect())
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
