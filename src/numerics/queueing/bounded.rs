//! A line with only so many places.

use super::erlang::fewer_than_all;
use super::powers::{COUNTABLE, powers};
use super::{Line, Waiting, is_amount, pooled};

/// Servers that take from one line with `room` for that many to wait: who finds it full is turned away.
///
/// Exact for exponential service times, which it takes them to be, whatever the line says of their variation. There is an answer
/// also where more comes than the servers can do. The tail is an exponential one with the right mean; the exact
/// percentiles are those of [`bounded_percentile`].
pub fn bounded(line: Line, room: f64) -> Waiting {
    let line = Line { variation: 1.0, ..line };
    match States::of(line, room) {
        Found::Answer(answer) => answer,
        Found::States(states) => states.waiting(line),
    }
}

/// The wait that a share `p` of the requests that are let in does not exceed: exact where the tail of [`bounded`] is not.
pub fn bounded_percentile(line: Line, room: f64, p: f64) -> f64 {
    let line = Line { variation: 1.0, ..line };
    match States::of(line, room) {
        Found::Answer(answer) => answer.percentile(p),
        Found::States(_) if !(0.0..=1.0).contains(&p) => f64::NAN,
        Found::States(states) => {
            let servings = states.percentile(1.0 - p);
            // Of nothing, and without end, the length of a serving does not matter.
            let plain = servings == 0.0 || servings == f64::INFINITY;
            if plain { servings } else { servings * (line.service / line.servers) }
        }
    }
}

/// How often the servers are all busy and so many wait, for requests that are let in.
struct States {
    /// The work that comes in, for each server.
    load: f64,
    /// The waiting places, at least one.
    room: f64,
    /// The ratio of neighbours, not above 1: upwards when the load is below 1, downwards when it is above.
    ratio: f64,
    /// The weight of all states that let in, where the largest of those in which requests wait weighs 1.
    admitted: f64,
    /// The weight of the states in which requests wait and are let in.
    busy: f64,
    /// The weight of the state that turns away.
    full: f64,
    /// The places that requests take in the line, weighted.
    places: f64,
}

enum Found {
    Answer(Waiting),
    States(States),
}

impl States {
    fn of(line: Line, room: f64) -> Found {
        if line.is_unknown() || !is_amount(room) {
            return Found::Answer(Waiting::UNKNOWN);
        }
        if line.is_idle() {
            return Found::Answer(Waiting::none(0.0));
        }
        if line.servers == 0.0 {
            return Found::Answer(Waiting { loss: 1.0, ..Waiting::endless(f64::INFINITY) });
        }
        let room = room.floor();
        if room > COUNTABLE || line.servers == f64::INFINITY {
            return Found::Answer(pooled(line));
        }
        let offered = line.offered();
        let load = offered / line.servers;
        let fewer = fewer_than_all(offered, line.servers);
        if room == 0.0 {
            // Of fewer servers busy than all, so that nothing is lost when hardly any request is let in.
            let admitted = if fewer == f64::INFINITY { 1.0 } else { fewer / (1.0 + fewer) };
            let utilization = if load == f64::INFINITY { 1.0 } else { load * admitted };
            return Found::Answer(Waiting { loss: 1.0 / (1.0 + fewer), ..Waiting::none(utilization) });
        }
        if fewer == f64::INFINITY && load < 1.0 {
            return Found::Answer(Waiting::none(load));
        }
        let falling = load <= 1.0;
        let ratio = if falling { load } else { 1.0 / load };
        let sums = powers(ratio, room);
        let last = if ratio > 0.0 { sums.next / ratio } else { powers(ratio, room - 1.0).next };
        let states = if falling {
            let places = sums.moment + sums.sum;
            States { load, room, ratio, admitted: fewer + sums.sum, busy: sums.sum, full: sums.next, places }
        } else {
            // Seen from the fullest state that lets in, which is the likeliest.
            let admitted = sums.sum + if last > 0.0 { fewer * last } else { 0.0 };
            let places = room * sums.sum - sums.moment;
            States { load, room, ratio, admitted, busy: sums.sum, full: load, places }
        };
        Found::States(states)
    }

    fn waiting(&self, line: Line) -> Waiting {
        let each = line.service / line.servers;
        let (loss, utilization) = if self.load <= 1.0 {
            let loss = self.full / (self.admitted + self.full);
            (loss, self.load * self.admitted / (self.admitted + self.full))
        } else {
            // The same, divided by the load, which may be infinite.
            (1.0 / (1.0 + self.ratio * self.admitted), self.admitted / (1.0 + self.ratio * self.admitted))
        };
        Waiting {
            utilization: utilization.min(1.0),
            chance: self.busy / self.admitted,
            mean: self.places * each / self.admitted,
            conditional: self.places * each / self.busy,
            loss,
        }
    }

    /// How many servings by any of the servers a share `beyond` waits longer than.
    fn percentile(&self, beyond: f64) -> f64 {
        let chance = self.busy / self.admitted;
        if beyond <= 0.0 {
            return f64::INFINITY;
        }
        if chance <= beyond {
            return 0.0;
        }
        let mut low = 0.0;
        let mut high = 2.0 * self.room + 80.0;
        if self.load < 1.0 {
            // Who waits in an endless line waits longer.
            high = high.min((libm::log(chance / beyond) + 0.1) / (1.0 - self.load));
        }
        while self.longer(high).0 > beyond && high < 1e300 {
            low = high;
            high *= 2.0;
        }
        // Newton's method for the logarithm of the tail, which is nearly straight, kept within what is known.
        let goal = libm::log(beyond);
        let mut at = self.position(beyond).clamp(low + (high - low) * 1e-3, high);
        for _ in 0..200 {
            let (tail, density) = self.longer(at);
            if tail > beyond {
                low = at;
            } else {
                high = at;
            }
            let newton = at + (libm::log(tail) - goal) * tail / density;
            // Each step squares the error: after one so small nothing is left of it.
            if (newton - at).abs() <= 1e-9 * at {
                return newton;
            }
            at = if newton > low && newton < high { newton } else { (low + high) / 2.0 };
            if high - low <= 1e-13 * high {
                break;
            }
        }
        at
    }

    /// How many servings a share `beyond` needs more of: about how long it waits.
    fn position(&self, beyond: f64) -> f64 {
        let (mut low, mut high) = (0.0, self.room);
        while high - low > 1.0 {
            let middle = ((low + high) / 2.0_f64).floor();
            if middle <= low || middle >= high {
                break;
            }
            if self.need(middle).0 > beyond {
                low = middle;
            } else {
                high = middle;
            }
        }
        high
    }

    /// The share of requests let in that waits for longer than `time` servings, and how fast it falls there.
    ///
    /// Who finds `j` in line waits for `j + 1` servings, and so many have not taken place as long as no more than `j` have: these
    /// come as a Poisson process. So the share is the mean, over how many took place, of the chance to need more.
    fn longer(&self, time: f64) -> (f64, f64) {
        let spread = time.sqrt();
        if time > 1e6 {
            return self.longer_smoothed(time, spread);
        }
        let from = (time - 10.0 * spread - 20.0).floor().max(0.0);
        let to = (time + 10.0 * spread + 20.0).ceil();
        let (mut total, mut tail, mut density) = (0.0, 0.0, 0.0);
        // The likelihood of each count, up to a factor that is divided out in the end; far from the middle it is tiny.
        let mut weight = 1e-200;
        if self.load <= 1.0 {
            let (mut more, mut exactly) = self.need(from);
            let mut count = from;
            while count <= to {
                total += weight;
                if count < self.room {
                    tail += weight * more;
                    density += weight * exactly;
                    more = (more - exactly).max(0.0);
                    exactly *= self.ratio;
                }
                count += 1.0;
                weight *= time / count;
            }
        } else {
            let (mut more, mut exactly) = (0.0, 0.0);
            let start = to.min(self.room - 1.0);
            let mut count = to;
            while count >= from {
                total += weight;
                if count == start {
                    (more, exactly) = self.need(start);
                } else if count < start {
                    exactly *= self.ratio;
                    more += exactly;
                }
                tail += weight * more;
                density += weight * exactly;
                weight *= count / time;
                count -= 1.0;
            }
        }
        (tail / total, density / total)
    }

    /// The same for so many servings that their number is normally distributed, but for a little skew. That is off
    /// by a few places of more than a million.
    fn longer_smoothed(&self, time: f64, spread: f64) -> (f64, f64) {
        const STEP: f64 = 0.02;
        // Where the line ends the share may fall within less than a step: it ends in the middle between two points.
        let end = (self.room - time) / spread;
        let end = end - (end * end - 1.0) / (6.0 * spread);
        let shift = if end.abs() < 10.0 { end - STEP * ((end / STEP).floor() + 0.5) } else { 0.0 };
        let (mut total, mut tail, mut density) = (0.0, 0.0, 0.0);
        for step in -400..=400_i32 {
            let away = f64::from(step) * STEP + shift;
            let weight = libm::exp(-away * away / 2.0);
            // Half a place is added, because the count is cut to a whole one.
            let (more, exactly) = self.need((time + away * spread + (away * away + 2.0) / 6.0).floor());
            total += weight;
            tail += weight * more;
            density += weight * exactly;
        }
        (tail / total, density / total)
    }

    /// The share of requests let in that needs more than `count` servings, and that needs exactly one more.
    fn need(&self, count: f64) -> (f64, f64) {
        if count >= self.room {
            return (0.0, 0.0);
        }
        let left = powers(self.ratio, self.room - count).sum;
        let scale = if self.load <= 1.0 { powers(self.ratio, count).next } else { 1.0 };
        let exactly = if self.load <= 1.0 { scale } else { powers(self.ratio, self.room - 1.0 - count).next };
        (scale * left / self.admitted, exactly / self.admitted)
    }
}
