//! Which attributes there are, and which of them may have been meant.

/// What bears attributes.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Bearer {
    Struct,
    Field,
    Newtype,
    FieldOfNewtype,
    Enum,
    Variant,
    /// `references(…)` of a struct.
    Composite,
    /// `tree(…)` of a relation.
    Tree,
}

impl Bearer {
    /// The attributes that it takes, in the order of the documentation.
    pub(crate) fn known(self) -> &'static [&'static str] {
        match self {
            Bearer::Struct => &["count", "unique", "references", "differ", "locale", "key", "crate"],
            Bearer::Field => &[
                "references",
                "with",
                "zipf",
                "tree",
                "agree",
                "unique",
                "null",
                "range",
                "values",
                "fake",
                "generator",
                "value",
                "after",
                "max_len",
                "precision",
                "scale",
                "locale",
                "skip",
                "key",
            ],
            Bearer::Newtype | Bearer::Enum => &["crate"],
            Bearer::FieldOfNewtype => &[],
            Bearer::Variant => &["weight"],
            Bearer::Composite => &["with", "zipf", "tree", "agree"],
            Bearer::Tree => &["roots", "branching", "depth"],
        }
    }

    /// Whether it takes the attribute more than once.
    pub(super) fn repeats(self, name: &str) -> bool {
        self == Bearer::Struct && matches!(name, "unique" | "references" | "differ")
    }
}

/// What is said of an attribute that its bearer does not take.
pub(super) fn unknown(name: &str, bearer: Bearer) -> String {
    let takes = |bearer: Bearer| bearer.known().contains(&name);
    match bearer {
        Bearer::Struct if takes(Bearer::Field) => {
            return format!(
                "`{name}` is an attribute of a field, not of a struct; write it above the field that it is for"
            );
        }
        Bearer::Field if takes(Bearer::Struct) => {
            return format!("`{name}` is an attribute of a struct, not of a field; write it above the struct");
        }
        Bearer::Variant => {
            return format!(
                "unknown attribute `{name}` of a variant; there is `weight = 0.7`, and `weight = 0` leaves the variant out"
            );
        }
        Bearer::Enum if takes(Bearer::Variant) => {
            return format!("`{name}` is an attribute of a variant; write it above the variant that it is for");
        }
        _ if takes(Bearer::Variant) => {
            return format!(
                "`{name}` is an attribute of an enum's variant; a field has weights beside its values, as in `values = [(\"a\", 0.7), \
                 (\"b\", 0.3)]`"
            );
        }
        Bearer::Newtype | Bearer::FieldOfNewtype | Bearer::Enum if takes(Bearer::Field) || takes(Bearer::Struct) => {
            let of = if bearer == Bearer::Enum { "enum" } else { "newtype" };
            return format!("`{name}` is an attribute of models; write it where the {of} is used");
        }
        _ => {}
    }
    match nearest(name, bearer.known()) {
        Some(nearest) => format!("unknown attribute `{name}`; did you mean `{nearest}`?"),
        None if bearer.known().is_empty() => format!("unknown attribute `{name}`; a newtype's field has none"),
        None => format!("unknown attribute `{name}`; there are `{}`", bearer.known().join("`, `")),
    }
}

/// The known name that may have been meant: by its spelling, or by what it is called elsewhere.
fn nearest<'a>(name: &str, known: &'a [&'a str]) -> Option<&'a str> {
    const ELSEWHERE: &[(&str, &[&str])] = &[
        ("after", &["not_before", "since"]),
        ("agree", &["agrees", "consistent", "same"]),
        ("count", &["amount", "number", "rows"]),
        ("differ", &["different", "distinct", "not_equal"]),
        ("fake", &["dummy", "faker"]),
        ("locale", &["lang", "language"]),
        ("max_len", &["length", "max_length", "size"]),
        ("null", &["nullable", "optional"]),
        ("range", &["between", "bounds", "max", "min"]),
        ("precision", &["digits"]),
        ("references", &["belongs_to", "foreign_key", "parent", "relation"]),
        ("scale", &["decimals", "places"]),
        ("skip", &["default", "ignore"]),
        ("tree", &["branching", "depth", "hierarchy", "roots"]),
        ("unique", &["unique_together"]),
        ("value", &["constant", "expr", "with_value"]),
        ("values", &["choices", "enum", "one_of", "variants"]),
        ("with", &["children", "each", "per_parent"]),
        ("zipf", &["pareto", "popularity", "skew"]),
    ];
    let meant = ELSEWHERE.iter().find(|(_, names)| names.contains(&name)).map(|(meant, _)| *meant);
    if let Some(meant) = meant.and_then(|meant| known.iter().find(|known| **known == meant)) {
        return Some(meant);
    }
    nearest_of(name, known)
}

/// The known name that is spelled most alike.
pub(crate) fn nearest_of<'a>(name: &str, known: &[&'a str]) -> Option<&'a str> {
    known
        .iter()
        .map(|candidate| (strsim::damerau_levenshtein(name, candidate), *candidate))
        .filter(|(distance, candidate)| *distance <= candidate.len().div_ceil(3))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}
