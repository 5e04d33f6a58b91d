//! `sysdesign schema`

use super::{Exit, output};
use crate::schema;
use clap::ValueEnum;

/// Print the JSON Schema of designs, for editors
///
/// Editors complete and check a design with it. Save it with `sysdesign schema > sysdesign.schema.json` and begin
/// the design with `# yaml-language-server: $schema=sysdesign.schema.json`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Which schema
    #[arg(value_enum, default_value = "design")]
    which: Which,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Which {
    /// Of a design
    Design,
    /// Of a file that a design includes: the same without `sysdesign:` and `name:`
    Part,
    /// Of a catalogue file
    Catalog,
}

/// Prints it.
pub fn run(arguments: &Arguments) -> Exit {
    let schema = match arguments.which {
        Which::Design => schema::design(),
        Which::Part => schema::part(),
        Which::Catalog => schema::catalog(),
    };
    output::print(|out| writeln!(out, "{schema:#}")).err().unwrap_or(Exit::Clean)
}
