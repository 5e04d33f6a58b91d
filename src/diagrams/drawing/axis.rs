//! Axes: at which numbers they have marks, and how these are written.

/// The largest number that a picture deals with.
const MOST: f64 = 1e30;

/// A number that can be drawn; nothing for what is no number.
pub fn finite(value: f64) -> f64 {
    if value.is_finite() { value.clamp(-MOST, MOST) } else { 0.0 }
}

/// An axis from a round number to a round number.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Axis {
    /// Where it begins.
    pub low: f64,
    /// Where it ends.
    pub high: f64,
    /// From mark to mark.
    pub step: f64,
}

impl Axis {
    /// An axis over these values and nothing, with about so many marks.
    pub fn over(values: impl Iterator<Item = f64>, marks: f64) -> Self {
        let (mut low, mut high) = (0.0f64, 0.0f64);
        for value in values.filter(|value| value.is_finite()).map(finite) {
            low = low.min(value);
            high = high.max(value);
        }
        if high - low <= f64::MIN_POSITIVE {
            high = low + 1.0;
        }
        let rough = (high - low) / marks.max(1.0);
        let power = libm::pow(10.0, libm::floor(libm::log10(rough)));
        let step = [1.0, 2.0, 2.5, 5.0, 10.0]
            .into_iter()
            .map(|factor| factor * power)
            .find(|step| *step >= rough * 0.999)
            .unwrap_or(10.0 * power);
        Self { low: (low / step).floor() * step, high: (high / step - 1e-9).ceil() * step, step }
    }

    /// The numbers that have marks.
    pub fn marks(&self) -> Vec<f64> {
        let count = ((self.high - self.low) / self.step).round().clamp(0.0, 40.0) as usize;
        (0..=count).map(|mark| self.low + mark as f64 * self.step).collect()
    }

    /// Where a value lies, from 0 at the beginning to 1 at the end.
    pub fn part(&self, value: f64) -> f64 {
        ((finite(value) - self.low) / (self.high - self.low)).clamp(0.0, 1.0)
    }

    /// A number as it is written at a mark.
    pub fn write(&self, value: f64) -> String {
        let largest = self.low.abs().max(self.high.abs());
        let (divisor, suffix) = [(1e12, " T"), (1e9, " G"), (1e6, " M"), (1e4, " k")]
            .into_iter()
            .find(|(size, _)| largest >= *size)
            .map_or((1.0, ""), |(size, suffix)| (if size == 1e4 { 1e3 } else { size }, suffix));
        let step = self.step / divisor;
        if value.abs() < self.step / 1e6 {
            return "0".to_owned();
        }
        if !(1e-3..1e16).contains(&largest) {
            return format!("{value:.1e}");
        }
        let decimals = (0..6).find(|places| {
            let shifted = step * libm::pow(10.0, f64::from(*places));
            (shifted - shifted.round()).abs() < 1e-6 * shifted.max(1.0)
        });
        let places = decimals.unwrap_or(6) as usize;
        format!("{:.places$}{suffix}", value / divisor)
    }
}

/// A time as it is written at a mark.
pub fn seconds(value: f64, largest: f64) -> String {
    let (divisor, unit) = match largest {
        largest if largest < 1e-6 => (1e-9, "ns"),
        largest if largest < 1e-3 => (1e-6, "µs"),
        largest if largest < 1.0 => (1e-3, "ms"),
        largest if largest < 300.0 => (1.0, "s"),
        largest if largest < 3.0 * 3600.0 => (60.0, "min"),
        largest if largest < 3.0 * 86_400.0 => (3600.0, "h"),
        _ => (86_400.0, "d"),
    };
    let shown = (value / divisor * 100.0).round() / 100.0;
    format!("{} {unit}", shown + 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(values: &[f64]) -> Vec<String> {
        let axis = Axis::over(values.iter().copied(), 5.0);
        axis.marks().into_iter().map(|mark| axis.write(mark)).collect()
    }

    #[test]
    fn marks_are_round_numbers_over_all_values() {
        assert_eq!(written(&[3.0, 87.0]), ["0", "20", "40", "60", "80", "100"]);
        assert_eq!(
            written(&[0.31]),
            ["0.0", "0.1", "0.2", "0.3", "0.4"].map(|mark| if mark == "0.0" { "0" } else { mark })
        );
        assert_eq!(written(&[-4.0, 11.0]), ["-5", "0", "5", "10", "15"]);
        assert_eq!(written(&[2.4e6]), ["0", "0.5 M", "1.0 M", "1.5 M", "2.0 M", "2.5 M"]);
    }

    #[test]
    fn what_is_no_number_leaves_an_axis_as_it_is() {
        assert_eq!(written(&[f64::NAN, f64::INFINITY]), ["0", "0.2", "0.4", "0.6", "0.8", "1.0"]);
        assert_eq!(written(&[]), written(&[1.0]));
    }

    #[test]
    fn times_have_the_unit_that_fits() {
        assert_eq!(seconds(0.25, 0.5), "250 ms");
        assert_eq!(seconds(7200.0, 20_000.0), "2 h");
    }
}
