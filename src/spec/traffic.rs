//! `traffic:` how load follows time.

use super::quantities::{Count, Growth, Quantity, Share, Time};
use super::record::{Form, record};

record! {
    /// How traffic changes over the day and over the years. Said once for the whole design; an API or a flow may say otherwise.
    Traffic = "traffic profile", Form { may_be_empty: true, ..Form::MAP };
    /// How much higher the peak is than the average. Give this or `busy_hour`.
    /// Example: `3x`
    peak: Option<Quantity<'t, Count>>,
    /// The share of a day's traffic that falls into its busiest hour. Give this or `peak`.
    /// Example: `10%`
    busy_hour: Option<Quantity<'t, Share>>,
    /// How much more arrivals vary from second to second than by pure chance: their variance over their mean.
    /// Example: `2`
    burstiness: Option<Quantity<'t, Count>>,
    /// How fast traffic grows.
    /// Example: `40% / year`
    growth: Option<Quantity<'t, Growth>>,
    /// How far ahead the design must hold.
    /// Example: `3 years`
    horizon: Option<Quantity<'t, Time>>,
}
