//! Designs of any size for the benchmarks, the same at every run, and without a finding.

#[allow(dead_code, reason = "not every benchmark is about numbers")]
pub mod numbers;

use std::fmt::Write;

const KINDS: [(&str, &str, &str); 6] = [
    ("service", "nodejs", "stateless: true"),
    ("database", "postgresql", "replication: leader-follower"),
    ("cache", "redis", "ttl: 1 day"),
    ("queue", "rabbitmq", "delivery: at-least-once"),
    ("worker", "celery", "health_check: true"),
    ("load_balancer", "nginx", "load_balancing: least-loaded"),
];

/// The most components that one file holds: larger designs include several files, as files have a largest size.
#[allow(dead_code, reason = "not every benchmark needs several files")]
pub const IN_ONE_FILE: usize = 10_000;

/// A design of any size as files by name, the first of which includes the others.
#[allow(dead_code, reason = "not every benchmark needs several files")]
pub fn files(count: usize) -> Vec<(String, String)> {
    let parts = count.div_ceil(IN_ONE_FILE).max(1);
    let mut files = Vec::with_capacity(parts);
    for part in 0..parts {
        let first = part * IN_ONE_FILE;
        let range = first..count.min(first + IN_ONE_FILE);
        let mut text = String::with_capacity(range.len() * 500 + 40_000);
        if part == 0 {
            text.push_str("sysdesign: 1\nname: Benchmark\nsummary: A design of many parts.\n");
            let names: Vec<String> = (1..parts).map(file_name).collect();
            text.push_str(&format!("include: [{}]\n", names.join(", ")));
        }
        let _ = write_sections(&mut text, range);
        files.push((file_name(part), text));
    }
    files
}

fn file_name(part: usize) -> String {
    format!("part_{part}.yaml")
}

/// A design with `count` components, about one and a half connections and one flow for each, and 200
/// requirements: half a kilobyte a component.
#[allow(dead_code, reason = "not every benchmark needs such a design")]
pub fn design(count: usize) -> String {
    let mut out = String::with_capacity(count * 600 + 40_000);
    out.push_str(
        "# Generated for the benchmarks.\nsysdesign: 1\nname: Benchmark\nsummary: A design of many parts.\n",
    );
    // Writing to a string cannot fail.
    let _ = write_sections(&mut out, 0..count);
    out
}

/// The sections of one file; what is there only once stands in the first.
fn write_sections(out: &mut String, range: std::ops::Range<usize>) -> std::fmt::Result {
    out.push_str("\nassumptions:\n");
    for index in range.start / 4..range.end.div_ceil(4) {
        writeln!(out, "  rate_{index}: {}..{} rps        # 90% interval", index % 4 + 1, index % 4 + 6)?;
    }
    if range.start == 0 {
        out.push_str("\nrequirements:\n");
        for index in 0..200 {
            let flow = index % range.end;
            writeln!(out, "  fast_{index}:\n    text: \"Answers of flow {flow} feel instant\"")?;
            writeln!(out, "    check: flows.flow_{flow}.latency.p99 < {} s", index % 400 + 20)?;
        }
    }
    out.push_str("\ncomponents:\n");
    if range.start == 0 {
        out.push_str("  browser: { kind: client }\n");
    }
    for index in range.clone() {
        component(out, index)?;
    }
    out.push_str("\nflows:\n");
    for index in range.clone() {
        flow(out, index, range.end)?;
    }
    Ok(())
}

fn component(out: &mut String, index: usize) -> std::fmt::Result {
    let (kind, tech, fact) = KINDS.get(index % KINDS.len()).copied().unwrap_or_default();
    let replicas = index % 5 + 1;
    if index.is_multiple_of(3) {
        return writeln!(
            out,
            "  part_{index}: {{ kind: {kind}, tech: {tech}, replicas: {replicas}, {fact} }}"
        );
    }
    writeln!(
        out,
        "  part_{index}:\n    kind: {kind}\n    tech: {tech}\n    replicas: {replicas}\n    {fact}"
    )?;
    writeln!(out, "    description: Keeps what part {index} needs, and answers for it")?;
    writeln!(out, "    latency: {{ p50: {} ms, p99: {} ms }}", index % 9 + 1, index % 90 + 10)?;
    writeln!(
        out,
        "    capacity:\n      read: {}k rps\n      write: {} rps",
        index % 20 + 1,
        index % 500 + 50
    )?;
    writeln!(out, "    zones: [a, b, c]\n    tags:\n      - team-{}\n      - tier-{}", index % 30, index % 3)
}

fn flow(out: &mut String, index: usize, end: usize) -> std::fmt::Result {
    let (here, next) = (index, (index + 1) % end);
    writeln!(out, "  flow_{index}:\n    rate: rate_{}\n    steps:", index / 4)?;
    writeln!(out, "      - browser -> part_{here}: look up the record # the hot path")?;
    if index.is_multiple_of(2) && end > 1 {
        writeln!(out, "      - part_{here} -> part_{next}: read what it rests on")?;
        writeln!(out, "        timeout: {} ms\n        idempotent: true", index % 300 + 30)?;
        writeln!(out, "        retries: {{ attempts: 3, backoff: exponential, budget: 10% }}")?;
    }
    Ok(())
}
