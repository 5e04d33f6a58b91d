//! Designs of any size for the benchmarks, the same at every run, and without a finding.

use std::fmt::Write;

const KINDS: [(&str, &str, &str); 6] = [
    ("service", "nodejs", "stateless: true"),
    ("database", "postgresql", "replication: leader-follower"),
    ("cache", "redis", "ttl: 1 day"),
    ("queue", "rabbitmq", "delivery: at-least-once"),
    ("worker", "celery", "health_check: true"),
    ("load_balancer", "nginx", "load_balancing: least-loaded"),
];

/// A design with `count` components, about one and a half connections and one flow for each, and 200
/// requirements: half a kilobyte a component.
pub fn design(count: usize) -> String {
    let mut out = String::with_capacity(count * 600 + 40_000);
    out.push_str(
        "# Generated for the benchmarks.\nsysdesign: 1\nname: Benchmark\nsummary: A design of many parts.\n",
    );
    // Writing to a string cannot fail.
    let _ = write_sections(&mut out, count);
    out
}

fn write_sections(out: &mut String, count: usize) -> std::fmt::Result {
    out.push_str("\nassumptions:\n");
    for index in 0..count.div_ceil(4) {
        writeln!(out, "  rate_{index}: {}..{} rps        # 90% interval", index % 90 + 1, index % 900 + 100)?;
    }
    out.push_str("\nrequirements:\n");
    for index in 0..200 {
        writeln!(out, "  fast_{index}:\n    text: \"Answers of flow {} feel instant\"", index % count)?;
        writeln!(out, "    check: flows.flow_{}.latency.p99 < {} ms", index % count, index % 400 + 20)?;
    }
    out.push_str("\ncomponents:\n  browser: { kind: client }\n");
    for index in 0..count {
        component(out, index)?;
    }
    out.push_str("\nflows:\n");
    for index in 0..count {
        flow(out, index, count)?;
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

fn flow(out: &mut String, index: usize, count: usize) -> std::fmt::Result {
    let (here, next) = (index, (index + 1) % count);
    writeln!(out, "  flow_{index}:\n    rate: rate_{}\n    steps:", index / 4)?;
    writeln!(out, "      - browser -> part_{here}: look up the record # the hot path")?;
    if index.is_multiple_of(2) && count > 1 {
        writeln!(out, "      - part_{here} -> part_{next}: read what it rests on")?;
        writeln!(out, "        timeout: {} ms\n        idempotent: true", index % 300 + 30)?;
        writeln!(out, "        retries: {{ attempts: 3, backoff: exponential, budget: 10% }}")?;
    }
    Ok(())
}
