//! `Generator` makes the value of a cell; a `Domain` is one whose values can be counted.

use std::marker::PhantomData;
use std::sync::Arc;

use crate::cell::Cell;
use crate::range::Integer;
use crate::value::Hint;

/// A generator whose type is not known, as a column keeps it.
pub type BoxGenerator<T> = Box<dyn Generator<T>>;

/// Values that are looked at one by one, at most.
pub(crate) const FEW: u64 = 1_000;

/// What makes the value of a cell.
///
/// The value must follow from the cell alone: no state, no clock, no order of calls. Whatever is
/// random comes from [`Cell::stream`].
///
/// Implement it for values of your own and name it with `#[seed(generator = …)]`; where the values
/// can be counted, implement [`Domain`] instead, and the column can be `unique`.
///
/// ```
/// use seed_core::{Cell, Generator};
///
/// /// A plate such as `B-4711`.
/// struct Plate;
///
/// impl Generator<String> for Plate {
///     fn value(&self, cell: &Cell) -> String {
///         let mut stream = cell.stream();
///         let letter = char::from(b'A' + stream.below(26) as u8);
///         format!("{letter}-{:04}", stream.below(10_000))
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not generate values of type `{T}`",
    label = "not a generator of `{T}`",
    note = "the column's field decides the type that a generator must make (for an `Option<T>`, it is `T`)"
)]
pub trait Generator<T>: Send + Sync {
    /// The value of a cell.
    fn value(&self, cell: &Cell) -> T;

    /// The values as a countable space, where they are one: what `unique` permutes.
    fn domain(&self) -> Option<&dyn Domain<T>> {
        None
    }

    /// What the column tells its generator: its length, its locale, whether it is unique. Called once,
    /// before [`check`](Generator::check) and any value.
    fn prepare(&mut self, _hint: &Hint<'_>) {}

    /// What is wrong with how the generator was set up. Asked once, by the plan, before any value.
    ///
    /// # Errors
    ///
    /// A text that completes "column `users.age`: …", such as "the range is empty".
    fn check(&self) -> Result<(), String> {
        Ok(())
    }

    /// All values that it may make, where they are few enough to be looked at one by one; else none. Values that weigh
    /// nothing are not among them.
    fn listed(&self) -> Vec<T> {
        match self.domain() {
            Some(domain) if domain.size() <= FEW => (0..domain.size()).map(|index| domain.nth(index)).collect(),
            _ => Vec::new(),
        }
    }

    /// The values, each turned into another one: `point(..).map(|(x, y)| Place { x, y })`.
    ///
    /// Where this generator can be counted, the new one can be as well: for a `unique` column `into` must
    /// keep distinct values distinct. It must be a pure function of its argument.
    ///
    /// ```
    /// use seed_core::{Generator, int};
    ///
    /// let even = int::<i32>(1..=50).map(|n| n * 2);
    /// assert_eq!(even.domain().map(|even| even.nth(49)), Some(100));
    /// ```
    fn map<U, F>(self, into: F) -> Map<T, U>
    where
        Self: Sized + 'static,
        F: Fn(T) -> U + Send + Sync + 'static,
    {
        Map::new(self.boxed(), into)
    }

    /// The generator without its type, to be kept beside others of the same values.
    fn boxed(self) -> BoxGenerator<T>
    where
        Self: Sized + 'static,
    {
        Box::new(self)
    }
}

/// A finite, indexable value space: a word list, a range, a product of those.
///
/// `nth` must give a different value for each index below `size`.
///
/// A column that is not unique draws an index from its stream, a unique one takes the index that
/// the row has in a keyed permutation of `0..size`. [`domain()`] makes a generator of a domain.
pub trait Domain<T>: Send + Sync {
    /// How many values there are; `u64::MAX` also stands for more.
    fn size(&self) -> u64;

    /// The value at an index below `size`.
    fn nth(&self, index: u64) -> T;

    /// The index that a cell draws where the column is not unique.
    fn draw(&self, cell: &Cell) -> u64 {
        cell.below(self.size())
    }

    /// The index that a row takes where the column is unique: a bijection from rows below `size`.
    fn index(&self, cell: &Cell) -> u64 {
        cell.permute(self.size())
    }

    /// Whether `nth` rises with the index. `after` draws again above its floor from such a domain.
    fn is_ordered(&self) -> bool {
        false
    }

    /// Whether the values are all steps of an [`Ordinal`](crate::Ordinal) from the first to the last, so that `after`
    /// finds its floor among them without a search.
    fn has_every_step(&self) -> bool {
        false
    }

    /// Whether rows that differ together with their parent take one value after the other: the lines of
    /// an order are 1, 2, 3.
    fn counts_up(&self) -> bool {
        false
    }

    /// See [`Generator::prepare`].
    fn prepare(&mut self, _hint: &Hint<'_>) {}

    /// See [`Generator::check`].
    ///
    /// # Errors
    ///
    /// As there.
    fn check(&self) -> Result<(), String> {
        Ok(())
    }
}

/// A domain as a generator: `#[seed(generator = domain(Weekday), unique)]`.
///
/// ```
/// use seed_core::{Domain, Generator, domain};
///
/// struct Weekday;
///
/// impl Domain<&'static str> for Weekday {
///     fn size(&self) -> u64 {
///         5
///     }
///     fn nth(&self, index: u64) -> &'static str {
///         ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"][index as usize]
///     }
/// }
///
/// let days = domain(Weekday);
/// assert_eq!(days.domain().map(|days| days.size()), Some(5));
/// ```
pub fn domain<D>(domain: D) -> Countable<D> {
    Countable(domain)
}

/// See [`domain()`].
#[derive(Debug, Clone, Copy)]
pub struct Countable<D>(D);

impl<T, D: Domain<T>> Generator<T> for Countable<D> {
    fn value(&self, cell: &Cell) -> T {
        self.0.nth(self.0.draw(cell))
    }

    fn domain(&self) -> Option<&dyn Domain<T>> {
        Some(&self.0)
    }

    fn prepare(&mut self, hint: &Hint<'_>) {
        self.0.prepare(hint);
    }

    fn check(&self) -> Result<(), String> {
        self.0.check()
    }
}

impl<T> Generator<T> for BoxGenerator<T> {
    fn value(&self, cell: &Cell) -> T {
        (**self).value(cell)
    }

    fn domain(&self) -> Option<&dyn Domain<T>> {
        (**self).domain()
    }

    fn listed(&self) -> Vec<T> {
        (**self).listed()
    }

    fn prepare(&mut self, hint: &Hint<'_>) {
        (**self).prepare(hint);
    }

    fn check(&self) -> Result<(), String> {
        (**self).check()
    }
}

/// Makes types that are domains generators as well. (A blanket impl would do it for all, and
/// forbid any other generic generator, here and in the crates of users: a third crate might make
/// that one a domain.)
macro_rules! domains {
    ($(($($generics:tt)*) $type:ty => $value:ty;)*) => {$(
        impl<$($generics)*> $crate::generator::Generator<$value> for $type {
            #[inline]
            fn value(&self, cell: &$crate::cell::Cell) -> $value {
                $crate::generator::Domain::<$value>::nth(self, $crate::generator::Domain::<$value>::draw(self, cell))
            }

            fn domain(&self) -> Option<&dyn $crate::generator::Domain<$value>> {
                Some(self)
            }

            fn prepare(&mut self, hint: &$crate::value::Hint<'_>) {
                $crate::generator::Domain::<$value>::prepare(self, hint);
            }

            fn check(&self) -> Result<(), String> {
                $crate::generator::Domain::<$value>::check(self)
            }
        }
    )*};
}
pub(crate) use domains;

domains! {
    (T: Integer) Serial<T> => T;
}

/// Counts up from 1 with the row: what an integer primary key does by default.
///
/// ```
/// use seed_core::{Domain, serial};
///
/// assert_eq!(serial::<i32>().nth(0), 1);
/// assert_eq!(serial::<i16>().size(), 32_767);
/// ```
pub fn serial<T: Integer>() -> Serial<T> {
    Serial { size: u64::try_from(T::MAXIMUM).unwrap_or(u64::MAX), of: PhantomData }
}

/// See [`serial`].
#[derive(Debug, Clone, Copy)]
pub struct Serial<T> {
    size: u64,
    of: PhantomData<fn() -> T>,
}

impl<T: Integer> Domain<T> for Serial<T> {
    fn size(&self) -> u64 {
        self.size
    }
    fn nth(&self, index: u64) -> T {
        T::from_ordinal(i128::from(index) + 1)
    }
    fn draw(&self, cell: &Cell) -> u64 {
        self.index(cell)
    }
    fn index(&self, cell: &Cell) -> u64 {
        if cell.row < self.size { cell.row } else { cell.row % self.size }
    }
    fn is_ordered(&self) -> bool {
        true
    }
    fn counts_up(&self) -> bool {
        true
    }
    fn prepare(&mut self, hint: &Hint<'_>) {
        if let Some((_, highest)) = hint.bounds.and_then(|bounds| bounds.of(T::STEP)) {
            self.size = self.size.min(u64::try_from(highest).unwrap_or(0)).max(1);
        }
    }
}

/// The same value for every row.
pub fn constant<T: Clone + Send + Sync>(value: T) -> Given<T> {
    given(0, [value])
}

/// Values that are already there: the `i`-th one for row `first + i`, and around again.
///
/// What a test has given to a fixture, and the keys that a database has drawn.
pub fn given<T: Clone + Send + Sync>(first: u64, values: impl Into<Arc<[T]>>) -> Given<T> {
    Given { first, values: values.into(), fits: Ok(()) }
}

/// See [`constant`] and [`given`].
#[derive(Debug, Clone)]
pub struct Given<T> {
    first: u64,
    values: Arc<[T]>,
    fits: Result<(), String>,
}

impl<T: Clone + Send + Sync + 'static> Generator<T> for Given<T> {
    fn value(&self, cell: &Cell) -> T {
        let index = cell.row.wrapping_sub(self.first) % self.values.len() as u64;
        self.values[index as usize].clone()
    }

    fn listed(&self) -> Vec<T> {
        if self.values.len() as u64 <= FEW { self.values.to_vec() } else { Vec::new() }
    }

    fn prepare(&mut self, hint: &Hint<'_>) {
        self.fits = hint.holds(&self.values);
    }

    fn check(&self) -> Result<(), String> {
        if self.values.is_empty() {
            return Err("no values are given".to_owned());
        }
        self.fits.clone()
    }
}

/// The values of another generator, each turned into a value of another type: a newtype's. See
/// [`Generator::map`].
pub struct Map<T, U>(MapDomain<T, U>);

struct MapDomain<T, U> {
    inner: BoxGenerator<T>,
    into: Box<dyn Fn(T) -> U + Send + Sync>,
}

impl<T, U> Map<T, U> {
    /// The values of `inner`, turned into `U` one by one.
    pub fn new(inner: BoxGenerator<T>, into: impl Fn(T) -> U + Send + Sync + 'static) -> Map<T, U> {
        Map(MapDomain { inner, into: Box::new(into) })
    }
}

impl<T: 'static, U: 'static> Generator<U> for Map<T, U> {
    fn value(&self, cell: &Cell) -> U {
        (self.0.into)(self.0.inner.value(cell))
    }

    fn domain(&self) -> Option<&dyn Domain<U>> {
        self.0.inner.domain().map(|_| &self.0 as &dyn Domain<U>)
    }

    fn listed(&self) -> Vec<U> {
        self.0.inner.listed().into_iter().map(&self.0.into).collect()
    }

    fn prepare(&mut self, hint: &Hint<'_>) {
        self.0.inner.prepare(&hint.unbounded());
    }

    fn check(&self) -> Result<(), String> {
        self.0.inner.check()
    }
}

impl<T, U> MapDomain<T, U> {
    /// Only reached through [`Generator::domain`] of `Map`, which has asked.
    fn domain(&self) -> &dyn Domain<T> {
        self.inner.domain().expect("`Map` is a domain only where its inner generator is one")
    }
}

impl<T: 'static, U: 'static> Domain<U> for MapDomain<T, U> {
    fn size(&self) -> u64 {
        self.domain().size()
    }
    fn nth(&self, index: u64) -> U {
        (self.into)(self.domain().nth(index))
    }
    fn draw(&self, cell: &Cell) -> u64 {
        self.domain().draw(cell)
    }
    fn index(&self, cell: &Cell) -> u64 {
        self.domain().index(cell)
    }
    fn is_ordered(&self) -> bool {
        self.domain().is_ordered()
    }
    fn counts_up(&self) -> bool {
        self.domain().counts_up()
    }
}
