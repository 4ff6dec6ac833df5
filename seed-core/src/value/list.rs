//! Lists, and items that may be NULL.

use crate::def::DEFAULT_NULL;
use crate::generator::BoxGenerator;
use crate::generators::optional::optional;
use crate::value::{Hint, Kind, Value};

impl<T: Value<Via>, Via> Value<Via> for Vec<T> {
    const KIND: Kind = T::LIST_KIND;

    fn infer(hint: &Hint<'_>) -> BoxGenerator<Vec<T>> {
        T::infer_list(hint)
    }
}

/// An item of a list that may be NULL, as one of ten is.
impl<T: Value<Via>, Via> Value<Via> for Option<T> {
    const KIND: Kind = T::KIND;

    fn infer(hint: &Hint<'_>) -> BoxGenerator<Option<T>> {
        Box::new(optional(T::infer(hint), DEFAULT_NULL))
    }
}
