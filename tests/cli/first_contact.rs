//! What somebody sees who has never read a page about the language: few findings, the most important first, each with a line on
//! what to write.

use crate::support::Folder;

/// The findings of a sketch as people see them: rule and help.
fn told(sketch: &str) -> Vec<(String, String)> {
    let folder = Folder::with(sketch);
    let run = folder.run(&["validate", "--format", "json", "--fail-on", "never", "a.yaml"]).exits(0);
    let json: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    let findings = json["diagnostics"].as_array().unwrap().iter();
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    findings.map(|found| (text(&found["rule"]), text(&found["help"]))).collect()
}

#[test]
fn keys_of_other_tools_lead_to_where_the_language_says_it() {
    let found = told(
        "sysdesign: 1\nname: Shop\nusers: 1M\ncomponents:\n  web: client\n  shop: { kind: service, rps: 100 }\n  \
         orders: { kind: database, size: 100 GB }\nconnections: [web -> shop]\n",
    );
    let expected = [
        ("users", "`assumptions:`"),
        ("rps", "`capacity:`"),
        ("size", "`storage:`"),
        ("connections", "`flows: { visit: { steps: [\"web -> app\"] } }`"),
    ];
    assert_eq!(found.len(), expected.len(), "{found:#?}");
    for ((rule, help), (key, wanted)) in found.iter().zip(expected) {
        assert_eq!(rule, "unknown-key");
        assert!(help.contains(wanted) && !help.contains("x-"), "{key}: {help}");
    }
}

#[test]
fn sketches_of_ten_lines_get_a_handful_of_findings_that_each_say_what_to_write() {
    for sketch in [
        "sysdesign: 1\nname: Todo\ncomponents:\n  web: client\n  api: service\n  db: postgresql\nflows:\n  add_task: { steps: [web -> api -> db] }\n",
        "sysdesign: 1\nname: Photos\ncomponents:\n  phone: client\n  server: { kind: service, replicas: 3 }\n  cache: redis\n  db: mysql\nflows:\n  upload: { rate: 50 / s, steps: [\"phone -> server: POST /photos\", \"server -> db: insert\"] }\n  view: { steps: [\"phone -> server: GET /photos\", \"server -> cache: get\", \"server -> db: select\"] }\n",
        "sysdesign: 1\nname: Chat\ncomponents:\n  app: mobile_app\n  gateway: api_gateway\n  chat: service\n  kafka: queue\n  messages: cassandra\nflows:\n  send: { steps: [app -> gateway -> chat -> kafka -> messages] }\n",
        "sysdesign: 1\nname: Blog\ncomponents:\n  - browser\n  - web server\n  - database\nconnections:\n  - browser -> web server\n",
    ] {
        let found = told(sketch);
        assert!(found.len() <= 5, "{sketch}: {found:#?}");
        assert!(found.iter().all(|(_, help)| !help.is_empty()), "{sketch}: {found:#?}");
    }
}
