//! `--baseline`: findings that are known, and what is new beside them.

use super::examine::Examined;
use super::{Arguments, with_report};
use crate::cli::{Exit, output};
use crate::host::{files, write};
use crate::report::baseline::{self, Baseline, Entry};
use std::collections::BTreeSet;
use std::path::Path;

/// What the baseline knows.
#[derive(Debug, Default)]
pub struct Known {
    baseline: Baseline,
}

fn trouble(message: &str) -> Exit {
    output::complain(message);
    Exit::Trouble
}

impl Known {
    /// Reads the file that the arguments name. A file that is to be written need not be there yet.
    pub fn read(arguments: &Arguments) -> Result<Self, Exit> {
        let Some(path) = &arguments.baseline else { return Ok(Self::default()) };
        if arguments.write_baseline && !write::is_there(path) {
            return Ok(Self::default());
        }
        let document = files::read(path).map_err(|error| trouble(&error.message))?;
        let name = document.name;
        let text =
            String::from_utf8(document.bytes).map_err(|_| trouble(&format!("`{name}` is not UTF-8")))?;
        let baseline = Baseline::read(&text).map_err(|why| trouble(&format!("`{name}` {why}")))?;
        Ok(Self { baseline })
    }

    /// Takes the known findings out, tells which entries have become stale, and records today's when that is asked for.
    pub fn take_out(mut self, arguments: &Arguments, examined: &mut Examined) -> Result<(), Exit> {
        let Some(path) = &arguments.baseline else { return Ok(()) };
        let name_of = |name: &str| write::seen_from(path, name);
        let entries = with_report(examined, |report| baseline::entries(report, &name_of));
        let checked: BTreeSet<String> = examined
            .checked
            .iter()
            .map(|file| name_of(examined.workspace.sources.get(*file).name()))
            .collect();
        if arguments.write_baseline {
            self.record(path, examined, &entries, &checked)?;
        }
        let known = self.baseline.known();
        let is_known =
            |entry: &Option<Entry>| entry.as_ref().is_some_and(|entry| known.contains(&*entry.fingerprint));
        let mut flags = entries.iter().map(is_known);
        let before = examined.findings.len();
        examined.findings.retain(|_| !flags.next().unwrap_or(false));
        examined.known = before - examined.findings.len();
        // A run that looks at some rules or some files only, or cannot look closely, does not see what is still there.
        let looks_at_all = arguments.select.is_empty()
            && arguments.ignore.is_empty()
            && arguments.profile.is_none()
            && arguments.stage.is_none();
        if examined.is_sound && looks_at_all {
            let found: BTreeSet<&str> = entries.iter().flatten().map(|entry| &*entry.fingerprint).collect();
            let is_stale = |entry: &&Entry| {
                !found.contains(&*entry.fingerprint) && (!examined.is_part || checked.contains(&entry.file))
            };
            let stale: Vec<&Entry> = self.baseline.entries.iter().filter(is_stale).collect();
            tell_stale(&stale);
        }
        Ok(())
    }

    fn record(
        &mut self,
        path: &Path,
        examined: &Examined,
        entries: &[Option<Entry>],
        checked: &BTreeSet<String>,
    ) -> Result<(), Exit> {
        if !examined.is_sound {
            let message = "no baseline is written: first mend the errors that keep a design from being \
                understood, because until then most rules keep silent";
            output::complain(message);
            return Ok(());
        }
        // What this run does not look at stays as it is.
        let elsewhere = |entry: &Entry| examined.is_part && !checked.contains(&entry.file);
        self.baseline.entries.retain(elsewhere);
        self.baseline.entries.extend(entries.iter().flatten().cloned());
        self.baseline.entries.sort();
        let text = self.baseline.text();
        write::replace(path, text.as_bytes()).map_err(|error| trouble(&error.message))?;
        let count = self.baseline.entries.len();
        let noun = if count == 1 { "finding" } else { "findings" };
        output::note(&format!("`{}` now knows {count} {noun}", path.display()));
        Ok(())
    }
}

/// The most stale entries that are named.
const MOST_NAMED: usize = 5;

fn tell_stale(stale: &[&Entry]) {
    if stale.is_empty() {
        return;
    }
    for entry in stale.iter().take(MOST_NAMED) {
        output::note(&format!("no longer found: {} at {} in {}", entry.rule, entry.path, entry.file));
    }
    if let more @ 1.. = stale.len().saturating_sub(MOST_NAMED) {
        output::note(&format!("and {more} more"));
    }
    output::note("`--write-baseline` takes them out of the baseline");
}
