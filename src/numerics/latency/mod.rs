//! Distributions of time, and how they compose.
//!
//! Percentiles do not add and do not mix: a run is slow at the end if any of its parts was slow, seldom all of them at
//! once, and a percentile above the hit ratio of a cache is a percentile of its misses. So the whole distribution is
//! composed, and percentiles are read from the result.
//!
//! Where there is a formula for the share of runs above any time, it is inverted, and the result is exact. Elsewhere
//! the distribution is put on a grid of even steps. As no time is negative, the share below `t` depends on nothing
//! beyond `t`: each percentile gets a grid that ends a little above it, so that a few hundred steps are enough whatever
//! the scales of the parts are, and single times, such as constants, are kept beside the grid at their exact places.

mod bound;
mod closed;
mod closer;
mod distribution;
mod fft;
mod functions;
mod grid;
mod idle;
mod kept;
mod law;
mod leaf;
mod mean;
mod percentiles;
mod repeat;
#[cfg(test)]
mod simulation;
#[cfg(test)]
mod tests;
mod time;

pub use bound::bound;
pub use distribution::Distribution;
pub use mean::{failed, mean};
pub use percentiles::{Profile, percentile, percentiles, profile, share_within};
pub use time::Time;
