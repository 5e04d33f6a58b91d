//! A transform that turns sums of times into products.
//!
//! A row of `n` masses is a polynomial; it is evaluated at `n / 2` points (the others are their conjugates) that lie
//! a little inside the unit circle. Products of such values belong to products of the polynomials, except that what
//! goes beyond `n` comes back at the beginning, with the opposite sign and made smaller by [`FADING`]. So neither
//! padding with zeros nor sorting the values is needed, and fractions of polynomials can be taken as well.

use std::sync::OnceLock;

/// By how much what goes beyond the end is made smaller where it comes back. The noise of rounding grows by as much
/// towards the end, hence the middle between nothing and the last bits.
const FADING: f64 = 1e-8;

/// The largest power of two that has a transform.
const LARGEST: usize = 16;

/// Complex values, real and imaginary parts apart.
#[derive(Clone, Debug, Default)]
pub(super) struct Spectrum {
    pub(super) re: Vec<f64>,
    pub(super) im: Vec<f64>,
}

impl Spectrum {
    pub(super) fn multiply(&mut self, other: &Spectrum) {
        let left = self.re.iter_mut().zip(&mut self.im);
        for ((a, b), (c, d)) in left.zip(other.re.iter().zip(&other.im)) {
            (*a, *b) = (*a * c - *b * d, *a * d + *b * c);
        }
    }

    pub(super) fn subtract(&mut self, other: &Spectrum) {
        for (a, b) in self.re.iter_mut().zip(&other.re) {
            *a -= b;
        }
        for (a, b) in self.im.iter_mut().zip(&other.im) {
            *a -= b;
        }
    }

    pub(super) fn scale(&mut self, factor: f64) {
        self.re.iter_mut().chain(&mut self.im).for_each(|value| *value *= factor);
    }

    /// Each value to a whole power, by squaring.
    pub(super) fn power(&self, exponent: u64) -> Spectrum {
        let mut result = Spectrum { re: vec![1.0; self.re.len()], im: vec![0.0; self.im.len()] };
        let mut square = self.clone();
        let mut left = exponent;
        while left > 0 {
            if left & 1 == 1 {
                result.multiply(&square);
            }
            left >>= 1;
            if left > 0 {
                let copy = square.clone();
                square.multiply(&copy);
            }
        }
        result
    }

    /// `numerator / (1 - factor * value)` for each value.
    pub(super) fn geometric(&mut self, numerator: f64, factor: f64) {
        for (a, b) in self.re.iter_mut().zip(&mut self.im) {
            let (re, im) = (1.0 - factor * *a, -factor * *b);
            let size = (re * re + im * im).max(f64::MIN_POSITIVE);
            (*a, *b) = (numerator * re / size, -numerator * im / size);
        }
    }
}

/// What the transform of one length needs: roots of one, and the fading twist before it.
#[derive(Debug)]
pub(super) struct Plan {
    half: usize,
    /// For blocks of `half`, `half / 2`, … 8 values: the roots of one.
    stages: Vec<(Vec<f64>, Vec<f64>)>,
    /// The twist, which fades.
    twist: Spectrum,
    /// Its inverse, with the factor that the way back needs.
    untwist: Spectrum,
    /// How much the second half fades against the first.
    fade: f64,
}

type Plans = [OnceLock<Plan>; LARGEST + 1];

static PLANS: Plans = [const { OnceLock::new() }; LARGEST + 1];
static PLAIN: Plans = [const { OnceLock::new() }; LARGEST + 1];

/// The plan for rows of at least `cells` masses; it is made once.
pub(super) fn plan(cells: usize) -> Option<&'static Plan> {
    find(&PLANS, cells, FADING)
}

/// A plan that makes nothing smaller, for products that fit: it is exact to the last bits.
pub(super) fn plain_plan(cells: usize) -> Option<&'static Plan> {
    find(&PLAIN, cells, 1.0)
}

fn find(plans: &'static Plans, cells: usize, fading: f64) -> Option<&'static Plan> {
    let log = cells.max(8).checked_next_power_of_two()?.trailing_zeros() as usize;
    plans.get(log).map(|slot| slot.get_or_init(|| Plan::new(1 << log, fading)))
}

/// The transform of each four neighbours; its roots are those of four: 1 and i, and of two: 1.
fn fours(re: &mut [f64], im: &mut [f64]) {
    for (re, im) in re.chunks_exact_mut(4).zip(im.chunks_exact_mut(4)) {
        let ([a, b, c, d], [e, f, g, h]) = (re, im) else { continue };
        let (first, second) = ((*a + *c, *e + *g), (*b + *d, *f + *h));
        let third = (*a - *c, *e - *g);
        // Times i.
        let fourth = (*h - *f, *b - *d);
        (*a, *e) = (first.0 + second.0, first.1 + second.1);
        (*b, *f) = (first.0 - second.0, first.1 - second.1);
        (*c, *g) = (third.0 + fourth.0, third.1 + fourth.1);
        (*d, *h) = (third.0 - fourth.0, third.1 - fourth.1);
    }
}

/// The way back, times four.
fn fours_back(re: &mut [f64], im: &mut [f64]) {
    for (re, im) in re.chunks_exact_mut(4).zip(im.chunks_exact_mut(4)) {
        let ([a, b, c, d], [e, f, g, h]) = (re, im) else { continue };
        let (first, second) = ((*a + *b, *e + *f), (*a - *b, *e - *f));
        let third = (*c + *d, *g + *h);
        // Divided by i.
        let fourth = (*g - *h, *d - *c);
        (*a, *e) = (first.0 + third.0, first.1 + third.1);
        (*c, *g) = (first.0 - third.0, first.1 - third.1);
        (*b, *f) = (second.0 + fourth.0, second.1 + fourth.1);
        (*d, *h) = (second.0 - fourth.0, second.1 - fourth.1);
    }
}

impl Plan {
    fn new(cells: usize, fading: f64) -> Plan {
        let half = cells / 2;
        let root = |numerator: usize, denominator: usize| {
            let angle = 2.0 * std::f64::consts::PI * (numerator as f64) / (denominator as f64);
            (libm::cos(angle), libm::sin(angle))
        };
        let mut stages = Vec::new();
        let mut length = half;
        // What is shorter has few roots, see [`fours`].
        while length > 4 {
            stages.push((0..length / 2).map(|index| root(index, length)).unzip());
            length /= 2;
        }
        let (mut twist, mut untwist) = (Spectrum::default(), Spectrum::default());
        let rate = libm::log(fading) / cells as f64;
        for index in 0..half {
            let (cos, sin) = root(index, 2 * cells);
            let fade = libm::exp(rate * index as f64);
            twist.re.push(cos * fade);
            twist.im.push(sin * fade);
            let back = 1.0 / (fade * half as f64);
            untwist.re.push(cos * back);
            untwist.im.push(-sin * back);
        }
        Plan { half, stages, twist, untwist, fade: fading.sqrt() }
    }

    /// The values of the polynomial with these coefficients, in an order of its own.
    pub(super) fn forward(&self, row: &[f64]) -> Spectrum {
        let (low, high) = row.split_at_checked(self.half).unwrap_or((row, &[]));
        let twist = self.twist.re.iter().zip(&self.twist.im);
        let high = high.iter().copied().chain(std::iter::repeat(0.0));
        let low = low.iter().copied().chain(std::iter::repeat(0.0));
        let mut re = Vec::with_capacity(self.half);
        let mut im = Vec::with_capacity(self.half);
        for ((cos, sin), (a, b)) in twist.zip(low.zip(high)) {
            let b = b * self.fade;
            re.push(a * cos - b * sin);
            im.push(a * sin + b * cos);
        }
        let mut length = self.half;
        for (cos, sin) in &self.stages {
            for (re, im) in re.chunks_exact_mut(length).zip(im.chunks_exact_mut(length)) {
                let (re_a, re_b) = re.split_at_mut(length / 2);
                let (im_a, im_b) = im.split_at_mut(length / 2);
                let values = re_a.iter_mut().zip(im_a).zip(re_b.iter_mut().zip(im_b));
                for (((ar, ai), (br, bi)), (cos, sin)) in values.zip(cos.iter().zip(sin)) {
                    let (dr, di) = (*ar - *br, *ai - *bi);
                    (*ar, *ai) = (*ar + *br, *ai + *bi);
                    (*br, *bi) = (dr * cos - di * sin, dr * sin + di * cos);
                }
            }
            length /= 2;
        }
        fours(&mut re, &mut im);
        Spectrum { re, im }
    }

    /// The coefficients that have these values.
    pub(super) fn backward(&self, spectrum: Spectrum) -> Vec<f64> {
        let Spectrum { mut re, mut im } = spectrum;
        fours_back(&mut re, &mut im);
        let mut length = 8;
        for (cos, sin) in self.stages.iter().rev() {
            for (re, im) in re.chunks_exact_mut(length).zip(im.chunks_exact_mut(length)) {
                let (re_a, re_b) = re.split_at_mut(length / 2);
                let (im_a, im_b) = im.split_at_mut(length / 2);
                let values = re_a.iter_mut().zip(im_a).zip(re_b.iter_mut().zip(im_b));
                for (((ar, ai), (br, bi)), (cos, sin)) in values.zip(cos.iter().zip(sin)) {
                    let (tr, ti) = (*br * cos + *bi * sin, *bi * cos - *br * sin);
                    (*br, *bi) = (*ar - tr, *ai - ti);
                    (*ar, *ai) = (*ar + tr, *ai + ti);
                }
            }
            length *= 2;
        }
        let mut row = Vec::with_capacity(2 * self.half);
        let untwist = self.untwist.re.iter().zip(&self.untwist.im);
        for ((re, im), (cos, sin)) in re.iter().zip(&mut im).zip(untwist) {
            row.push(re * cos - *im * sin);
            *im = (re * sin + *im * cos) / self.fade;
        }
        row.append(&mut im);
        row
    }
}
