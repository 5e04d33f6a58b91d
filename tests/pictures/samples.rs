//! Pictures made by hand: small, of a usual size, and large.

use sysdesign::diagrams::picture::*;

/// A picture with a body.
pub fn picture(name: &str, title: &str, body: Body) -> Picture {
    Picture {
        name: name.into(),
        title: title.into(),
        description: format!("What {title} shows"),
        body,
        legend: Vec::new(),
        notices: Vec::new(),
    }
}

fn node(id: &str, title: &str, subtitle: &str, shape: Shape, tone: Tone, group: Option<usize>) -> Node {
    let subtitle = Some(subtitle.to_owned()).filter(|subtitle| !subtitle.is_empty());
    Node { id: id.into(), title: title.into(), subtitle, shape, tone, group, ..Node::default() }
}

fn edge(from: usize, to: usize, label: &str) -> Edge {
    let label = if label.is_empty() { Vec::new() } else { vec![label.to_owned()] };
    Edge { from, to, label, weight: 1.0, ..Edge::default() }
}

fn soon(from: usize, to: usize, label: &str) -> Edge {
    Edge { line: Line::Dashed, head: Head::Open, ..edge(from, to, label) }
}

fn group(id: &str, title: &str, subtitle: &str, parent: Option<usize>, line: Line) -> Group {
    let subtitle = Some(subtitle.to_owned()).filter(|subtitle| !subtitle.is_empty());
    Group { id: id.into(), title: title.into(), subtitle, parent, line, ..Group::default() }
}

fn key(tone: Tone, line: Option<Line>, text: &str) -> Key {
    Key { tone, line, text: text.into() }
}

/// A small web shop.
pub fn shop() -> Picture {
    use Shape as S;
    use Tone as T;
    let mut web = node("web", "Web shop", "service · node", S::Box, T::Compute, None);
    web.is_stacked = true;
    web.lines = vec!["4 instances".into(), "120 req/s each".into()];
    let graph = Graph {
        nodes: vec![
            node("customers", "Customers", "people", S::Person, T::Person, None),
            node("cdn", "Edge cache", "cdn · cloudfront", S::Hexagon, T::Edge, None),
            web,
            node("orders", "Orders", "database · postgres", S::Cylinder, T::Store, None),
            node("mail", "Mail queue", "queue · sqs", S::Pipe, T::Message, None),
            node("bank", "Payment provider", "external", S::External, T::External, None),
        ],
        edges: vec![
            edge(0, 1, "HTTPS"),
            edge(1, 2, "cache miss, 8 %"),
            edge(2, 3, "SQL"),
            soon(2, 4, "order placed"),
            edge(2, 5, "charge"),
        ],
        ..Graph::default()
    };
    let mut picture = picture("containers", "Web shop", Body::Graph(graph));
    picture.legend = vec![
        key(T::Person, None, "people"),
        key(T::Edge, None, "edge"),
        key(T::Compute, None, "computes"),
        key(T::Store, None, "keeps data"),
        key(T::Message, None, "passes messages on"),
        key(T::External, None, "somebody else's"),
        key(T::Plain, Some(Line::Solid), "waits for the answer"),
        key(T::Plain, Some(Line::Dashed), "nobody waits"),
    ];
    picture
}

/// Twenty-five boxes in five groups, two deep.
pub fn platform(direction: Direction) -> Picture {
    use Shape as S;
    use Tone as T;
    let groups = vec![
        group("cloud", "Production", "region · eu-central-1", None, Line::Solid),
        group("edge", "Public edge", "trust boundary", Some(0), Line::Dashed),
        group("core", "Core services", "cluster", Some(0), Line::Solid),
        group("data", "Data", "private subnet", Some(0), Line::Solid),
        group("ops", "Operations", "", None, Line::Dotted),
    ];
    let (edge_, core, data, ops) = (Some(1), Some(2), Some(3), Some(4));
    let mut catalogue = node("catalogue", "Catalogue", "service · go", S::Box, T::Compute, core);
    catalogue.is_stacked = true;
    let mut checkout = node("checkout", "Checkout", "service · java", S::Box, T::Compute, core);
    checkout.lines = vec!["p99 180 ms".into()];
    checkout.is_stacked = true;
    let mut orders_db = node("orders-db", "Orders", "postgres 16", S::Cylinder, T::Store, data);
    orders_db.lines = vec!["1.2 TB".into(), "3 copies".into()];
    let mut search = node("search", "Search", "service · rust", S::Box, T::Compute, core);
    search.tone = T::Warm;
    let nodes = vec![
        node("shoppers", "Shoppers", "people", S::Person, T::Person, None),
        node("app", "Mobile app", "client", S::Round, T::Person, None),
        node("partners", "Partner systems", "external", S::External, T::External, None),
        node("cdn", "CDN", "cloudfront", S::Hexagon, T::Edge, edge_),
        node("waf", "Firewall", "waf", S::Hexagon, T::Edge, edge_),
        node("gateway", "API gateway", "envoy", S::Hexagon, T::Edge, edge_),
        catalogue,
        checkout,
        search,
        node("cart", "Cart", "service · go", S::Box, T::Compute, core),
        node("pricing", "Pricing", "service · go", S::Box, T::Compute, core),
        node("users", "Accounts", "service · kotlin", S::Box, T::Compute, core),
        node("events", "Order events", "kafka", S::Pipe, T::Message, core),
        node("mailer", "Mailer", "worker", S::Process, T::Compute, core),
        node("ranker", "Ranking job", "nightly", S::Process, T::Compute, core),
        node("catalogue-db", "Products", "postgres 16", S::Cylinder, T::Store, data),
        orders_db,
        node("index", "Search index", "opensearch", S::Cylinder, T::Store, data),
        node("cache", "Session cache", "redis", S::Cylinder, T::Store, data),
        node("users-db", "Accounts", "postgres 16", S::Cylinder, T::Store, data),
        node("lake", "Data lake", "object store · s3", S::Cylinder, T::Store, data),
        node("metrics", "Metrics", "prometheus", S::Box, T::Support, ops),
        node("logs", "Logs", "loki", S::Cylinder, T::Support, ops),
        node("pay", "Payments", "external · stripe", S::External, T::External, None),
        node("mail", "Mail provider", "external", S::External, T::External, None),
    ];
    let edges = vec![
        edge(0, 3, "HTTPS"),
        edge(1, 4, "HTTPS"),
        edge(3, 4, ""),
        edge(4, 5, ""),
        edge(2, 5, "orders, stock"),
        edge(5, 6, "gRPC"),
        edge(5, 7, "gRPC"),
        edge(5, 8, "gRPC"),
        edge(5, 9, "gRPC"),
        edge(5, 11, "gRPC"),
        edge(7, 10, ""),
        edge(9, 10, ""),
        edge(6, 15, "SQL"),
        edge(7, 16, "SQL"),
        edge(8, 17, ""),
        edge(9, 18, ""),
        edge(11, 19, "SQL"),
        soon(7, 12, "order placed"),
        soon(12, 13, ""),
        soon(12, 20, "all events"),
        edge(14, 20, ""),
        edge(14, 17, "rebuild"),
        edge(7, 23, "charge"),
        edge(13, 24, "SMTP"),
        soon(5, 22, ""),
        soon(7, 21, ""),
    ];
    let mut picture = picture(
        "containers",
        "Shop platform",
        Body::Graph(Graph { direction, groups, nodes, edges, ..Graph::default() }),
    );
    picture.notices = vec!["Search runs at 81 % of what it can do at the yearly peak".into()];
    picture.legend =
        vec![key(T::Warm, None, "close to its limit"), key(T::Plain, Some(Line::Dashed), "nobody waits")];
    picture
}

/// A hundred boxes in twelve groups.
pub fn large() -> Picture {
    let mut groups = Vec::new();
    for domain in 0..4 {
        groups.push(group(&format!("d{domain}"), &format!("Domain {}", domain + 1), "", None, Line::Solid));
    }
    for inner in 0..8 {
        let title = format!("Team {}", inner + 1);
        groups.push(group(&format!("t{inner}"), &title, "team", Some(inner / 2), Line::Dashed));
    }
    let titles = [
        "API", "Orders", "Billing", "Stock", "Search", "Worker", "Mailer", "Data", "Index", "Cache",
        "Events", "Files",
    ];
    let nodes: Vec<Node> = (0..100usize)
        .map(|index| {
            let place = index % 12;
            let (shape, tone, kind) = match place {
                0 => (Shape::Hexagon, Tone::Edge, "gateway"),
                1..=4 => (Shape::Box, Tone::Compute, "service · go"),
                5 | 6 => (Shape::Process, Tone::Compute, "worker"),
                10 => (Shape::Pipe, Tone::Message, "kafka"),
                _ => (Shape::Cylinder, Tone::Store, "postgres"),
            };
            let group = if index < 96 { Some(4 + index / 12) } else { None };
            let title = format!("{} {}", titles.get(place).unwrap_or(&""), index / 12 + 1);
            node(&format!("n{index}"), &title, kind, shape, tone, group)
        })
        .collect();
    let mut edges = Vec::new();
    for team in 0..8 {
        let at = |place: usize| team * 12 + place;
        for (from, to) in
            [(0, 1), (0, 2), (0, 3), (0, 4), (1, 7), (2, 7), (3, 9), (4, 8), (5, 11), (6, 11), (1, 9)]
        {
            edges.push(edge(at(from), at(to), ""));
        }
        for (from, to) in [(1, 10), (2, 10), (10, 5), (10, 6)] {
            edges.push(soon(at(from), at(to), ""));
        }
        // Teams call the next one, and some of them one that is further away.
        if team < 7 {
            edges.push(edge(at(2 + team % 3), at(12), ""));
        }
        if team % 3 == 0 && team < 5 {
            edges.push(soon(at(5), at(36), ""));
        }
    }
    edges.extend([edge(96, 0, ""), edge(97, 0, ""), edge(98, 24, ""), edge(86, 99, "")]);
    picture("containers", "A large design", Body::Graph(Graph { groups, nodes, edges, ..Graph::default() }))
}
