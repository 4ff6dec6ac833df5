//! The name that was probably meant.

/// The known name nearest to `name`, where one is near enough to be a slip.
///
/// ```
/// use seed_core::nearest;
///
/// assert_eq!(nearest("sesions", ["users", "sessions"]), Some("sessions"));
/// assert_eq!(nearest("orders", ["users", "sessions"]), None);
/// ```
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    known
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(name, candidate), candidate))
        .filter(|&(distance, candidate)| distance <= name.len().max(candidate.len()).div_ceil(3).min(4))
        .min_by_key(|&(distance, _)| distance)
        .map(|(_, candidate)| candidate)
}
