//! Ten million unique e-mail addresses: the rate of each million, and the memory of all.
//!
//! Beside them, what one would otherwise write: draw an address of the `fake` crate, and again where a
//! set holds it already. Ten million draws show how far that comes.

use std::collections::HashSet;
use std::error::Error;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::time::{Duration, Instant};

use fake::Fake;
use fake::faker::internet::raw::FreeEmail;
use fake::locales::EN;
use fake::rand::SeedableRng;
use fake::rand::rngs::StdRng;
use seed_benches::machine::peak;
use seed_diesel::{BoxGenerator, Cell, Hint, Key, Value};

const MILLION: u64 = 1_000_000;
const MILLIONS: u64 = 10;

fn main() -> Result<(), Box<dyn Error>> {
    let mut hint = Hint::new("users", "email");
    hint.unique = true;
    let emails: BoxGenerator<String> = String::infer(&hint);
    let emails = emails.domain().ok_or("unique addresses can be counted")?;
    let table = Key::seed(0).child("users");
    let email = |row| emails.nth(emails.index(&Cell { table, column: table.child("email"), row }));

    let before = peak();
    let mut rates = Vec::new();
    println!("unique e-mail addresses, rows/s of each million:");
    for million in 0..MILLIONS {
        let started = Instant::now();
        let length: usize = (million * MILLION..(million + 1) * MILLION).map(|row| email(row).len()).sum();
        let rate = rate(started.elapsed());
        println!("  {:>2}: {rate:>9.0}, such as {} ({length} bytes)", million + 1, email(million * MILLION));
        rates.push(rate);
    }
    println!("  the last million at {:.2} of the first one's rate", rates[rates.len() - 1] / rates[0]);
    println!("  memory: {} KB above the start", peak() - before);

    let mut hashes: Vec<u64> = (0..MILLIONS * MILLION).map(|row| hash(&email(row))).collect();
    hashes.sort_unstable();
    hashes.dedup();
    println!("  {} of {} differ", hashes.len(), MILLIONS * MILLION);
    drop(hashes);

    println!("drawn from `fake` until a set does not hold it:");
    let mut random = StdRng::seed_from_u64(0);
    let mut seen: HashSet<String> = HashSet::new();
    let started = Instant::now();
    for _ in 0..MILLIONS * MILLION {
        seen.insert(FreeEmail(EN).fake_with_rng(&mut random));
    }
    println!("  {} differ after {} draws", seen.len(), MILLIONS * MILLION);
    println!("  {:.0} rows/s, as far as it comes", seen.len() as f64 / started.elapsed().as_secs_f64());
    println!("  memory: {} KB above the start", peak() - before);
    Ok(())
}

fn rate(elapsed: Duration) -> f64 {
    MILLION as f64 / elapsed.as_secs_f64()
}

fn hash(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}
