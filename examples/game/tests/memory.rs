//! Memory does not grow with the number of rows.

#![cfg(all(target_os = "linux", not(any(feature = "mysql", feature = "postgres"))))]

use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

#[test]
fn ten_times_the_rows_need_no_more_memory() {
    // 64,005 and 640,005 rows: even the fewer are more than all buffers hold.
    let (few, many) = (peak_of_a_run(2_000), peak_of_a_run(20_000));
    assert!(many * 10 <= few * 11, "{few} KiB for 2,000 users, {many} KiB for 20,000");
}

/// The most memory, in KiB, that `seed` had resident in a run for so many users.
fn peak_of_a_run(users: u64) -> u64 {
    let folder = tempfile::tempdir().unwrap();
    let mut seed = Command::new(env!("CARGO_BIN_EXE_seed"))
        .args(["--database-url", "game.sqlite3", "--count", &format!("users={users}")])
        .current_dir(&folder)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    // The number only rises, and is gone with the process: the last one that is seen is the peak,
    // but for what comes in its last millisecond.
    let mut peak = 0;
    while seed.try_wait().unwrap().is_none() {
        let status = std::fs::read_to_string(format!("/proc/{}/status", seed.id())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        peak = line.and_then(|line| line.trim().strip_suffix(" kB")?.parse().ok()).unwrap_or(peak);
        thread::sleep(Duration::from_millis(1));
    }
    assert!(seed.wait().unwrap().success());
    assert!(peak > 1_000, "{peak} KiB");
    peak
}
