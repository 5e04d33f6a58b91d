//! Rules of a project's own behave like built-in ones, and a mistake in one is a finding at its place.

use crate::support::{Folder, Run, design};

const BODY: &str = "\
components:
  browser: client
  app: { kind: service, owner: me }
  old: { kind: service, tags: legacy }
  store: { kind: database, tech: mongodb }
groups: { all: { groups: { inner: { contains: [old, store] } } } }
apis: { get: { request: GET /, handled_by: app } }
flows:
  visit: { rate: 1 rps, tags: [core], steps: [browser -> app, app -> old -> store, \"browser -> store\"] }
";

/// The findings of one rule, with nothing else looked for.
fn check(rule: &str) -> Run {
    let text = design(&format!("{BODY}rules: {{ own: {{ mine: {rule} }} }}\n"));
    let folder = Folder::with(&text);
    let select = ["--select", "mine", "--fail-on", "never", "a.yaml"];
    let run = folder.validate(&select).exits(0);
    // Everything that is found comes with its rule, also for other programs.
    let sarif = folder.run(&[&["validate", "--format", "sarif"][..], &select[..]].concat()).exits(0);
    let sarif: serde_json::Value = serde_json::from_str(&sarif.out).unwrap();
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    assert_eq!(results.len(), run.findings().len());
    run
}

#[track_caller]
fn finds(rule: &str, expected: &[&str]) {
    let run = check(rule);
    assert_eq!(run.places(), expected, "{}", run.out);
}

#[test]
fn what_is_needed_is_missed_where_it_is_not_written() {
    finds("{ find: components, where: { kind: service }, needs: owner }", &["mine 7:3"]);
    finds("{ find: components, needs: kind }", &[]);
    finds("{ find: apis, needs: [auth, request] }", &["mine 10:9"]);
    finds("{ find: flows, needs: satisfies }", &["mine 12:3"]);
    finds("{ find: groups, needs: kind }", &["mine 9:11", "mine 9:28"]);
}

#[test]
fn all_that_is_said_must_hold_and_of_several_values_one() {
    let places = |only: &str, expected: &[&str]| {
        finds(&format!("{{ find: components, where: {only}, needs: price }}"), expected)
    };
    places("{ kind: [service, client] }", &["mine 5:3", "mine 6:3", "mine 7:3"]);
    places("{ kind: service, tag: legacy }", &["mine 7:3"]);
    places("{ not: { kind: service } }", &["mine 5:3", "mine 8:3"]);
    places("{ kind: service, not: { not: { tag: legacy } } }", &["mine 7:3"]);
    places("{ trait: holds_state }", &["mine 8:3"]);
    places("{ tech: mongodb }", &["mine 8:3"]);
    places("{ group: all }", &["mine 7:3", "mine 8:3"]);
    places("{ id: \"*o*\" }", &["mine 5:3", "mine 7:3", "mine 8:3"]);
    places("{ has: [owner] }", &["mine 6:3"]);
}

#[test]
fn what_is_not_allowed_is_found_where_it_stands() {
    finds("{ find: components, allowed: { tech: [postgresql, redis] } }", &["mine 8:34"]);
    finds("{ find: components, allowed: { tech: [mongodb] } }", &[]);
    finds("{ find: components, allowed: { tags: [] } }", &["mine 7:31"]);
}

#[test]
fn a_forbidden_connection_is_found_once_for_each_pair() {
    finds("{ forbid: { from: { kind: client }, to: { trait: holds_state } } }", &["mine 12:96"]);
    finds("{ forbid: { from: { kind: client }, to: { kind: cache } } }", &[]);
}

#[test]
fn a_flow_may_be_too_deep() {
    finds("{ find: flows, depth: 2 }", &["mine 12:3"]);
    finds("{ find: flows, depth: 3 }", &[]);
    finds("{ find: flows, where: { tag: other }, depth: 1 }", &[]);
}

#[test]
fn computed_numbers_are_compared_with_their_units() {
    finds("{ find: flows, check: rate.peak < 0.5 rps }", &["mine 12:3"]);
    finds("{ find: flows, check: rate.peak < 100 rps and rate > 1 / hour }", &[]);
    // What is not known breaks no rule.
    finds("{ find: components, where: { id: app }, check: utilization < 0.0001% }", &[]);
}

#[test]
fn messages_and_help_are_filled() {
    let run = check(
        "{ find: flows, check: rate < 0.5 rps, message: \"{id} runs {rate}\", severity: info, help: \"{id}!\" }",
    );
    assert!(run.out.contains("info[mine]: visit runs 1 / s"), "{}", run.out);
    let run =
        check("{ forbid: { from: { kind: client }, to: { kind: database } }, message: \"{from} to {to}\" }");
    assert!(run.out.contains("warning[mine]: browser to store"), "{}", run.out);
    let run = check("{ find: components, allowed: { tech: [redis] }, message: \"{id}: {key} is {value}\" }");
    assert!(run.out.contains("store: tech is mongodb"), "{}", run.out);
}

#[test]
fn they_are_allowed_ignored_and_given_severities_like_others() {
    let rule = "own: { mine: { find: components, where: { kind: service }, needs: owner } }";
    let run = |rules: &str, arguments: &[&str]| {
        let folder = Folder::with(&design(&format!("{BODY}rules: {{ {rule}{rules} }}\n")));
        let run = folder.validate(&[arguments, &["--fail-on", "never", "a.yaml"]].concat()).exits(0);
        run.findings().into_iter().filter(|line| line.contains("mine")).map(str::to_owned).collect::<Vec<_>>()
    };
    assert!(run("", &[])[0].contains("warning[mine]"));
    assert!(run(", mine: error", &[])[0].contains("error[mine]"));
    assert_eq!(run(", mine: off", &[]), [""; 0]);
    assert_eq!(run(", mine: off", &["--select", "mine"]).len(), 1);
    assert_eq!(run("", &["--ignore", "mine"]), [""; 0]);
    assert_eq!(run("", &["--select", "security"]), [""; 0]);
    assert_eq!(run(", allow: [{ rule: mine, on: components.old, reason: Later }]", &[]), [""; 0]);
    let unused = run(", allow: [{ rule: mine, on: components.app, reason: Later }]", &[]);
    assert_eq!(unused.len(), 2, "{unused:?}");
    let here = BODY.replace("tags: legacy }", "tags: legacy, allow: [{ rule: mine, reason: Later }] }");
    Folder::with(&design(&format!("{here}rules: {{ {rule} }}\n")))
        .validate(&["--fail-on", "warning", "--select", "mine,unused-allow", "a.yaml"])
        .exits(0);
}

#[test]
fn a_baseline_knows_them() {
    let text = design(&format!("{BODY}rules: {{ own: {{ mine: {{ find: components, needs: price }} }} }}\n"));
    let folder = Folder::with(&text);
    folder.validate(&["--baseline", "known.json", "--write-baseline", "a.yaml"]).exits(0);
    let run = folder.validate(&["--baseline", "known.json", "--fail-on", "info", "a.yaml"]).exits(0);
    assert_eq!(run.out, "");
}

#[test]
fn files_of_rules_are_shared() {
    let folder = Folder::with(&design(&format!(
        "include: rules.yaml\n{BODY}rules: {{ priced: error, own: {{ two: {{ find: flows, needs: owner }} }} }}\n"
    )));
    folder.write(
        "rules.yaml",
        "rules: { own: { priced: { find: components, where: { kind: database }, needs: price } } }\n",
    );
    let run = folder.validate(&["--select", "priced,two", "a.yaml"]).exits(1);
    assert_eq!(run.places(), ["priced 9:3", "two 13:3"], "{}", run.out);
    folder.write("rules.yaml", "rules: { profile: strict, own: {} }\n");
    assert!(folder.validate(&["a.yaml"]).exits(1).out.contains("`rules` is said in two files"));
    let everywhere = Folder::with(&design(BODY));
    everywhere.write(
        "house/rules.yaml",
        "rules: { own: { priced: { find: components, where: { kind: database }, needs: price } } }\n",
    );
    everywhere.write("sysdesign.toml", "[rules]\ninclude = [\"house/rules.yaml\"]\n");
    assert_eq!(
        everywhere.validate(&["--select", "priced", "--fail-on", "never", "a.yaml"]).exits(0).places(),
        ["priced 8:3"]
    );
    everywhere.write("sysdesign.toml", "[rules]\ninclude = [\"none.yaml\"]\n");
    everywhere.validate(&["a.yaml"]).exits(2);
}

#[test]
fn mistakes_in_rules_are_told_where_they_stand() {
    let told = |rule: &str, expected: &str| {
        let run = check(rule);
        assert!(run.out.contains(expected), "{rule}: {}", run.out);
        assert_eq!(run.findings().len(), 1, "{rule}: {}", run.out);
    };
    told("{ find: components }", "the rule `mine` demands nothing");
    told("{ needs: owner }", "does not say what it looks at");
    told("{ find: components, needs: onwer }", "unknown key `onwer` in a rule about components");
    told("{ find: components, where: { kind: servce }, needs: owner }", "there is no kind `servce`");
    told(
        "{ find: components, where: { trait: hold_state }, needs: owner }",
        "there is no trait `hold_state`",
    );
    told(
        "{ find: flows, where: { trait: holds_state }, needs: owner }",
        "`trait` is asked of components only",
    );
    told("{ find: flows, where: { kind: service }, needs: owner }", "flows have no kind");
    told("{ find: flows, check: rate < 5 MB }", "error[dimension-mismatch]");
    told("{ find: flows, check: rat < 5 rps }", "error[unresolved-reference]");
    told("{ find: flows, check: rate }", "error[invalid-expression]");
    told("{ find: groups, check: rate < 5 rps }", "nothing is computed for groups");
    told("{ find: components, depth: 3 }", "only flows have calls within calls");
    told("{ find: flows, forbid: { from: {}, to: {} } }", "`forbid` looks at connections");
    told("{ find: flows, needs: owner, message: \"{rate}\" }", "nothing stands for `{rate}`");
    told("{ find: everything, needs: owner }", "error[unknown-value]");
    let run = Folder::with(&design("rules: { own: { missing-summary: { find: flows, needs: owner } } }\n"))
        .validate(&["a.yaml"]);
    assert!(run.exits(1).out.contains("there is a rule `missing-summary` already"));
}

#[test]
fn many_rules_over_many_elements_end() {
    let mut text = design("components:\n");
    (0..5_000).for_each(|number| text.push_str(&format!("  c{number}: service\n")));
    text.push_str("rules:\n  own:\n");
    (0..3_000).for_each(|number| {
        text.push_str(&format!(
            "    r{number}: {{ find: components, where: {{ id: \"x*y*z\" }}, needs: owner }}\n"
        ))
    });
    let run = Folder::with(&text).validate(&["--select", "r0", "--fail-on", "never", "a.yaml"]).exits(0);
    assert_eq!(run.findings().len(), 0, "what is not selected costs nothing");
    let run = Folder::with(&text).validate(&["--fail-on", "never", "a.yaml"]).exits(0);
    let limits = run.findings().iter().filter(|line| line.contains("[limit-exceeded]")).count();
    assert_eq!(limits, 1);
}

#[test]
fn keys_of_the_project_and_values_that_are_written_can_be_asked_for() {
    let body = BODY
        .replace("owner: me }", "owner: me, x-tier: 1, exposure: public }")
        .replace("tags: legacy }", "tags: legacy, x-tier: 2, exposure: internal }");
    let places = |rule: &str| {
        let text = design(&format!("{body}rules: {{ own: {{ mine: {rule} }} }}\n"));
        let run = Folder::with(&text).validate(&["--select", "mine", "--fail-on", "never", "a.yaml"]);
        run.exits(0).places()
    };
    assert_eq!(
        places("{ find: components, where: { kind: service }, needs: x-runbook }"),
        ["mine 6:3", "mine 7:3"]
    );
    assert_eq!(
        places("{ find: components, where: { is: { exposure: public } }, needs: x-runbook }"),
        ["mine 6:3"]
    );
    assert_eq!(places("{ find: components, where: { is: { x-tier: [2, 3] } }, needs: owner }"), ["mine 7:3"]);
    assert_eq!(
        places("{ find: components, where: { is: { exposure: internal, x-tier: 1 } }, needs: price }"),
        [""; 0]
    );
    assert_eq!(
        places(
            "{ find: components, where: { not: { is: { exposure: [public, internal] } } }, needs: price }"
        ),
        ["mine 5:3", "mine 8:3"]
    );
    assert_eq!(places("{ find: components, allowed: { x-tier: [1] } }"), ["mine 7:47"]);
    let run = check("{ find: components, where: { is: { exposed: public } }, needs: owner }");
    assert!(run.out.contains("error[unknown-key]: unknown key `exposed`"), "{}", run.out);
}

/// A project with rules in a design, in a file that this includes, and in one that the configuration includes.
fn project() -> Folder {
    let folder = Folder::with(&design(&format!(
        "include: part.yaml\n{BODY}rules:\n  own:\n    owned:  # by a team\n      find: components\n      needs: owner\n      help: ask for one\n"
    )));
    folder.write(
        "part.yaml",
        "rules: { own: { paged: { find: apis, needs: pagination, message: \"{id} has no end\" } } }\n",
    );
    folder.write(
        "house.yaml",
        "rules: { own: { priced: { find: components, needs: price, severity: off } } }\n",
    );
    folder.write("b.yaml", design("rules: { own: { other: { find: flows, depth: 3 } } }\n"));
    folder.write("sysdesign.toml", "[rules]\ninclude = [\"house.yaml\"]\n");
    folder
}

#[test]
fn they_are_explained_where_they_are_found() {
    let folder = project();
    let page = "owned  warning · own · a.yaml:16:5\n\nComponents need `owner`.\n\nInstead\nask for one\n\n\
                As it is written\n    owned:  # by a team\n      find: components\n      needs: owner\n      help: ask for one\n";
    assert_eq!(folder.run(&["explain", "owned"]).exits(0).out, page);
    assert_eq!(folder.run(&["explain", "warning[owned]:"]).exits(0).out, page);
    assert_eq!(folder.run(&["explain", "a.yaml", "owned"]).exits(0).out, page);
    let shared = folder.run(&["explain", "a.yaml", "paged"]).exits(0).out;
    assert!(shared.starts_with("paged  warning · own · part.yaml:1:17\n\n{id} has no end\n"), "{shared}");
    let house = folder.run(&["explain", "priced"]).exits(0).out;
    assert!(house.starts_with("priced  off · own · house.yaml:1:17"), "{house}");
    let json = folder.run(&["explain", "--format", "json", "owned"]).exits(0);
    let json: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!((&json["category"], &json["line"]), (&"own".into(), &16.into()));
    let near = folder.run(&["explain", "ownde"]).exits(2).err;
    assert!(near.contains("there is no rule `ownde`; did you mean `owned`?"), "{near}");
    assert_eq!(folder.run(&["explain", "none.yaml", "owned"]).exits(2).err.lines().count(), 1);
    let elsewhere = folder.run(&["explain", "b.yaml", "owned"]).exits(2).err;
    assert!(elsewhere.contains("there is no rule `owned`"), "{elsewhere}");
}

#[test]
fn they_are_listed_with_the_designs_they_stand_in() {
    let folder = project();
    let own = |arguments: &[&str]| {
        let run = folder.run(&[&["rules", "--format", "json"], arguments].concat()).exits(0);
        let json: serde_json::Value = serde_json::from_str(&run.out).unwrap();
        let own = json["rules"].as_array().unwrap().iter().filter(|rule| rule["category"] == "own");
        own.map(|rule| rule["name"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(own(&[]), ["priced"], "what the project includes everywhere");
    assert_eq!(own(&["a.yaml"]), ["owned", "paged", "priced"]);
    assert_eq!(own(&["."]), ["other", "owned", "paged", "priced"]);
    assert_eq!(own(&["--category", "data", "a.yaml"]), [""; 0]);
    let text = folder.run(&["rules", "b.yaml"]).exits(0).out;
    let listed = "own  rules of this project\n  other                        warning  In flows, at most 3 calls wait for each other.\n";
    assert!(text.contains(listed), "{text}");
    let none = folder.run(&["rules", "none.yaml"]).exits(2);
    assert_eq!((none.out.as_str(), none.err.lines().count()), ("", 1));
}

#[test]
fn the_configuration_may_name_them() {
    let folder = project();
    let config =
        |text: &str| folder.write("sysdesign.toml", format!("[rules]\ninclude = [\"house.yaml\"]\n{text}"));
    config("owned = \"error\"\npriced = \"info\"\nallow = [{ rule = \"paged\", reason = \"Later\" }]\n");
    let run =
        folder.validate(&["--select", "owned,paged,priced,unknown-rule,unused-allow", "a.yaml"]).exits(1);
    assert!(run.out.contains("error[owned]: "), "{}", run.out);
    assert!(run.out.contains("info[priced]: "), "{}", run.out);
    assert!(!run.out.contains("paged") && !run.out.contains("[un"), "{}", run.out);
    // A run over another design of the project does not take it for a mistake.
    let run = folder.validate(&["b.yaml"]).exits(0);
    assert!(!run.out.contains("unknown-rule"), "{}", run.out);
}

#[test]
fn a_name_that_no_design_of_the_project_has_is_no_rule() {
    let folder = project();
    folder.write(
        "sysdesign.toml",
        "[rules]\nownde = \"error\"\nallow = [{ rule = \"otehr\", reason = \"Later\" }]\n",
    );
    for design in ["a.yaml", "b.yaml", "."] {
        let run = folder.run(&["validate", design]);
        for (wrong, right) in [("ownde", "owned"), ("otehr", "other")] {
            assert!(run.out.contains(&format!("[unknown-rule]: there is no rule `{wrong}`")), "{}", run.out);
            assert!(run.out.contains(&format!("did you mean `{right}`?")), "{}", run.out);
        }
        assert!(!run.out.contains("unused-allow"), "one mistake is one finding: {}", run.out);
    }
    folder.validate(&["--fix", "."]);
    let mended = std::fs::read_to_string(folder.path().join("sysdesign.toml")).unwrap();
    assert!(mended.contains("owned = ") && mended.contains("rule = \"other\""), "{mended}");
}
