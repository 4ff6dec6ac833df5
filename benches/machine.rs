//! The machine that figures are taken on.

use std::fs::read_to_string;
use std::thread::available_parallelism;

/// The machine, in a line: `2 × Intel(R) Xeon(R) Processor, 24 GB, load 0.10`.
///
/// The load is that of the last minute: well above 0 before a benchmark begins, other work was measured with it.
pub fn describe() -> String {
    let cores = available_parallelism().map_or(1, usize::from);
    let model = line_of("/proc/cpuinfo", "model name").unwrap_or_else(|| "unknown processor".to_owned());
    let memory = kilobytes("/proc/meminfo", "MemTotal") / 1_000_000;
    let load = read_to_string("/proc/loadavg").unwrap_or_default();
    let load = load.split(' ').next().unwrap_or_default();
    format!("{cores} × {model}, {memory} GB, load {load}")
}

/// The most memory that this process has had resident so far, in KB; 0 where the system does not tell.
pub fn peak() -> u64 {
    kilobytes("/proc/self/status", "VmHWM")
}

fn kilobytes(file: &str, name: &str) -> u64 {
    line_of(file, name).and_then(|line| line.strip_suffix(" kB")?.parse().ok()).unwrap_or(0)
}

/// What stands behind a name and a colon in a file of the system.
fn line_of(file: &str, name: &str) -> Option<String> {
    let text = read_to_string(file).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix(name)?.trim_start().strip_prefix(':'))?;
    Some(line.trim().to_owned())
}
