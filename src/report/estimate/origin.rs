//! Where a number comes from, as all JSON of the numbers says it.

use crate::estimate::derivation::Origin;
use crate::source::Sources;
use serde::Serialize;

/// The source of a number that is not calculated.
#[derive(Serialize)]
#[serde(rename_all = "camelCase", tag = "kind")]
pub enum Source {
    /// A line of the design.
    Design {
        /// The file.
        file: String,
        /// The line, from 1 on.
        line: u32,
        /// The column in characters, from 1 on.
        column: u32,
        /// What stands there.
        text: String,
    },
    /// A number of the catalogue.
    Catalog {
        /// What it is a number of.
        text: String,
        /// The source that the catalogue names.
        title: Option<String>,
        /// Where the source is.
        url: Option<String>,
        /// When it was read.
        date: Option<String>,
        /// What kind of evidence it is.
        basis: &'static str,
        /// Under which conditions it holds.
        note: Option<String>,
    },
    /// What is taken where nobody says anything.
    Assumed {
        /// Why it is a fair guess.
        why: &'static str,
    },
    /// What is not known.
    Missing {
        /// What to write so that it is.
        help: String,
    },
}

impl Source {
    /// The source of a number; `None` for what is calculated.
    pub fn of(origin: &Origin, sources: &Sources) -> Option<Self> {
        match origin {
            Origin::Calculated => None,
            Origin::Written(span, text) => {
                let place = sources.position(*span);
                let file = sources.get(span.file).name().to_owned();
                Some(Self::Design { file, line: place.line, column: place.column, text: text.clone() })
            }
            Origin::Catalog { what, source, basis, note } => {
                let (title, url, date) = source
                    .clone()
                    .map_or((None, None, None), |(title, url, date)| (Some(title), Some(url), Some(date)));
                Some(Self::Catalog { text: what.clone(), title, url, date, basis, note: note.clone() })
            }
            Origin::Assumed(why) => Some(Self::Assumed { why }),
            Origin::Missing(help) => Some(Self::Missing { help: help.clone() }),
        }
    }
}

/// A number that JSON can say.
pub fn finite(number: f64) -> Option<f64> {
    number.is_finite().then_some(number)
}
