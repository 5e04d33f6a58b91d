//! Servers that take from one line.

use super::erlang::erlang_c;
use super::{Line, Waiting};

/// One line before all servers: who comes first is served first, by whichever server is free.
///
/// Exact for exponential service times, and for one server the mean is exact for any (Pollaczek and Khinchine). For several
/// servers and other service times it is the usual approximation: the wait of exponential times, scaled by `(1 + variation) / 2`.
/// The tail of other than exponential times is an approximation, too.
pub fn pooled(line: Line) -> Waiting {
    if let Some(answer) = line.without_model() {
        return answer;
    }
    let offered = line.offered();
    let scale = (1.0 + line.variation) / 2.0;
    let conditional = scale * line.service / (line.servers - offered);
    Waiting::tail(offered / line.servers, erlang_c(offered, line.servers), conditional)
}

/// How many times as long a request takes when servers share their time among all requests that are there.
///
/// For one server that is `1 / (1 - utilization)`, exactly and whatever the service times are. For several it is the response
/// of a pooled line with exponential times, in which as many requests are present.
pub fn stretch(line: Line) -> f64 {
    match (Line { variation: 1.0, ..line }).without_model() {
        Some(answer) if answer.mean == 0.0 => 1.0,
        Some(answer) => answer.mean,
        None => 1.0 + erlang_c(line.offered(), line.servers) / (line.servers - line.offered()),
    }
}

/// How many requests a second the line grows by: 0 when the servers keep up.
pub fn growth(line: Line) -> f64 {
    if line.is_unknown() {
        return f64::NAN;
    }
    if line.is_idle() {
        return 0.0;
    }
    let growth = line.arrivals - line.servers / line.service;
    if growth.is_nan() { f64::NAN } else { growth.max(0.0) }
}

/// The time from coming to leaving that a share `p` of the requests does not exceed, for a pooled line with exponential
/// service times. It is not the percentile of the wait and that of the service added up.
pub fn response_percentile(line: Line, p: f64) -> f64 {
    let waiting = pooled(Line { variation: 1.0, ..line });
    if !(0.0..=1.0).contains(&p) || waiting.mean.is_nan() {
        return f64::NAN;
    }
    if line.service == 0.0 {
        return 0.0;
    }
    if waiting.mean == f64::INFINITY || p >= 1.0 {
        return f64::INFINITY;
    }
    // In units of the service time; `pace` is how fast the line drains.
    let (beyond, chance) = (1.0 - p, waiting.chance);
    let pace = if chance > 0.0 { line.service / waiting.conditional } else { f64::INFINITY };
    let tail = |t: f64| {
        let alone = libm::exp(-t);
        // e^{-t} (1 + chance (1 - e^{-(pace - 1) t}) / (pace - 1)), and its limit where both paces are the same.
        let apart = (pace - 1.0) * t;
        if pace == f64::INFINITY {
            alone
        } else if apart.abs() < 1e-9 {
            alone * (1.0 + chance * t)
        } else if apart > 0.0 {
            alone * (1.0 - chance * libm::expm1(-apart) / (pace - 1.0))
        } else {
            alone + chance * (alone - libm::exp(-pace * t)) / (pace - 1.0)
        }
    };
    let mut low = -libm::log(beyond);
    let mut high =
        low + 1.0 + waiting.percentile(1.0 - beyond / 2.0) / line.service - libm::log(beyond / 2.0);
    for _ in 0..200 {
        let middle = (low + high) / 2.0;
        if middle <= low || middle >= high {
            break;
        }
        if tail(middle) > beyond {
            low = middle;
        } else {
            high = middle;
        }
    }
    high * line.service
}
