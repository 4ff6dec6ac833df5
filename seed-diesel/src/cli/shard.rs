//! `--shard 3/16`, and `--shard auto`: what a scheduler of many processes tells in their environment.

use std::str::FromStr;

use seed_core::Shard;

/// What is said of the shard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ShardArg {
    Given(Shard),
    /// The environment tells it; or the number alone, of so many.
    Auto(Option<u64>),
}

/// The number of a pod of a Kubernetes indexed job, from 0 on. How many there are, `spec.completions`, is in no
/// variable, and cannot be put into one by a pod's fields.
const KUBERNETES: &str = "JOB_COMPLETION_INDEX";

/// The number of a task of a Slurm job array, as the array numbers them.
const SLURM: &str = "SLURM_ARRAY_TASK_ID";

impl FromStr for ShardArg {
    type Err = String;

    fn from_str(text: &str) -> Result<ShardArg, String> {
        let Some(auto) = text.strip_prefix("auto") else { return text.parse().map(ShardArg::Given) };
        if auto.is_empty() {
            return Ok(ShardArg::Auto(None));
        }
        let count = auto.strip_prefix('/').and_then(|count| count.parse().ok()).filter(|&count: &u64| count > 0);
        let what = "write `auto`, or with the number of shards `auto/16`";
        count.map(|count| ShardArg::Auto(Some(count))).ok_or_else(|| format!("`{text}` is no shard; {what}"))
    }
}

impl ShardArg {
    /// The shard, with the variables of the environment.
    ///
    /// # Errors
    ///
    /// Which variables were looked at, and what to write instead.
    pub(super) fn shard(self, variable: &dyn Fn(&str) -> Option<String>) -> Result<Shard, String> {
        let count = match self {
            ShardArg::Given(shard) => return Ok(shard),
            ShardArg::Auto(count) => count,
        };
        match (variable(KUBERNETES), variable(SLURM)) {
            (None, None) => Err(format!(
                "`--shard auto` reads {SLURM}, which Slurm sets for the tasks of a job array, and {KUBERNETES}, which \
                 Kubernetes sets for the pods of an indexed job, and neither of them is set; write the shard itself, such as \
                 `--shard 3/16`"
            )),
            (Some(_), Some(_)) => Err(format!(
                "both {SLURM} and {KUBERNETES} are set, and `--shard auto` cannot tell which of them counts the shards; write \
                 the shard itself, such as `--shard 3/16`"
            )),
            (Some(index), None) => of_kubernetes(&index, count),
            (None, Some(id)) => of_slurm(&id, count, variable),
        }
    }
}

fn of_kubernetes(index: &str, count: Option<u64>) -> Result<Shard, String> {
    let number = number(KUBERNETES, index)?;
    let Some(count) = count else {
        return Err(format!(
            "{KUBERNETES} is {number}, but Kubernetes does not tell a pod how many there are; write it, as it stands in \
             `completions`: `--shard auto/16`"
        ));
    };
    number.checked_add(1).and_then(|number| Shard::new(number, count).ok()).ok_or_else(|| {
        format!("{KUBERNETES} is {number}, but the last of {count} shards has {}; write `--shard auto/N` with the job's `completions`", count - 1)
    })
}

/// A job array may begin anywhere, and leave numbers out: `--array=1-31:2`.
fn of_slurm(id: &str, count: Option<u64>, variable: &dyn Fn(&str) -> Option<String>) -> Result<Shard, String> {
    let of = |name: &str| match variable(name) {
        Some(text) => number(name, &text),
        None => Err(format!("{SLURM} is set, but {name} is not; write the shard itself, such as `--shard 3/16`")),
    };
    let id = number(SLURM, id)?;
    let (least, most) = (of("SLURM_ARRAY_TASK_MIN")?, of("SLURM_ARRAY_TASK_MAX")?);
    let (step, tasks) = (of("SLURM_ARRAY_TASK_STEP")?.max(1), of("SLURM_ARRAY_TASK_COUNT")?);
    if let Some(count) = count.filter(|&count| count != tasks) {
        return Err(format!(
            "`--shard auto/{count}` is for {count} tasks, but SLURM_ARRAY_TASK_COUNT is {tasks}; of a task that runs once more, \
             write the shard itself, such as `--shard 3/{count}`"
        ));
    }
    let at = id.checked_sub(least).filter(|at| at % step == 0).map(|at| at / step);
    let last = most.checked_sub(least).filter(|last| last % step == 0).map(|last| last / step);
    match at.zip(last) {
        Some((at, last)) if at <= last && last.checked_add(1) == Some(tasks) => {
            Shard::new(at + 1, tasks).map_err(|error| error.to_string())
        }
        _ => Err(format!(
            "the job array's numbers are not evenly spaced: {SLURM} is {id}, of {tasks} tasks from {least} to {most} by {step} \
             (SLURM_ARRAY_TASK_COUNT, _MIN, _MAX and _STEP); number them as in `--array=1-{tasks}`, or write the shard itself, such \
             as `--shard 3/16`"
        )),
    }
}

fn number(name: &str, text: &str) -> Result<u64, String> {
    let number = text.trim().parse();
    number
        .map_err(|_| format!("{name} is `{text}`, which is no number; write the shard itself, such as `--shard 3/16`"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The shard that an option gives with these variables.
    fn shard(option: &str, variables: &[(&str, &str)]) -> Result<String, String> {
        let variable = |name: &str| {
            let variable = variables.iter().find(|(of, _)| *of == name);
            variable.map(|(_, value)| (*value).to_owned())
        };
        let shard = option.parse::<ShardArg>()?.shard(&variable)?;
        Ok(shard.to_string())
    }

    /// Task `id` of `--array=least-most:step`.
    fn task<'a>(id: &'a str, array: [&'a str; 4]) -> [(&'static str, &'a str); 5] {
        let [least, most, step, count] = array;
        [
            ("SLURM_ARRAY_TASK_ID", id),
            ("SLURM_ARRAY_TASK_MIN", least),
            ("SLURM_ARRAY_TASK_MAX", most),
            ("SLURM_ARRAY_TASK_STEP", step),
            ("SLURM_ARRAY_TASK_COUNT", count),
        ]
    }

    #[test]
    fn a_shard_that_is_given_asks_nobody() {
        assert_eq!(shard("3/16", &task("7", ["1", "8", "1", "8"])).as_deref(), Ok("3/16"));
        assert!(shard("17/16", &[]).unwrap_err().contains("from `1/16` to `16/16`"));
    }

    #[test]
    fn a_pod_is_counted_from_zero() {
        let pod = |index| [("JOB_COMPLETION_INDEX", index)];
        assert_eq!(shard("auto/16", &pod("0")).as_deref(), Ok("1/16"));
        assert_eq!(shard("auto/16", &pod("15")).as_deref(), Ok("16/16"));
        assert_eq!(
            shard("auto", &pod("2")).unwrap_err(),
            "JOB_COMPLETION_INDEX is 2, but Kubernetes does not tell a pod how many there are; write it, as it stands in \
             `completions`: `--shard auto/16`"
        );
        for index in ["16", "18446744073709551615"] {
            assert_eq!(
                shard("auto/16", &pod(index)).unwrap_err(),
                format!(
                    "JOB_COMPLETION_INDEX is {index}, but the last of 16 shards has 15; write `--shard auto/N` with the job's `completions`"
                )
            );
        }
        assert_eq!(
            shard("auto/16", &pod("first")).unwrap_err(),
            "JOB_COMPLETION_INDEX is `first`, which is no number; write the shard itself, such as `--shard 3/16`"
        );
    }

    #[test]
    fn a_task_is_counted_as_its_array_is() {
        assert_eq!(shard("auto", &task("0", ["0", "15", "1", "16"])).as_deref(), Ok("1/16"));
        assert_eq!(shard("auto", &task("16", ["1", "16", "1", "16"])).as_deref(), Ok("16/16"));
        assert_eq!(shard("auto/4", &task("15", ["10", "25", "5", "4"])).as_deref(), Ok("2/4"));
        assert_eq!(shard("auto", &task("3", ["3", "3", "1", "1"])).as_deref(), Ok("1/1"));
    }

    #[test]
    fn a_task_that_runs_once_more_is_no_shard_of_fewer() {
        assert_eq!(
            shard("auto/16", &task("3", ["3", "4", "1", "2"])).unwrap_err(),
            "`--shard auto/16` is for 16 tasks, but SLURM_ARRAY_TASK_COUNT is 2; of a task that runs once more, write the shard \
             itself, such as `--shard 3/16`"
        );
        // `--array=1,5,6`
        assert_eq!(
            shard("auto", &task("5", ["1", "6", "1", "3"])).unwrap_err(),
            "the job array's numbers are not evenly spaced: SLURM_ARRAY_TASK_ID is 5, of 3 tasks from 1 to 6 by 1 \
             (SLURM_ARRAY_TASK_COUNT, _MIN, _MAX and _STEP); number them as in `--array=1-3`, or write the shard itself, such as \
             `--shard 3/16`"
        );
        for (id, array) in [("0", ["1", "4", "1", "4"]), ("5", ["1", "4", "1", "4"]), ("2", ["1", "7", "2", "4"])] {
            assert!(shard("auto", &task(id, array)).unwrap_err().contains("not evenly spaced"), "{id} of {array:?}");
        }
        let most = "18446744073709551615";
        assert!(shard("auto", &task("1", ["0", most, "1", most])).unwrap_err().contains("not evenly spaced"));
    }

    #[test]
    fn variables_that_are_not_there_are_named() {
        let error = shard("auto", &[]).unwrap_err();
        assert!(error.contains("SLURM_ARRAY_TASK_ID") && error.contains("JOB_COMPLETION_INDEX"), "{error}");
        assert_eq!(
            shard("auto", &[("SLURM_ARRAY_TASK_ID", "3")]).unwrap_err(),
            "SLURM_ARRAY_TASK_ID is set, but SLURM_ARRAY_TASK_MIN is not; write the shard itself, such as `--shard 3/16`"
        );
        let both = [("SLURM_ARRAY_TASK_ID", "3"), ("JOB_COMPLETION_INDEX", "2")];
        assert!(
            shard("auto/4", &both)
                .unwrap_err()
                .starts_with("both SLURM_ARRAY_TASK_ID and JOB_COMPLETION_INDEX are set")
        );
    }

    #[test]
    fn a_text_that_is_no_shard_says_what_to_write() {
        for text in ["automatic", "auto/", "auto/0", "auto/x", "auto 16"] {
            let error = text.parse::<ShardArg>().unwrap_err();
            assert_eq!(error, format!("`{text}` is no shard; write `auto`, or with the number of shards `auto/16`"));
        }
        assert!("3".parse::<ShardArg>().unwrap_err().contains("`3/16`"));
    }
}
