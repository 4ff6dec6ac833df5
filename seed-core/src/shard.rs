//! `Shard`: one of the parts that a run is cut into.

use std::fmt;
use std::ops::Range;
use std::str::FromStr;

use crate::error::Error;

/// One of the parts that a run is cut into, so that several processes load it: its number, from 1 on, and how
/// many there are.
///
/// ```
/// use seed_core::Shard;
///
/// let shard = Shard::new(3, 16)?;
/// assert_eq!("3/16".parse(), Ok(shard));
/// assert_eq!(shard.to_string(), "3/16");
/// assert_eq!(shard.part(1_600), 200..300);
/// # Ok::<(), seed_core::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shard {
    number: u64,
    count: u64,
}

impl Shard {
    /// The only one: all of a run.
    pub const WHOLE: Shard = Shard { number: 1, count: 1 };

    /// The shard of this number, from 1 to `count`.
    ///
    /// # Errors
    ///
    /// [`Error::Shard`], where there is none of this number.
    pub fn new(number: u64, count: u64) -> Result<Shard, Error> {
        let shard = Shard { number, count };
        if (1..=count).contains(&number) { Ok(shard) } else { Err(Error::Shard { number, count }) }
    }

    /// Which one it is, from 1 on.
    pub fn number(self) -> u64 {
        self.number
    }

    /// How many there are.
    pub fn count(self) -> u64 {
        self.count
    }

    /// Its part of so many rows: those of all shards, in their order, are all rows, and two parts differ by one row at
    /// most.
    pub fn part(self, rows: u64) -> Range<u64> {
        // No more than `rows`.
        let end = |number: u64| (u128::from(rows) * u128::from(number) / u128::from(self.count)) as u64;
        end(self.number - 1)..end(self.number)
    }
}

impl Default for Shard {
    fn default() -> Shard {
        Shard::WHOLE
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.number, self.count)
    }
}

impl FromStr for Shard {
    type Err = String;

    /// Reads what [`Display`](fmt::Display) writes: `3/16`.
    fn from_str(text: &str) -> Result<Shard, String> {
        let numbers = text
            .split_once('/')
            .and_then(|(number, count)| Some((number.trim().parse::<u64>().ok()?, count.trim().parse::<u64>().ok()?)));
        let (number, count) = numbers
            .ok_or_else(|| format!("`{text}` is no shard; write its number and how many there are, such as `3/16`"))?;
        Shard::new(number, count).map_err(|error| error.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(rows: u64, count: u64) -> Vec<Range<u64>> {
        (1..=count).map(|number| Shard::new(number, count).unwrap().part(rows)).collect()
    }

    #[test]
    fn the_parts_are_all_rows_and_as_long_as_one_another() {
        for (rows, count) in [(0, 3), (1, 3), (5, 16), (16, 16), (100, 7), (1 << 20, 1_000)] {
            let parts = parts(rows, count);
            assert_eq!(parts.first().unwrap().start, 0);
            assert_eq!(parts.last().unwrap().end, rows);
            assert!(parts.windows(2).all(|two| two[0].end == two[1].start));
            let lengths: Vec<u64> = parts.iter().map(|part| part.end - part.start).collect();
            assert!(lengths.iter().max().unwrap() - lengths.iter().min().unwrap() <= 1, "{rows} rows in {count}");
        }
    }

    #[test]
    fn the_largest_numbers_are_no_matter() {
        let last = Shard::new(u64::MAX, u64::MAX).unwrap();
        assert_eq!(last.part(u64::MAX), u64::MAX - 1..u64::MAX);
        assert_eq!(last.part(3), 2..3);
        assert_eq!(Shard::WHOLE.part(u64::MAX), 0..u64::MAX);
    }

    #[test]
    fn a_number_that_no_shard_has_says_which_there_are() {
        for (number, count) in [(0, 16), (17, 16)] {
            let message = Shard::new(number, count).unwrap_err().to_string();
            assert_eq!(
                message,
                format!(
                    "there is no shard {number} of {count}; they are numbered from `1/{count}` to `{count}/{count}`"
                )
            );
        }
        assert_eq!(Shard::new(0, 0).unwrap_err().to_string(), "a run cannot be cut into 0 shards; all of it is `1/1`");
        assert_eq!(Shard::new(1, 0).unwrap_err(), Error::Shard { number: 1, count: 0 });
    }

    #[test]
    fn a_text_that_is_no_shard_says_what_to_write() {
        for text in ["", "3", "3/", "/16", "3-16", "-1/16", "3/16/2", "one/two", "3.0/16"] {
            let message = text.parse::<Shard>().unwrap_err();
            assert!(message.ends_with("such as `3/16`"), "{text}: {message}");
        }
        assert!("0/16".parse::<Shard>().unwrap_err().contains("from `1/16`"));
        assert_eq!(" 3 / 16 ".parse(), Shard::new(3, 16).map_err(|error| error.to_string()));
    }
}
