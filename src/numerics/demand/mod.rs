//! From daily volumes to the busiest second, and from entry points to every component behind them.

mod counts;
mod traffic;

pub use counts::{count_quantile, poisson_quantile};
pub use traffic::{Diverges, solve};

/// How much busier the busiest hour is than the average, when it has this share of the day: 10% make 2.4 times.
pub fn busy_hour_factor(share: f64) -> f64 {
    24.0 * share
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_busy_hour_of_a_billion_requests_a_day() {
        let average = 1e9 / 86_400.0;
        let busy = average * busy_hour_factor(0.1);
        assert!((busy - 27_777.777_777_777_777).abs() < 1e-9);
        assert!((poisson_quantile(busy, 0.999) - 28_294.0).abs() <= 1.0);
        let small = 1e5 / 86_400.0 * busy_hour_factor(0.1);
        assert!((small - 2.777_777_777_777_777_7).abs() < 1e-12);
        assert_eq!(poisson_quantile(small, 0.999), 9.0);
        assert!((busy_hour_factor(0.1) - 2.4).abs() < 1e-15);
    }
}
