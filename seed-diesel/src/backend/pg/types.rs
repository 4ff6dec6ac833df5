//! Types that Diesel asks for by their names, for threads that have no connection to ask.

use std::borrow::Cow;
use std::sync::{Arc, PoisonError, RwLock};

use diesel::pg::{FailedToLookupTypeError, PgConnection, PgMetadataCacheKey, PgMetadataLookup, PgTypeMetadata};

/// What the connection has been asked for so far, and its answers.
#[derive(Clone, Default)]
pub(super) struct Types(Arc<RwLock<Vec<(TypeName, PgTypeMetadata)>>>);

/// The name of a type, as Diesel asks for it.
#[doc(hidden)]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypeName {
    schema: Option<String>,
    name: String,
}

impl Types {
    fn find(&self, name: &str, schema: Option<&str>) -> Option<PgTypeMetadata> {
        let types = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let is_it = |of: &TypeName| of.name == name && of.schema.as_deref() == schema;
        types.iter().find(|(of, _)| is_it(of)).map(|(_, found)| found.clone())
    }

    /// Asks a connection. That there is no such type is an answer too.
    pub(super) fn ask(&self, connection: &mut PgConnection, names: &[TypeName]) {
        for name in names {
            let found = connection.lookup_type(&name.name, name.schema.as_deref());
            self.0.write().unwrap_or_else(PoisonError::into_inner).push((name.clone(), found));
        }
    }
}

/// Answers with the types that are known, and remembers the names of those that are not.
pub(super) struct Known {
    types: Types,
    pub(super) missed: Vec<TypeName>,
}

impl Known {
    pub(super) fn new(types: &Types) -> Known {
        Known { types: types.clone(), missed: Vec::new() }
    }
}

impl PgMetadataLookup for Known {
    fn lookup_type(&mut self, name: &str, schema: Option<&str>) -> PgTypeMetadata {
        self.types.find(name, schema).unwrap_or_else(|| {
            let missed = TypeName { schema: schema.map(str::to_owned), name: name.to_owned() };
            let key = PgMetadataCacheKey::new(missed.schema.clone().map(Cow::Owned), Cow::Owned(missed.name.clone()));
            self.missed.push(missed);
            PgTypeMetadata::from_result(Err(FailedToLookupTypeError::new(key)))
        })
    }
}
