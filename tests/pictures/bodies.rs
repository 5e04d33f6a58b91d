//! Pictures made by hand for what is not a graph.

use sysdesign::diagrams::picture::*;

use super::samples::picture;

fn say(from: usize, to: usize, text: &str, kind: MessageKind) -> Item {
    Item::Message(Message { from, to, text: text.into(), kind })
}

/// A sequence with every kind of frame.
pub fn sequence() -> Picture {
    use MessageKind::{Answer, Async, Call};
    let who = |id: &str, title: &str, shape: Shape, tone: Tone| Participant {
        id: id.into(),
        title: title.into(),
        shape,
        tone,
    };
    let participants = vec![
        who("user", "Customer", Shape::Person, Tone::Person),
        who("web", "Web shop", Shape::Box, Tone::Compute),
        who("cache", "Session cache", Shape::Cylinder, Tone::Store),
        who("orders", "Orders", Shape::Cylinder, Tone::Store),
        who("pay", "Payments", Shape::External, Tone::External),
        who("queue", "Mail queue", Shape::Pipe, Tone::Message),
    ];
    let items = vec![
        say(0, 1, "POST /checkout", Call),
        say(1, 2, "get session", Call),
        Item::Frame {
            kind: Frame::Alternatives,
            sections: vec![
                ("hit, 92 %".into(), vec![say(2, 1, "session", Answer)]),
                (
                    "miss".into(),
                    vec![
                        say(2, 1, "nothing", Answer),
                        say(1, 3, "read session", Call),
                        say(3, 1, "session", Answer),
                        Item::Frame {
                            kind: Frame::Optional,
                            sections: vec![(
                                "session is still valid".into(),
                                vec![say(1, 2, "store", Async)],
                            )],
                        },
                    ],
                ),
            ],
        },
        say(1, 1, "compute the total", Call),
        say(1, 1, "total", Answer),
        Item::Note { over: (3, 4), text: vec!["one transaction,".into(), "at most 5 s".into()] },
        Item::Frame {
            kind: Frame::Loop,
            sections: vec![(
                "up to 3 times, 200 ms apart".into(),
                vec![
                    say(1, 4, "charge the card, with an idempotency key", Call),
                    say(4, 1, "charged", Answer),
                ],
            )],
        },
        Item::Frame {
            kind: Frame::Parallel,
            sections: vec![
                (String::new(), vec![say(1, 3, "insert order", Call), say(3, 1, "ok", Answer)]),
                (String::new(), vec![say(1, 5, "order placed", Async)]),
            ],
        },
        say(1, 0, "201 Created", Answer),
    ];
    picture("sequence of checkout", "Checkout", Body::Sequence(Sequence { participants, items }))
}

/// Records of a shop.
pub fn entities() -> Picture {
    let field = |keys: &[&'static str], name: &str, shape: &str, comment: &str| Attribute {
        shape: shape.into(),
        name: name.into(),
        keys: keys.to_vec(),
        comment: comment.into(),
    };
    let entity = |id: &str, title: &str, attributes: Vec<Attribute>| Entity {
        id: id.into(),
        title: title.into(),
        attributes,
    };
    let entities = vec![
        entity(
            "order",
            "Order",
            vec![
                field(&["PK"], "id", "uuid", ""),
                field(&["FK"], "customer", "uuid", "indexed"),
                field(&[], "placed", "timestamp", ""),
                field(&[], "total", "money", ""),
            ],
        ),
        entity(
            "customer",
            "Customer",
            vec![
                field(&["PK"], "id", "uuid", ""),
                field(&["UK"], "email", "text", "personal"),
                field(&[], "name", "text", "personal"),
            ],
        ),
        entity(
            "line",
            "Order line",
            vec![
                field(&["PK", "FK"], "order", "uuid", ""),
                field(&["PK", "FK"], "product", "uuid", ""),
                field(&[], "count", "integer", ""),
            ],
        ),
        entity(
            "product",
            "Product",
            vec![
                field(&["PK"], "id", "uuid", ""),
                field(&[], "price", "money", ""),
                field(&[], "stock", "integer", ""),
            ],
        ),
        entity(
            "address",
            "Address",
            vec![field(&["PK"], "id", "uuid", ""), field(&[], "street", "text", "personal")],
        ),
    ];
    use Cardinality as C;
    let relation = |from, to, from_count, to_count, is_identifying, label: &str| Relation {
        from,
        to,
        from_count,
        to_count,
        is_identifying,
        label: label.into(),
    };
    let relations = vec![
        relation(0, 1, C::Many, C::One, false, "placed by"),
        relation(2, 0, C::OneOrMore, C::One, true, "part of"),
        relation(2, 3, C::Many, C::One, true, ""),
        relation(4, 1, C::Many, C::One, false, "of"),
        relation(0, 4, C::Many, C::ZeroOrOne, false, "sent to"),
    ];
    picture("entities", "What the shop keeps", Body::Entities(Entities { entities, relations }))
}

/// Classes of a component.
pub fn classes() -> Picture {
    let class =
        |id: &str, stereotype: Option<&str>, namespace: Option<&str>, fields: &[&str], methods: &[&str]| {
            Class {
                id: id.to_lowercase(),
                title: id.into(),
                stereotype: stereotype.map(Into::into),
                namespace: namespace.map(Into::into),
                fields: fields.iter().map(|text| (*text).to_owned()).collect(),
                methods: methods.iter().map(|text| (*text).to_owned()).collect(),
            }
        };
    let classes = vec![
        class(
            "Checkout",
            None,
            Some("Checkout service"),
            &["carts: Carts", "timeout: Duration"],
            &["place(Cart): Order"],
        ),
        class(
            "Payment",
            Some("interface"),
            Some("Checkout service"),
            &[],
            &["charge(Money): Receipt", "refund(Receipt)"],
        ),
        class("CardPayment", None, Some("Checkout service"), &["key: Secret"], &["charge(Money): Receipt"]),
        class("Invoice", None, Some("Checkout service"), &[], &["charge(Money): Receipt"]),
        class("Order", None, Some("Orders"), &["id: Uuid", "lines: List<Line>"], &["total(): Money"]),
        class("Line", None, Some("Orders"), &["count: int"], &[]),
        class("Status", Some("enum"), Some("Orders"), &["open", "paid", "sent"], &[]),
    ];
    let tie = |from, to, kind| Tie { from, to, kind };
    let ties = vec![
        tie(0, 1, TieKind::Uses),
        tie(2, 1, TieKind::Implements),
        tie(3, 2, TieKind::Extends),
        tie(0, 4, TieKind::Uses),
        tie(4, 5, TieKind::Has),
        tie(4, 6, TieKind::Has),
    ];
    picture("classes", "Inside checkout", Body::Classes(Classes { classes, ties }))
}

/// The states of an order.
pub fn states() -> Picture {
    let names = ["Cart", "Placed", "Paid", "Packed", "Sent", "Cancelled"];
    let states = names.iter().map(|name| (name.to_lowercase(), (*name).to_owned())).collect();
    let change =
        |from: Option<usize>, to: Option<usize>, label: &str| Change { from, to, label: label.into() };
    let changes = vec![
        change(None, Some(0), ""),
        change(Some(0), Some(0), "add item"),
        change(Some(0), Some(1), "checkout [stock left]"),
        change(Some(1), Some(2), "payment arrives / send mail"),
        change(Some(1), Some(5), "30 min pass"),
        change(Some(2), Some(3), "packed"),
        change(Some(2), Some(5), "customer cancels / refund"),
        change(Some(3), Some(4), "handed over"),
        change(Some(4), Some(3), "returned"),
        change(Some(4), None, ""),
        change(Some(5), None, ""),
    ];
    picture("states of order", "An order", Body::States(States { states, changes }))
}

/// Requirements, one of each verdict.
pub fn requirements() -> Picture {
    let wanted = |id: &str, text: &str, check: &str, verdict: &str, tone| Wanted {
        id: id.into(),
        text: text.into(),
        check: Some(check.to_owned()).filter(|check| !check.is_empty()),
        quality: Some("performance".into()),
        verdict: Some(verdict.into()),
        tone,
    };
    let requirements = vec![
        wanted(
            "fast-checkout",
            "Nine of ten customers check out without noticing a wait",
            "checkout.p90 <= 400 ms",
            "holds: 310 ms",
            Tone::Good,
        ),
        wanted(
            "always-open",
            "The shop is open around the clock, all year",
            "shop.availability >= 99.95 %",
            "at risk: 99.95 to 99.97 %",
            Tone::Warm,
        ),
        wanted(
            "cheap",
            "Running it costs less than a developer",
            "cost <= 4000 EUR / month",
            "fails: 5,100 EUR / month",
            Tone::Hot,
        ),
    ];
    let elements =
        vec![("Checkout".to_owned(), "service".to_owned()), ("Orders".to_owned(), "database".to_owned())];
    let ties = vec![(0, 0), (0, 1), (1, 1), (1, 2)];
    picture(
        "requirements",
        "What is asked for",
        Body::Requirements(Requirements { requirements, elements, ties }),
    )
}

/// C4 containers.
pub fn c4() -> Picture {
    let node = |id: &str, title: &str, kind: &str, what: &str, shape, tone, group| Node {
        id: id.into(),
        title: title.into(),
        subtitle: Some(kind.into()),
        description: Some(what.into()),
        shape,
        tone,
        group,
        ..Node::default()
    };
    let nodes = vec![
        node("customer", "Customer", "person", "buys things", Shape::Person, Tone::Person, None),
        node(
            "web",
            "Web shop",
            "container: Node",
            "shows products and takes orders",
            Shape::Box,
            Tone::Compute,
            Some(0),
        ),
        node(
            "api",
            "API",
            "container: Go",
            "keeps carts, places orders, charges cards",
            Shape::Box,
            Tone::Compute,
            Some(0),
        ),
        node(
            "db",
            "Database",
            "container: Postgres",
            "orders, customers, products",
            Shape::Cylinder,
            Tone::Store,
            Some(0),
        ),
        node("mail", "Mail", "software system", "sends mail", Shape::Box, Tone::External, None),
    ];
    let edge = |from, to, label: &[&str]| Edge {
        from,
        to,
        label: label.iter().map(|line| (*line).to_owned()).collect(),
        weight: 1.0,
        ..Edge::default()
    };
    let edges = vec![
        edge(0, 1, &["buys", "[HTTPS]"]),
        edge(1, 2, &["calls", "[JSON over HTTPS]"]),
        edge(2, 3, &["reads and writes", "[SQL]"]),
        edge(2, 4, &["sends mail with", "[SMTP]"]),
        edge(4, 0, &["mails"]),
    ];
    let groups = vec![Group {
        id: "shop".into(),
        title: "Shop".into(),
        subtitle: Some("software system".into()),
        line: Line::Dashed,
        ..Group::default()
    }];
    let graph =
        Graph { notation: Notation::C4Container, direction: Direction::TopBottom, groups, nodes, edges };
    picture("c4 container", "Containers of the shop", Body::Graph(graph))
}

/// Use cases.
pub fn use_cases() -> Picture {
    let actor = |id: &str| Node {
        id: id.into(),
        title: id.into(),
        shape: Shape::Person,
        tone: Tone::Person,
        ..Node::default()
    };
    let case = |id: &str| Node {
        id: id.into(),
        title: id.into(),
        shape: Shape::Ellipse,
        tone: Tone::Compute,
        group: Some(0),
        ..Node::default()
    };
    let nodes = vec![
        actor("Customer"),
        actor("Clerk"),
        case("Find a product"),
        case("Check out"),
        case("Track an order"),
        case("Refund an order"),
    ];
    let edges = [(0, 2), (0, 3), (0, 4), (1, 4), (1, 5)]
        .into_iter()
        .map(|(from, to)| Edge { from, to, head: Head::None, weight: 1.0, ..Edge::default() })
        .collect();
    let groups = vec![Group { id: "shop".into(), title: "Shop".into(), ..Group::default() }];
    let graph = Graph { notation: Notation::UseCases, groups, nodes, edges, ..Graph::default() };
    picture("use cases", "Who does what", Body::Graph(graph))
}
