//! Which words after a number name what is counted, and which are slips.

use super::*;

/// Words that designs count in.
const NOUNS: &str = "accounts actions agents albums alerts answers APIs apps articles assets attempts auctions \
    batches bets bids blocks bookings books boosts bots boxes branches brokers browsers buckets buyers calls \
    cameras campaigns cards carts cars categories cells channels chapters chats checks chunks clicks clients \
    clusters comments commits companies components connections consumers contacts copies cores countries \
    couriers customers cycles dashboards deliveries deployments desks devices documents dogs doors downloads \
    drivers edges edits employees entries episodes errors events exams failures families fans farms feeds \
    fields files flights flows folders followers forms frames friends functions games gateways goods \
    groups guests heartbeats hits homes hops hosts hotels houses images impressions inserts instances items \
    jobs journeys keys kilometers labels leads lessons letters levels libraries likes lines links listings lists \
    locations logs machines mails maps markets matches meals meetings members merchants messages meters methods \
    metrics miles minds miners models modules movies msg nodes notes notifications objects offers operations ops \
    orders pages pairs parcels participants partitions parts passengers patients payments peers people person \
    persons photos pictures pieces pings pins pixels places players playlists plays pods points policies polls \
    posts products profiles projects prompts pulls pushes queries questions queues quotes readers \
    reads receipts records redirects regions registrations releases replicas replies reports repositories req \
    requests responses restaurants results retries retweets reviews rides rings rivers roads robots rooms \
    rounds routes rows rules runs sales scans seats sellers sensors servers services sessions sets shards shares \
    shipments shops shows signals signups sites slots snapshots songs spans steps stores stories streams \
    students subscribers subscriptions swipes tables tabs tags taps tasks taxis teams tenants terms tests texts \
    threads tickets tiles times tips tiers titles tokens tools topics tours tracks trades trains transactions \
    transfers trips trucks tweets units updates uploads URLs user users values vehicles vendors versions \
    videos views visitors visits VMs voices votes warehouses watches ways webhooks widgets windows words \
    workers workflows writes zones ads bids beds binders boats bids dots gems drops dishes datasets dates data \
    departments designs hotels hits halls hands hearts heads minds mints bet bid bin bins bot bus man men mic mics mine mines reps set tap tip hats pets yards";

#[test]
fn ordinary_nouns_are_labels() {
    let mut refused = std::collections::BTreeSet::new();
    for noun in NOUNS.split_whitespace() {
        let known = KNOWN.iter().any(|known| known.0 == noun);
        for text in [format!("10 {noun}"), format!("10k {noun} / s"), format!("10 / {noun} / day")] {
            if let (Err(problems), false) = (outcome(&text), known) {
                refused.insert(shown(&text, &problems));
            }
        }
    }
    assert!(refused.is_empty(), "{}", refused.into_iter().collect::<Vec<_>>().join("\n"));
}

#[test]
fn slips_for_units_are_no_labels() {
    for (wrong, help) in [
        ("mss", "did you mean `ms`?"),
        ("secnds", "did you mean `seconds`?"),
        ("sec0nds", "did you mean `seconds`?"),
        ("mintues", "did you mean `minutes`?"),
        ("mnth", "did you mean `month`?"),
        ("moths", "did you mean `months`?"),
        ("yeers", "did you mean `years`?"),
        ("Days", "did you mean `days`?"),
        ("MS", "did you mean `ms`?"),
        ("Bb", "did you mean `B`?"),
        ("GBs", "did you mean `GB`?"),
        ("Kib", "did you mean `KiB`?"),
        ("mbps", "did you mean `Mbps`?"),
        ("bytez", "did you mean `byte"),
        ("usd", "did you mean `USD`?"),
        ("eur", "did you mean `EUR`?"),
        ("niness", "did you mean `nines`?"),
        ("precent", "did you mean `percent`?"),
        ("m", "write `min` for minutes or `M` for millions"),
        ("mb", "write `MB` for bytes or `Mbit` for bits"),
        ("Gb", "write `GB` for bytes or `Gbit` for bits"),
        ("Gi", "write `GiB`"),
        ("krps", "write a space after the scale word: `k rps`"),
        ("Hz", "write `/ s`"),
        ("dozen", "write the number in digits"),
        ("q", "write a unit"),
        ("v2", "write a unit"),
        ("x", "write `10x`"),
    ] {
        let text = format!("10 {wrong}");
        let problems = outcome(&text).expect_err(&text);
        let [problem] = problems.as_slice() else { panic!("{}", shown(&text, &problems)) };
        assert_eq!(problem.rule, "unknown-unit", "{text}");
        assert_eq!(text.get(problem.range.clone()), Some(wrong));
        let found = problem.help.as_deref().unwrap_or_default();
        assert!(found.starts_with(help), "{text}: {found}");
    }
}

#[test]
fn every_unit_is_the_one_unit_of_its_name() {
    let names: Vec<&str> = units::names().collect();
    for name in &names {
        assert_eq!(names.iter().filter(|other| other == &name).count(), 1, "{name} is listed twice");
        let text = format!("1{name}");
        outcome(&text).unwrap_or_else(|problems| panic!("{}", shown(&text, &problems)));
    }
}
