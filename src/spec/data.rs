//! `data:` what is stored, and its fields.

use super::data_field::DataField;
use super::quantities::{Bytes, Count, Quantity, Rate, Share, Time};
use super::record::{Form, choice, record};
use super::rule_block::AllowHere;
use super::values::{IdMap, List, Name, OneOrMore, Spanned, Text};

choice! {
    /// How much harm the data does in the wrong hands.
    Sensitivity = "a sensitivity";
    /// Anybody may see it.
    Public = "public",
    /// For the organisation only.
    Internal = "internal",
    /// Harmful when it leaks.
    Confidential = "confidential",
    /// About a person.
    Personal = "personal",
    /// Passwords, keys, tokens.
    Secret = "secret",
}

record! {
    /// A kind of record that the system stores.
    Data = "data entry", Form::MAP;
    /// The name shown in diagrams, when the id is not enough.
    /// Example: `Short link`
    name: Option<Text<'t>>,
    /// What one record stands for.
    /// Example: `A short code and the address it leads to`
    description: Option<Text<'t>>,
    /// The fields of one record.
    /// Example: `{ code: "string(8), key", url: string(2048) }`
    fields: IdMap<'t, DataField<'t>>,
    /// The size of one record. When nothing is said, it is computed from the fields.
    /// Example: `500 B`
    size: Option<Quantity<'t, Bytes>>,
    /// The component, or components, that keep it.
    /// Example: `links`
    stored_in: OneOrMore<Name<'t>>,
    /// Components that keep copies of it which may be lost.
    /// Example: `hot`
    cached_in: OneOrMore<Name<'t>>,
    /// How long a record is kept.
    /// Example: `5 years`
    retention: Option<Quantity<'t, Time>>,
    /// How many records are there at the start.
    /// Example: `20M`
    count: Option<Quantity<'t, Count>>,
    /// How many new records come, when no flow that writes them says so.
    /// Example: `1M / day`
    rate: Option<Quantity<'t, Rate>>,
    /// How many times smaller the store makes it.
    /// Example: `3x`
    compression: Option<Quantity<'t, Count>>,
    /// How unequally records are asked for: the exponent of Zipf's law, 0 for all alike, about 1 on the web.
    /// Example: `0.9`
    skew: Option<Quantity<'t, Count>>,
    /// The share of the records that a cache should hold.
    /// Example: `20%`
    hot: Option<Quantity<'t, Share>>,
    /// How harmful a leak would be.
    /// Example: `personal`
    sensitivity: Option<Spanned<Sensitivity>>,
    /// How old a read may be at most.
    /// Example: `1 minute`
    freshness: Option<Quantity<'t, Time>>,
    /// Who answers for it.
    /// Example: `links team`
    owner: Option<Text<'t>>,
    /// Where more is written.
    /// Example: `https://example.com/schema`
    links: OneOrMore<Text<'t>>,
    /// Words to select it by.
    /// Example: `[gdpr]`
    tags: OneOrMore<Name<'t>>,
    /// Findings about this data that are known and accepted, each with a reason.
    /// Example: `[{ rule: naming-style, reason: The vendor calls it so }]`
    allow: List<AllowHere<'t>>,
}
