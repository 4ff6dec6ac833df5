//! The types of `jiff-diesel`, which stand for those of `jiff` in a model.

use seed_core::{BoxGenerator, Hint, Kind, Map, Raise, Value, raise_as};

use super::Diesel;

macro_rules! stand_for {
    ($($wrapper:ident: $time:ty;)*) => {$(
        impl Value<Diesel> for jiff_diesel::$wrapper {
            const KIND: Kind = <$time>::KIND;

            fn infer(hint: &Hint<'_>) -> BoxGenerator<jiff_diesel::$wrapper> {
                Box::new(Map::new(<$time>::infer(hint), jiff_diesel::$wrapper::from))
            }

            fn raise() -> Option<Raise<jiff_diesel::$wrapper>> {
                Some(raise_as::<jiff_diesel::$wrapper, $time>())
            }
        }
    )*};
}

stand_for! {
    Date: jiff::civil::Date;
    DateTime: jiff::civil::DateTime;
    Time: jiff::civil::Time;
    Timestamp: jiff::Timestamp;
}
