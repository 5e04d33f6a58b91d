//! Graduated prices.

/// A price for one unit, for the units from the end of the tier before to the end of this one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tier {
    /// Where the tier ends; infinite for the last.
    pub up_to: f64,
    /// What one unit costs.
    pub price: f64,
}

/// What an amount costs when each part of it costs what its tier says. Tiers stand in ascending order.
///
/// NaN when the amount is negative or goes beyond the last tier: there is no price for it.
pub fn graduated(amount: f64, tiers: &[Tier]) -> f64 {
    if amount.is_nan() || amount < 0.0 {
        return f64::NAN;
    }
    let (mut cost, mut reached) = (0.0, 0.0);
    for tier in tiers {
        if tier.up_to.is_nan() {
            return f64::NAN;
        }
        let end = tier.up_to.min(amount);
        if end > reached {
            // What is free stays free, also without end.
            cost += if tier.price == 0.0 { 0.0 } else { (end - reached) * tier.price };
            reached = end;
        }
    }
    if reached < amount { f64::NAN } else { cost }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TRANSFER: [Tier; 4] = [
        Tier { up_to: 100.0, price: 0.0 },
        Tier { up_to: 10_240.0, price: 0.09 },
        Tier { up_to: 51_200.0, price: 0.085 },
        Tier { up_to: f64::INFINITY, price: 0.07 },
    ];

    #[test]
    fn each_part_costs_what_its_tier_says() {
        assert_eq!(graduated(0.0, &TRANSFER), 0.0);
        assert_eq!(graduated(100.0, &TRANSFER), 0.0);
        assert!((graduated(1100.0, &TRANSFER) - 90.0).abs() < 1e-9);
        assert!(
            (graduated(60_000.0, &TRANSFER) - (10_140.0 * 0.09 + 40_960.0 * 0.085 + 8_800.0 * 0.07)).abs()
                < 1e-9
        );
    }

    #[test]
    fn unit_by_unit_it_comes_to_the_same() {
        let mut cost = 0.0;
        for unit in 0..60_000 {
            let middle = f64::from(unit) + 0.5;
            cost += TRANSFER.iter().find(|tier| middle < tier.up_to).unwrap().price;
            if unit % 997 == 0 {
                assert!((graduated(f64::from(unit) + 1.0, &TRANSFER) - cost).abs() < 1e-7, "{unit}");
            }
        }
    }

    #[test]
    fn without_a_price_the_cost_is_unknown() {
        assert!(graduated(1.0, &[]).is_nan());
        assert!(graduated(11.0, &[Tier { up_to: 10.0, price: 1.0 }]).is_nan());
        assert_eq!(graduated(10.0, &[Tier { up_to: 10.0, price: 1.0 }]), 10.0);
        assert!(graduated(-1.0, &TRANSFER).is_nan() && graduated(f64::NAN, &TRANSFER).is_nan());
        assert!(graduated(1.0, &[Tier { up_to: f64::NAN, price: 1.0 }]).is_nan());
        assert!(graduated(1.0, &[Tier { up_to: 2.0, price: f64::NAN }]).is_nan());
        assert_eq!(graduated(0.0, &[]), 0.0);
        assert_eq!(graduated(f64::INFINITY, &TRANSFER), f64::INFINITY);
        assert_eq!(graduated(f64::INFINITY, &[Tier { up_to: f64::INFINITY, price: 0.0 }]), 0.0);
    }

    #[test]
    fn tiers_out_of_order_count_once() {
        let tiers = [
            Tier { up_to: 10.0, price: 1.0 },
            Tier { up_to: 5.0, price: 9.0 },
            Tier { up_to: 20.0, price: 2.0 },
        ];
        assert_eq!(graduated(15.0, &tiers), 20.0);
    }
}
