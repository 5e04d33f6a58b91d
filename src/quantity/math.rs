//! Every transcendental function of the expression language, in one place, so that what they are computed
//! with can be exchanged. `sqrt` is exact everywhere and needs no wrapper.

/// `10^-nines`, correctly rounded for whole numbers.
pub(super) fn tenth_to_the(nines: f64) -> f64 {
    if nines.fract() == 0.0 && (0.0..=22.0).contains(&nines) {
        return 1.0 / whole_power(10.0, nines as u32);
    }
    10_f64.powf(-nines)
}

/// `base^exponent`. Whole exponents multiply, which gives the same bits on every machine.
pub(super) fn power(base: f64, exponent: f64) -> f64 {
    if exponent.fract() == 0.0 && exponent.abs() <= 64.0 {
        let magnitude = whole_power(base, exponent.abs() as u32);
        return if exponent < 0.0 { 1.0 / magnitude } else { magnitude };
    }
    if exponent == 0.5 { base.sqrt() } else { base.powf(exponent) }
}

fn whole_power(base: f64, exponent: u32) -> f64 {
    (0..exponent).fold(1.0, |product, _| product * base)
}

pub(super) fn ln(value: f64) -> f64 {
    value.ln()
}

pub(super) fn log2(value: f64) -> f64 {
    value.log2()
}

pub(super) fn log10(value: f64) -> f64 {
    value.log10()
}

pub(super) fn exp(value: f64) -> f64 {
    value.exp()
}

/// The median of the lognormal with these 5th and 95th percentiles, both positive.
pub(super) fn geometric_middle(low: f64, high: f64) -> f64 {
    let product = low * high;
    if product.is_normal() { product.sqrt() } else { low.sqrt() * high.sqrt() }
}

/// The median of the logit-normal with these 5th and 95th percentiles, both strictly between 0 and 1.
pub(super) fn logit_middle(low: f64, high: f64) -> f64 {
    let odds = (low / (1.0 - low)).sqrt() * (high / (1.0 - high)).sqrt();
    odds / (1.0 + odds)
}
