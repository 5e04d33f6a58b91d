//! What a project's own schema says, in which words and where.

use crate::support::Text;
use insta::assert_snapshot;
use sysdesign::schema::HouseSchema;

const DESIGN: &str = "\
sysdesign: 1
name: Shop
x-cost-centre: 42
components:
  App:
    kind: servise
    replicas: 1
    tags: [a, a]
  db:
    kind: database
    tech: Mongo
  cache: cache
";

/// The findings about `DESIGN` of a schema, each with the place and the characters that it points at.
fn told(schema: &str) -> String {
    told_of(schema, DESIGN)
}

fn told_of(schema: &str, design: &str) -> String {
    let house = HouseSchema::compile(schema).expect("the schema compiles");
    let text = Text::new(design);
    let findings = house.check(text.root());
    assert_eq!(findings.is_empty(), house.fits(text.root()));
    let sources = &text.workspace.sources;
    let one = |found: &sysdesign::Diagnostic| {
        let at = sources.position(found.span);
        let help = found.help.as_ref().map(|help| format!("\n    help: {help}")).unwrap_or_default();
        format!("{}:{} `{}` {}{help}\n", at.line, at.column, sources.text(found.span), found.message)
    };
    findings.iter().map(one).collect()
}

fn of_components(schema: &str) -> String {
    told(&format!(r#"{{ "properties": {{ "components": {{ "additionalProperties": {schema} }} }} }}"#))
}

#[test]
fn a_missing_key_is_told_at_the_owner_of_the_key() {
    assert_snapshot!(
        of_components(r#"{ "type": "object", "required": ["owner"], "properties": { "owner": { "description": "The team that is called at night." } } }"#),
        @r"
    5:3 `App` the project's schema asks for `owner` here
        help: The team that is called at night.
    9:3 `db` the project's schema asks for `owner` here
        help: The team that is called at night.
    12:10 `cache` `cache` is not what the project's schema asks for: it must be a map of keys and values
    "
    );
}

#[test]
fn a_missing_key_of_the_document_is_told_at_its_first_key() {
    assert_snapshot!(told(r#"{ "required": ["owner"], "description": "Every design has an owner." }"#), @r"
    1:1 `sysdesign` the project's schema asks for `owner` here
        help: Every design has an owner.
    ");
}

#[test]
fn a_value_outside_of_a_set_is_told_with_the_nearest_one() {
    let set = r#"{ "properties": { "kind": { "enum": ["service", "database", "cache"] }, "tech": { "enum": ["postgresql", 3] } } }"#;
    assert_snapshot!(of_components(set), @r"
    6:11 `servise` the project's schema does not allow `servise` here
        help: did you mean `service`?
    11:11 `Mongo` the project's schema does not allow `Mongo` here
        help: it must be one of `postgresql`, `3`
    ");
}

#[test]
fn an_error_message_of_the_schema_goes_before_everything() {
    let schema = r#"{ "properties": { "tech": { "enum": ["postgresql"], "errorMessage": "we run PostgreSQL only: see go/databases", "description": "What it runs on." } } }"#;
    assert_snapshot!(of_components(schema), @r"
    11:11 `Mongo` the project's schema does not allow `Mongo` here
        help: we run PostgreSQL only: see go/databases
    ");
    let by_key = r#"{ "type": "object", "required": ["owner"], "errorMessage": { "required": { "owner": "name a team of the org chart" } } }"#;
    assert_snapshot!(of_components(by_key), @r"
    5:3 `App` the project's schema asks for `owner` here
        help: name a team of the org chart
    9:3 `db` the project's schema asks for `owner` here
        help: name a team of the org chart
    12:10 `cache` `cache` is not what the project's schema asks for: it must be a map of keys and values
    ");
}

#[test]
fn a_pattern_is_told_at_the_key_or_the_value_that_does_not_match() {
    let schema = r#"{
        "properties": {
            "name": { "pattern": "^shop-" },
            "components": { "propertyNames": { "pattern": "^[a-z_]+$", "description": "Ids are lower case." } }
        }
    }"#;
    assert_snapshot!(told(schema), @r"
    2:7 `Shop` `Shop` is not what the project's schema asks for: it must match the pattern `^shop-`
    5:3 `App` the project's schema does not allow the key `App`: must match the pattern `^[a-z_]+$`
        help: Ids are lower case.
    ");
}

#[test]
fn a_wrong_type_is_told_in_words() {
    assert_snapshot!(of_components(r#"{ "type": "object", "properties": { "replicas": { "type": ["string", "null"] } } }"#), @r"
    7:15 `1` `1` is not what the project's schema asks for: it must be empty or a text
    12:10 `cache` `cache` is not what the project's schema asks for: it must be a map of keys and values
    ");
    assert_snapshot!(told(r#"{ "properties": { "x-cost-centre": { "type": "string" }, "components": { "type": "array" } } }"#), @r"
    3:16 `42` `42` is not what the project's schema asks for: it must be a text
    4:1 `components` a map of keys and values is not what the project's schema asks for: it must be a list
    ");
}

#[test]
fn counts_and_limits_are_told_in_words() {
    let schema = r#"{
        "properties": {
            "name": { "minLength": 10 },
            "x-cost-centre": { "minimum": 100, "multipleOf": 10 },
            "components": {
                "minProperties": 5,
                "additionalProperties": { "properties": { "replicas": { "exclusiveMinimum": 1 }, "tags": { "uniqueItems": true, "maxItems": 1 } } }
            }
        }
    }"#;
    assert_snapshot!(told(schema), @r"
    2:7 `Shop` `Shop` is not what the project's schema asks for: it must have at least 10 characters
    3:16 `42` `42` is not what the project's schema asks for: it must be 100 or more
    3:16 `42` `42` is not what the project's schema asks for: it must be a multiple of 10
    4:1 `components` a map of keys and values is not what the project's schema asks for: it must have at least 5 entries
    7:15 `1` `1` is not what the project's schema asks for: it must be more than 1
    8:5 `tags` a list is not what the project's schema asks for: it must have at most 1 item
    8:5 `tags` a list is not what the project's schema asks for: it must not have the same item twice
    ");
}

#[test]
fn a_key_that_the_schema_does_not_know_is_told_at_the_key() {
    let schema = r#"{ "type": "object", "properties": { "kind": {}, "technology": {}, "tags": {} }, "additionalProperties": false }"#;
    assert_snapshot!(of_components(schema), @r"
    7:5 `replicas` the project's schema does not know the key `replicas` here
    11:5 `tech` the project's schema does not know the key `tech` here
        help: did you mean `technology`?
    12:10 `cache` `cache` is not what the project's schema asks for: it must be a map of keys and values
    ");
    let schema = r#"{ "type": "object", "properties": { "kind": {}, "replicas": false, "tags": {} }, "unevaluatedProperties": false }"#;
    assert_snapshot!(of_components(schema), @r"
    7:5 `replicas` the project's schema does not allow `replicas` here
    11:5 `tech` the project's schema does not know the key `tech` here
    12:10 `cache` `cache` is not what the project's schema asks for: it must be a map of keys and values
    ");
}

#[test]
fn of_alternatives_the_one_that_was_meant_is_told() {
    let schema = r#"{ "anyOf": [{ "type": "string" }, { "type": "object", "required": ["owner"] }] }"#;
    assert_snapshot!(of_components(schema), @r"
    5:3 `App` the project's schema asks for `owner` here
    9:3 `db` the project's schema asks for `owner` here
    ");
}

#[test]
fn when_no_alternative_was_meant_all_are_told() {
    let schema = r#"{ "type": "object", "oneOf": [{ "required": ["owner"] }, { "required": ["team"] }] }"#;
    assert_snapshot!(of_components(schema), @r"
    5:3 `App` this is none of what the project's schema allows here
        help: must have `owner`; or must have `team`
    9:3 `db` this is none of what the project's schema allows here
        help: must have `owner`; or must have `team`
    12:10 `cache` `cache` is not what the project's schema asks for: it must be a map of keys and values
    12:10 `cache` `cache` is not what the project's schema asks for: it must fit one alternative only, and fits several
    ");
    let schema = r#"{ "properties": { "replicas": { "oneOf": [{ "type": "number" }, { "minimum": 0 }] } } }"#;
    assert_snapshot!(of_components(schema), @"7:15 `1` `1` is not what the project's schema asks for: it must fit one alternative only, and fits several");
}

#[test]
fn what_must_not_be_is_told_at_the_key() {
    let schema = r#"{ "properties": { "replicas": { "not": { "const": 1 }, "description": "One copy is a single point of failure." } } }"#;
    assert_snapshot!(of_components(schema), @r"
    7:5 `replicas` the project's schema does not allow `replicas` here
        help: One copy is a single point of failure.
    ");
}

#[test]
fn a_condition_is_told_where_it_fails() {
    let schema = r##"{ "$ref": "#/$defs/component", "$defs": { "component": {
        "if": { "properties": { "kind": { "const": "database" } }, "required": ["kind"], "type": "object" },
        "then": { "required": ["backup"], "description": "Every database has a backup." }
    } } }"##;
    let whole = format!(
        r##"{{ "properties": {{ "components": {{ "additionalProperties": {{ "$ref": "#/$defs/c/$defs/component" }} }} }}, "$defs": {{ "c": {schema} }} }}"##
    );
    assert_snapshot!(told(&whole), @r"
    9:3 `db` the project's schema asks for `backup` here
        help: Every database has a backup.
    ");
}

#[test]
fn paths_through_lists_and_odd_keys_lead_to_the_value() {
    let schema = r#"{ "properties": { "x-a/b~c": { "items": { "type": "string" } } } }"#;
    assert_snapshot!(told_of(schema, "x-a/b~c:\n  - ok\n  - 5\n  - [deep]\n"), @r"
    3:5 `5` `5` is not what the project's schema asks for: it must be a text
    4:5 `[deep]` a list is not what the project's schema asks for: it must be a text
    ");
}

#[test]
fn a_schema_that_is_none_is_refused() {
    let refused = |schema: &str| HouseSchema::compile(schema).expect_err("it is refused");
    assert_snapshot!(refused("{"), @"the project's schema is no JSON: EOF while parsing an object at line 1 column 1");
    assert_snapshot!(refused(r#"{ "type": "text" }"#), @r#"the project's schema is no JSON Schema: "text" is not valid under any of the schemas listed in the 'anyOf' keyword, at `/type`"#);
    assert_snapshot!(refused(r#"{ "pattern": "(" }"#), @r#"the project's schema is no JSON Schema: "(" is not a "regex", at `/pattern`"#);
    assert_snapshot!(refused(r##"{ "$ref": "#/$defs/nowhere" }"##), @"the project's schema is no JSON Schema: Pointer '/$defs/nowhere' does not exist");
    assert_snapshot!(refused(r#"{ "$ref": "https://example.com/other.json" }"#), @"the project's schema is no JSON Schema: Resource 'https://example.com/other.json' is not present in a registry and retrieving it failed: `resolve-http` feature or a custom resolver is required to resolve external schemas via HTTP");
    assert_snapshot!(refused(r#"{ "$ref": "file:///etc/passwd" }"#), @"the project's schema is no JSON Schema: Resource 'file:///etc/passwd' is not present in a registry and retrieving it failed: `resolve-file` feature or a custom resolver is required to resolve external schemas via files");
}

#[test]
fn a_schema_that_refers_to_itself_ends() {
    for schema in [r##"{ "$ref": "#" }"##, r##"{ "anyOf": [{ "$ref": "#" }, { "type": "array" }] }"##] {
        if let Ok(house) = HouseSchema::compile(schema) {
            house.check(Text::new(DESIGN).root());
        }
    }
}
