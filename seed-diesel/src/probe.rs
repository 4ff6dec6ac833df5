//! What a type can do, asked where that must not be a bound: by method resolution, which takes the
//! first receiver that fits ([autoref specialization]). Works for concrete types; of a type
//! parameter it knows what its bounds say. The methods have names that no method of the user's has.
//!
//! [autoref specialization]: https://github.com/dtolnay/case-studies/blob/master/autoref-specialization/README.md

#![expect(missing_docs, reason = "only generated code names these")]

use std::any::Any;
use std::fmt::{Debug, Display};
use std::marker::PhantomData;
use std::sync::Arc;

use diesel::query_source::SizeRestrictedColumn;
use diesel::result::Error as DieselError;
use seed_core::{Builder, Column, MadeRows, Value};

use crate::checks::FakedBy;
use crate::error::Error;
use crate::fixture::{Fixture, Given, Values};

/// The `#[max_length]` of a column, where `schema.rs` has one.
pub struct LengthOf<C>(PhantomData<C>);

impl<C> LengthOf<C> {
    pub const NEW: LengthOf<C> = LengthOf(PhantomData);
}

pub trait LengthLimit {
    fn __length(&self) -> Option<usize>;
}

impl<C: SizeRestrictedColumn> LengthLimit for LengthOf<C> {
    fn __length(&self) -> Option<usize> {
        Some(C::MAX_LENGTH)
    }
}

pub trait NoLengthLimit {
    fn __length(&self) -> Option<usize>;
}

impl<C> NoLengthLimit for &LengthOf<C> {
    fn __length(&self) -> Option<usize> {
        None
    }
}

/// A column of a type `T` whose values a faker makes: brought within the column's length where the
/// type has one.
pub struct Faked<T>(PhantomData<T>);

impl<T> Faked<T> {
    pub const NEW: Faked<T> = Faked(PhantomData);
}

pub trait FitsLength<T> {
    fn __draw<F: Send + Sync + 'static>(&self, build: &mut Builder<'_>, name: &'static str, faker: F) -> Arc<Column<T>>
    where
        T: FakedBy<F>;
}

impl<T: Value> FitsLength<T> for Faked<T> {
    fn __draw<F: Send + Sync + 'static>(&self, build: &mut Builder<'_>, name: &'static str, faker: F) -> Arc<Column<T>>
    where
        T: FakedBy<F>,
    {
        build.draw_fitted(name, seed_core::fake(faker))
    }
}

pub trait FitsAnyLength<T> {
    fn __draw<F: Send + Sync + 'static>(&self, build: &mut Builder<'_>, name: &'static str, faker: F) -> Arc<Column<T>>
    where
        T: FakedBy<F>;
}

impl<T: 'static> FitsAnyLength<T> for &Faked<T> {
    fn __draw<F: Send + Sync + 'static>(&self, build: &mut Builder<'_>, name: &'static str, faker: F) -> Arc<Column<T>>
    where
        T: FakedBy<F>,
    {
        build.draw(name, seed_core::fake(faker))
    }
}

/// A value as a preview shows it: by its `Display`, else by its `Debug`.
pub struct Show<'a, T: ?Sized>(pub &'a T);

pub trait ShowDisplay {
    fn __show(&self) -> String;
}

impl<T: Display> ShowDisplay for &&Show<'_, T> {
    fn __show(&self) -> String {
        self.0.to_string()
    }
}

pub trait ShowDebug {
    fn __show(&self) -> String;
}

impl<T: Debug> ShowDebug for &Show<'_, T> {
    fn __show(&self) -> String {
        format!("{:?}", self.0)
    }
}

pub trait ShowAny {
    fn __show(&self) -> String;
}

impl<T> ShowAny for Show<'_, T> {
    fn __show(&self) -> String {
        "…".to_owned()
    }
}

/// How something is done with a model's rows, for each kind of connection that can.
#[derive(Default)]
pub struct PerConnection(Vec<Box<dyn Any>>);

/// Inserts so many rows, of which the first is the parent of a child row, with what is known of their columns.
pub(crate) type Loader<C> = fn(&mut C, usize, u64, Values) -> Result<MadeRows, Error>;

/// How rows of a model are read.
pub struct Reader<C> {
    /// Reads rows that hold something in these columns, as parents of others.
    pub(crate) parents: fn(&mut C, &[&'static str]) -> Result<MadeRows, Error>,
    /// Reads the rows of a query, as far as the model can: what comes after its `FROM`.
    pub(crate) check: fn(&mut C, &str) -> Result<(), Unread>,
}

impl<C> Clone for Reader<C> {
    fn clone(&self) -> Reader<C> {
        *self
    }
}

impl<C> Copy for Reader<C> {}

/// A row that could not be read.
#[derive(Debug)]
pub struct Unread {
    /// How many rows were read before.
    pub(crate) rows_before: usize,
    pub(crate) source: DieselError,
}

impl PerConnection {
    pub fn add<F: 'static>(&mut self, way: Option<F>) {
        self.0.extend(way.map(|way| Box::new(way) as Box<dyn Any>));
    }

    pub(crate) fn find<F: Copy + 'static>(&self) -> Option<F> {
        self.0.iter().find_map(|way| way.downcast_ref().copied())
    }
}

/// Whether rows of `M` can be inserted and read on a connection `C`.
pub struct Probe<M, C>(PhantomData<(M, C)>);

impl<M, C> Probe<M, C> {
    pub const NEW: Probe<M, C> = Probe(PhantomData);
}

pub trait Supported<C> {
    fn __loader(&self) -> Option<Loader<C>>;
    fn __reader(&self) -> Option<Reader<C>>;
}

impl<M: Fixture<C>, C: 'static> Supported<C> for Probe<M, C> {
    fn __loader(&self) -> Option<Loader<C>> {
        Some(load_parents::<M, C>)
    }

    fn __reader(&self) -> Option<Reader<C>> {
        Some(Reader { parents: M::read, check: M::check })
    }
}

pub trait Unsupported<C> {
    fn __loader(&self) -> Option<Loader<C>>;
    fn __reader(&self) -> Option<Reader<C>>;
}

impl<M, C> Unsupported<C> for &Probe<M, C> {
    fn __loader(&self) -> Option<Loader<C>> {
        None
    }

    fn __reader(&self) -> Option<Reader<C>> {
        None
    }
}

fn load_parents<M: Fixture<C>, C: 'static>(
    connection: &mut C,
    count: usize,
    first: u64,
    values: Values,
) -> Result<MadeRows, Error> {
    let rows = Given::<M>::of(values).seed_many(connection, count)?;
    let mut made = MadeRows::new(first);
    M::made(&rows, &mut made);
    Ok(made)
}
