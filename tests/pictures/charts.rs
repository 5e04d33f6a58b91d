//! Pictures made by hand of amounts, times, trees and tables.

use sysdesign::diagrams::picture::*;

use super::samples::picture;

/// Where requests go.
pub fn sankey() -> Picture {
    let nodes =
        ["Shoppers", "Crawlers", "CDN", "Gateway", "Catalogue", "Checkout", "Search", "Products", "Orders"];
    let link = |from, to, amount: f64| (from, to, amount, format!("{amount} req/s"));
    let sankey = Sankey {
        nodes: nodes.iter().map(|name| (name.to_lowercase(), (*name).to_owned())).collect(),
        links: vec![
            link(0, 2, 900.0),
            link(1, 2, 200.0),
            link(2, 3, 420.0),
            link(3, 4, 260.0),
            link(3, 5, 60.0),
            link(3, 6, 100.0),
            link(4, 7, 130.0),
            link(5, 8, 60.0),
            link(5, 7, 20.0),
        ],
        unit: "req/s".into(),
    };
    picture("traffic", "Where requests go", Body::Sankey(sankey))
}

/// How load grows, as lines.
pub fn lines() -> Picture {
    let x: Vec<String> = (0..13).map(|month| format!("month {month}")).collect();
    let grow = |from: f64, by: f64| (0..13).map(|month| from * f64::powi(by, month)).collect::<Vec<f64>>();
    let mut mails = grow(60.0, 1.02);
    mails[5] = f64::NAN;
    let chart = Chart {
        x_title: "time".into(),
        x,
        y_title: "requests each second".into(),
        series: vec![
            ("Catalogue".into(), grow(260.0, 1.06)),
            ("Checkout".into(), grow(90.0, 1.09)),
            ("Search".into(), grow(100.0, 1.08)),
            ("Mail".into(), mails),
        ],
        levels: vec![("what 4 instances can do: 480 req/s".into(), 480.0)],
        has_bars: false,
    };
    picture("growth", "Load over a year", Body::Chart(chart))
}

/// Utilisation, as bars.
pub fn bars() -> Picture {
    let chart = Chart {
        x_title: String::new(),
        x: ["Gateway", "Catalogue", "Checkout", "Search", "Accounts", "Pricing"].map(String::from).to_vec(),
        y_title: "% busy".into(),
        series: vec![
            ("on average".into(), vec![18.0, 34.0, 22.0, 41.0, 9.0, 12.0]),
            ("at the peak".into(), vec![37.0, 71.0, 52.0, 81.0, 20.0, 31.0]),
        ],
        levels: vec![("80 %".into(), 80.0)],
        has_bars: true,
    };
    picture("utilisation", "How busy everything is", Body::Chart(chart))
}

/// What it costs.
pub fn shares() -> Picture {
    let slice = |name: &str, amount: f64| (name.to_owned(), amount, format!("{amount} EUR / month"));
    let slices = vec![
        slice("Catalogue", 410.0),
        slice("Orders", 1250.0),
        slice("CDN", 780.0),
        slice("Mail", 4.0),
        slice("Search", 530.0),
    ];
    picture("cost", "What it costs", Body::Shares(Shares { slices }))
}

/// Where the time goes.
pub fn spans() -> Picture {
    let span = |title: &str, start: f64, length: f64, tone| TimeSpan {
        title: title.into(),
        start,
        length,
        shown: format!("{:.0} ms", length * 1000.0),
        tone,
    };
    let spans = Spans {
        sections: vec![
            (
                "Customer to gateway".into(),
                vec![span("network", 0.0, 0.04, Tone::Plain), span("gateway", 0.04, 0.004, Tone::Edge)],
            ),
            (
                "Checkout".into(),
                vec![
                    span("read the cart", 0.044, 0.012, Tone::Compute),
                    span("charge the card", 0.056, 0.21, Tone::Hot),
                    span("insert the order", 0.266, 0.018, Tone::Store),
                ],
            ),
        ],
        limit: Some(("at most 250 ms".into(), 0.25)),
    };
    picture("latency of checkout", "Where the time goes", Body::Spans(spans))
}

/// What happens when a zone fails.
pub fn timeline() -> Picture {
    let events = [
        ("0 s", vec!["zone a stops answering"]),
        ("10 s", vec!["health checks fail three times", "the balancer takes its instances out"]),
        (
            "45 s",
            vec![
                "the standby database takes over; writes that were not copied yet, up to 2 s of them, are lost",
            ],
        ),
        ("3 min", vec!["new instances run in zones b and c"]),
    ];
    let events = events
        .into_iter()
        .map(|(time, events)| (time.to_owned(), events.into_iter().map(str::to_owned).collect()))
        .collect();
    picture("failure of zone a", "When zone a fails", Body::Timeline(Timeline { events }))
}

/// A design at a glance.
pub fn mindmap() -> Picture {
    fn branch(title: &str, branches: Vec<Branch>) -> Branch {
        Branch { title: title.into(), tone: Tone::Plain, branches }
    }
    let leaf = |title: &str| branch(title, Vec::new());
    let root = branch(
        "Shop",
        vec![
            branch("People", vec![leaf("shoppers"), leaf("partners"), leaf("support")]),
            branch(
                "Services",
                vec![
                    branch("checkout", vec![leaf("p99 180 ms"), leaf("4 instances")]),
                    leaf("catalogue"),
                    leaf("search"),
                ],
            ),
            branch("Data", vec![leaf("orders"), leaf("products"), leaf("search index")]),
            branch(
                "Risks",
                vec![
                    Branch { tone: Tone::Warm, ..leaf("search is close to its limit") },
                    Branch { tone: Tone::Hot, ..leaf("one payment provider") },
                ],
            ),
        ],
    );
    picture("overview", "The shop at a glance", Body::Mindmap(root))
}

/// Who owns what.
pub fn table() -> Picture {
    let table = Table {
        columns: ["Component", "Kind", "Owner", "What it is for"].map(String::from).to_vec(),
        rows: vec![
            ["Checkout", "service", "team buy", "turns carts into orders and charges cards"]
                .map(String::from)
                .to_vec(),
            [
                "Orders",
                "database",
                "team buy",
                "keeps orders for ten years, because the law asks for it; personal data is deleted after two",
            ]
            .map(String::from)
            .to_vec(),
            ["Search", "service", "team find", "finds products"].map(String::from).to_vec(),
        ],
    };
    picture("owners", "Who owns what", Body::Table(table))
}
