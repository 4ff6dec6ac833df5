//! `String`.

use crate::generator::BoxGenerator;
use crate::infer::infer;
use crate::text;
use crate::value::{Hint, Kind, Value};

impl Value for String {
    const KIND: Kind = Kind::Text;

    fn infer(hint: &Hint<'_>) -> BoxGenerator<String> {
        text::generator(infer(hint, Kind::Text), hint)
    }

    fn fit(&mut self, max_len: usize) {
        text::cut(self, max_len);
    }
}
