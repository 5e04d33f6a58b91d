//! Designs of any size for the benchmarks, the same at every run.

use std::fmt::Write;

const KINDS: [(&str, &str); 6] = [
    ("service", "go"),
    ("database", "postgresql"),
    ("cache", "redis"),
    ("queue", "rabbitmq"),
    ("worker", "java"),
    ("load_balancer", "nginx"),
];

/// A design with `count` components, about as many flows, and what goes with them: 0.5 KB a component.
pub fn design(count: usize) -> String {
    let mut out = String::with_capacity(count * 600);
    out.push_str("# Generated for the benchmarks.\nsysdesign: 1\nname: Benchmark\nsummary: A design of many parts.\n\n");
    // Writing to a string cannot fail.
    let _ = write_sections(&mut out, count);
    out
}

fn write_sections(out: &mut String, count: usize) -> std::fmt::Result {
    out.push_str("assumptions:\n");
    for index in 0..count / 4 + 1 {
        writeln!(out, "  rate_{index}: {}..{} rps        # 90% interval", index % 90 + 1, index % 900 + 100)?;
    }
    out.push_str("\nrequirements:\n");
    for index in 0..count / 10 + 1 {
        writeln!(out, "  fast_{index}:\n    text: \"Answers of flow {index} feel instant\"")?;
        writeln!(out, "    check: flows.flow_{index}.latency.p99 < {} ms", index % 400 + 20)?;
    }
    out.push_str("\ncomponents:\n");
    for index in 0..count {
        component(out, index, count)?;
    }
    out.push_str("\nflows:\n");
    for index in 0..count {
        flow(out, index, count)?;
    }
    Ok(())
}

fn component(out: &mut String, index: usize, count: usize) -> std::fmt::Result {
    let (kind, tech) = KINDS.get(index % KINDS.len()).copied().unwrap_or(("service", "go"));
    let replicas = index % 5 + 1;
    if index.is_multiple_of(3) {
        let next = (index + 1) % count;
        return writeln!(
            out,
            "  part_{index}: {{ kind: {kind}, tech: {tech}, replicas: {replicas}, uses: [part_{next}], ttl: 1 day }}"
        );
    }
    writeln!(out, "  part_{index}:\n    kind: {kind}\n    tech: {tech}\n    replicas: {replicas}")?;
    writeln!(out, "    description: Keeps what part {index} needs, and answers for it")?;
    writeln!(out, "    latency: {{ p50: {} ms, p99: {} ms }}", index % 9 + 1, index % 90 + 10)?;
    writeln!(
        out,
        "    capacity:\n      read: {}k rps\n      write: {} rps",
        index % 20 + 1,
        index % 500 + 50
    )?;
    writeln!(
        out,
        "    zones: [a, b, c]\n    tags:\n      - team-{}\n      - tier-{}",
        index % 30,
        index % 3
    )?;
    if index % 7 == 1 {
        out.push_str("    notes: >-\n      Written when the first version went live,\n      and never changed since.\n");
    }
    Ok(())
}

fn flow(out: &mut String, index: usize, count: usize) -> std::fmt::Result {
    let (a, b, c) = (index, (index + 1) % count, (index + 7) % count);
    writeln!(out, "  flow_{index}:\n    rate: rate_{}\n    steps:", index / 4)?;
    writeln!(out, "      - part_{a} -> part_{b}: look up the record # the hot path")?;
    writeln!(out, "        timeout: {} ms\n        idempotent: true", index % 300 + 30)?;
    writeln!(out, "        retries: {{ attempts: 3, backoff: exponential, budget: 10% }}")?;
    writeln!(
        out,
        "      - chance: {}%\n        steps:\n          - part_{b} ~> part_{c}: \"tell it\"",
        index % 100
    )
}
