//! Designs with numbers, for the benchmarks of estimates.

use std::fmt::Write;

/// How many inputs are uncertain, however large the design is.
const UNCERTAIN: usize = 30;

/// A design with `count` components in teams of ten: a load balancer, five services, a cache, two databases and a queue, in
/// three zones; a flow of five to eight hops for every five components; rates, sizes and hit ratios that rest on thirty
/// uncertain assumptions.
pub fn design(count: usize) -> String {
    let mut out = String::with_capacity(count * 700 + 10_000);
    // Writing to a string cannot fail.
    let _ = write_design(&mut out, count);
    out
}

fn write_design(out: &mut String, count: usize) -> std::fmt::Result {
    out.push_str("sysdesign: 1\nname: Benchmark\nsummary: A design with numbers.\ntraffic: { peak: 3x }\nassumptions:\n");
    for index in 0..UNCERTAIN {
        match index % 3 {
            0 => writeln!(out, "  rate_{index}: {}..{} / s", index + 2, index * 3 + 9)?,
            1 => writeln!(out, "  hits_{index}: {}%..{}%", 70 + index % 9, 85 + index % 9)?,
            _ => writeln!(out, "  size_{index}: 1..{} KB", index % 7 + 3)?,
        }
    }
    out.push_str("deployment:\n  regions:\n    eu:\n      availability: 99.99%\n");
    out.push_str("      zones: { a: { availability: 99.95% }, b: { availability: 99.95% }, c: { availability: 99.95% } }\n");
    let teams = count.div_ceil(10).max(1);
    out.push_str("requirements:\n");
    for index in 0..(teams * 2).min(200) {
        writeln!(out, "  fast_{index}: {{ text: Fast, check: flows.flow_{index}.latency.p99 < 300 ms }}")?;
        writeln!(out, "  up_{index}: {{ text: There, check: flows.flow_{index}.availability > 99% }}")?;
    }
    out.push_str("data:\n");
    for team in 0..teams {
        let size = team % 10 * 3 + 2;
        writeln!(
            out,
            "  record_{team}: {{ size: size_{size}, stored_in: store_{team}_0, retention: 90 days }}"
        )?;
    }
    out.push_str("components:\n  browser: client\n");
    for team in 0..teams {
        write_team(out, team)?;
    }
    out.push_str("flows:\n");
    for index in 0..teams * 2 {
        write_flow(out, index, teams)?;
    }
    Ok(())
}

fn write_team(out: &mut String, team: usize) -> std::fmt::Result {
    let zones = ["[a, b, c]", "[a, b]", "[b, c]"].get(team % 3).copied().unwrap_or_default();
    writeln!(
        out,
        "  edge_{team}: {{ kind: load_balancer, replicas: 3, zones: {zones}, capacity: 30k rps, latency: {{ p50: 0.3 ms, p99: 2 ms }}, availability: 99.95%, price: $60 / month }}"
    )?;
    for index in 0..5 {
        let numbers = match index % 3 {
            0 => "capacity: 2k rps, latency: { p50: 2 ms, p99: 15 ms }".to_owned(),
            1 => format!("service_time: {} ms", team % 5 + 2),
            _ => format!("concurrency: 64, latency: {{ mean: {} ms, variation: 2 }}", team % 7 + 3),
        };
        writeln!(
            out,
            "  app_{team}_{index}: {{ kind: service, replicas: {}, zones: {zones}, {numbers}, availability: 99.9%, price: $70 / month }}",
            index % 4 + 4
        )?;
    }
    let hits = team % 10 * 3 + 1;
    writeln!(
        out,
        "  cache_{team}: {{ kind: cache, replicas: 3, zones: {zones}, capacity: 80k rps, latency: {{ p50: 0.4 ms, p99: 1 ms }}, hit_ratio: hits_{hits}, availability: 99.9%, memory: 32 GB, price: $200 / month }}"
    )?;
    for index in 0..2 {
        writeln!(
            out,
            "  store_{team}_{index}: {{ kind: database, replicas: 3, zones: {zones}, replication: leader-follower, capacity: {{ read: 20k rps, write: 4k rps }}, latency: {{ p50: 1 ms, p99: 8 ms }}, mtbf: 90 days, mttr: 30 minutes, price: {{ instance: $300 / month, storage: $0.10 / GB / month }} }}"
        )?;
    }
    writeln!(
        out,
        "  queue_{team}: {{ kind: queue, replicas: 3, zones: {zones}, capacity: 20k rps, latency: 2 ms, availability: 99.9%, price: $90 / month }}"
    )
}

fn write_flow(out: &mut String, index: usize, teams: usize) -> std::fmt::Result {
    let (team, next) = (index % teams, (index * 7 + 1) % teams);
    let (rate, hits, size) = (index % 10 * 3, team % 10 * 3 + 1, index % 10 * 3 + 2);
    writeln!(out, "  flow_{index}:\n    rate: rate_{rate}\n    steps:")?;
    writeln!(out, "      - {{ browser -> edge_{team} -> app_{team}_0: ask, response: size_{size} }}")?;
    writeln!(
        out,
        "      - {{ app_{team}_0 -> app_{team}_{}: ask, idempotent: true, retries: {{ attempts: 2 }} }}",
        index % 4 + 1
    )?;
    writeln!(out, "      - app_{team}_0 -> cache_{team}: look up")?;
    writeln!(
        out,
        "      - {{ chance: 1 - hits_{hits}, steps: [{{ app_{team}_0 -> store_{team}_0: select, reads: [record_{team}] }}] }}"
    )?;
    if index.is_multiple_of(2) {
        writeln!(out, "      - parallel:")?;
        writeln!(out, "          - {{ app_{team}_0 -> app_{next}_1: ask, response: size_{size} }}")?;
        writeln!(out, "          - app_{team}_0 -> store_{team}_1: select")?;
    }
    if index.is_multiple_of(3) {
        writeln!(out, "      - {{ app_{team}_0 -> store_{team}_0: insert, writes: [record_{team}] }}")?;
        writeln!(out, "      - app_{team}_0 ~> queue_{team}: announce")?;
    }
    Ok(())
}

/// A design with one flow through `count` services that share three zones and ten stores.
pub fn shared(count: usize) -> String {
    let mut out = String::from(
        "sysdesign: 1\nname: Benchmark\nsummary: Many parts that share some.\ndeployment:\n  regions:\n    eu:\n",
    );
    out.push_str("      zones: { a: { availability: 99.95% }, b: { availability: 99.95% }, c: { availability: 99.95% } }\n");
    out.push_str("components:\n  browser: client\n");
    // Writing to a string cannot fail.
    let _ = write_shared(&mut out, count);
    out
}

fn write_shared(out: &mut String, count: usize) -> std::fmt::Result {
    let zones = |index: usize| {
        ["[a, b, c]", "[a, b]", "[b, c]", "[a, c]"].get(index % 4).copied().unwrap_or_default()
    };
    for index in 0..10 {
        writeln!(
            out,
            "  store_{index}: {{ kind: database, replicas: 3, zones: {}, availability: 99.9%, common_cause: 5% }}",
            zones(index)
        )?;
    }
    for index in 0..count {
        writeln!(
            out,
            "  app_{index}: {{ kind: service, replicas: {}, zones: {}, availability: 99.9% }}",
            index % 3 + 2,
            zones(index)
        )?;
    }
    out.push_str("flows:\n  visit:\n    rate: 1 / s\n    steps:\n");
    for index in 0..count {
        writeln!(out, "      - browser -> app_{index}: ask")?;
        writeln!(
            out,
            "      - app_{index} -> store_{}: select\n        optional: {}",
            index % 10,
            index.is_multiple_of(5)
        )?;
        if index.is_multiple_of(7) {
            writeln!(
                out,
                "      - app_{index} -> store_{}: select\n        fallback: [app_{index} -> store_{}]",
                index % 9,
                index % 9 + 1
            )?;
        }
    }
    Ok(())
}
