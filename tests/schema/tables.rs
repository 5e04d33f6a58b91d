//! `docs/addresses.md` and `docs/kinds.md`: pages made from tables of the program.

use crate::pages::cell;
use crate::schemas::assert_fresh;
use sysdesign::catalog::{Catalog, builtin};
use sysdesign::model::addresses::{Argument, SECTIONS};
use sysdesign::quantity::Dimension;

fn measures(dimension: Dimension) -> &'static str {
    match dimension {
        Dimension::NONE => "a share or count",
        Dimension::TIME => "a time",
        Dimension::DATA => "data",
        Dimension::RATE => "a rate",
        Dimension::BANDWIDTH => "data over time",
        Dimension::SPENDING => "money over time",
        other => panic!("say what {other} is called"),
    }
}

fn addresses() -> String {
    let mut page = String::from(
        "# Addresses\n\n\
         Every computed value has an address. Requirements compare them:\n\n\
         ```yaml\nrequirements:\n  fast:\n    text: Redirects feel instant\n    \
         check: flows.redirect.latency.p99 < 50 ms\n```\n\n\
         Capital letters stand for ids of the design. `assumptions.A` is the value of the assumption `A`; where no \
         computed value has the same name, `A` alone means the same.\n",
    );
    for (section, space, table) in SECTIONS {
        page.push_str(&format!("\n## {section}\n\n| address | is | |\n| --- | --- | --- |\n"));
        let before = match (*section, space) {
            ("connections", _) => "connections.FROM.TO.".to_owned(),
            (name, Some(_)) => format!("{name}.{}.", name.trim_end_matches('s').to_uppercase()),
            (name, None) => format!("{name}."),
        };
        for address in *table {
            let (argument, dimension) = match address.argument {
                None => ("", measures(address.dimension)),
                Some(Argument::Time) => ("(1 year)", measures(address.dimension)),
                Some(Argument::Assumption) => ("(A)", "what the assumption is"),
            };
            let name = address.name;
            page.push_str(&format!(
                "| `{before}{name}{argument}` | {dimension} | {} |\n",
                cell(address.meaning)
            ));
        }
    }
    page
}

fn codes(names: impl Iterator<Item = String>) -> String {
    names.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

fn kinds(catalog: &Catalog<'_>) -> String {
    let mut page = format!(
        "# Kinds and technologies\n\n\
         {} kinds and {} technologies are built in. A kind is an architectural role: a set of traits that rules and \
         diagrams go by. A technology plays one or several kinds and brings numbers, each with its source; \
         `sysdesign kinds NAME` shows them. Both sets are open: [add your own](catalog.md).\n\n\
         ## Kinds\n\n| kind | | traits | technologies |\n| --- | --- | --- | --- |\n",
        catalog.kinds().count(),
        catalog.technologies().count(),
    );
    for kind in catalog.kinds() {
        let traits = codes(kind.traits.iter().map(|name| (*name).to_owned()));
        let usual = catalog.technologies().filter(|it| it.kinds.first() == Some(&kind.id));
        let technologies = codes(usual.map(|it| it.id.to_owned()));
        page.push_str(&format!(
            "| `{}` | {} | {traits} | {technologies} |\n",
            kind.id,
            cell(kind.description)
        ));
    }
    page.push_str("\nA technology stands beside its usual kind; it may be able to play others.\n");
    page.push_str("\n## Traits\n\n| trait | | kinds |\n| --- | --- | --- |\n");
    for (id, meaning) in catalog.traits() {
        let kinds = codes(catalog.kinds_with(id).map(|kind| kind.id.to_owned()));
        page.push_str(&format!("| `{id}` | {} | {kinds} |\n", cell(meaning)));
    }
    page.push_str(
        "\n## Technologies\n\n| technology | | used as | also called |\n| --- | --- | --- | --- |\n",
    );
    for it in catalog.technologies() {
        let used = codes(it.kinds.iter().map(|id| (*id).to_owned()));
        let aliases = codes(it.aliases.iter().map(|id| (*id).to_owned()));
        let name = it.homepage.map_or_else(|| it.name.to_owned(), |at| format!("[{}]({at})", it.name));
        page.push_str(&format!("| `{}` | {name}: {} | {used} | {aliases} |\n", it.id, cell(it.description)));
    }
    page
}

#[test]
fn the_page_of_addresses_is_fresh() {
    assert_fresh("docs/addresses.md", &addresses());
}

#[test]
fn the_page_of_kinds_is_fresh() {
    assert_fresh("docs/kinds.md", &kinds(builtin::shared()));
}

#[test]
fn no_kind_or_trait_is_there_for_nothing() {
    let catalog = builtin::shared();
    for (id, _) in catalog.traits() {
        assert!(catalog.kinds_with(id).count() > 0, "no kind has the trait `{id}`");
    }
    for kind in catalog.kinds() {
        assert!(!kind.traits.is_empty(), "`{}` has no traits", kind.id);
        assert!(kind.description.ends_with('.'), "`{}` has no description", kind.id);
    }
}
