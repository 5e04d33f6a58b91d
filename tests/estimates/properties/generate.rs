//! Random designs that are well formed: clients, services in layers, stores, caches and queues, and flows through them.

use serde_json::{Map, Value, json};

/// Numbers that are the same on every machine.
#[derive(Clone, Debug)]
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: usize) -> Self {
        Self(seed as u64 * 7_919 + 101)
    }

    /// A whole number below a limit.
    pub fn roll(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit.max(1)
    }

    /// True once in so many times.
    pub fn one_in(&mut self, times: usize) -> bool {
        self.roll(times) == 0
    }

    pub fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        let at = self.roll(of.len());
        &of[at]
    }

    /// Puts things into another order.
    pub fn shuffle<T>(&mut self, things: &mut [T]) {
        for last in (1..things.len()).rev() {
            things.swap(last, self.roll(last + 1));
        }
    }
}

/// What may occur in a design.
#[derive(Clone, Copy, Debug)]
pub struct Taste {
    /// Lines that turn requests away, timeouts, hedges, budgets, instances that come with load: where more of one thing may
    /// be less of another.
    pub wild: bool,
    /// Ranges instead of numbers.
    pub uncertain: bool,
}

struct Parts<'d> {
    dice: &'d mut Dice,
    taste: Taste,
    services: Vec<String>,
    stores: Vec<String>,
    caches: Vec<String>,
    queues: Vec<String>,
}

/// A design.
pub fn design(dice: &mut Dice, taste: Taste) -> Value {
    let name = |kind: &str, count: usize| (0..count).map(|index| format!("{kind}_{index}")).collect();
    let (services, stores) = (2 + dice.roll(4), 1 + dice.roll(3));
    let (caches, queues) = (dice.roll(3), dice.roll(2));
    let mut parts = Parts {
        services: name("service", services),
        stores: name("store", stores),
        caches: name("cache", caches),
        queues: name("queue", queues),
        dice,
        taste,
    };
    let mut design = json!({
        "sysdesign": 1, "name": "Generated", "summary": "A design of random parts.",
        "assumptions": parts.assumptions(),
        "components": parts.components(),
        "data": parts.data(),
        "deployment": { "regions": { "eu": { "zones": { "a": { "availability": "99.9%" }, "b": {}, "c": {} } } } },
        "flows": parts.flows(),
    });
    let dice = parts.dice;
    if dice.one_in(2) {
        design["traffic"] = json!({ "peak": *dice.pick(&["2x", "3x", "1.5x"]) });
        if dice.one_in(2) {
            design["traffic"]["growth"] = "40% / year".into();
            design["traffic"]["horizon"] = "2 years".into();
        }
    }
    design["requirements"] = json!({
        "fast": { "text": "Answers are fast", "check": "flows.flow_0.latency.p99 < 100 ms" },
        "there": { "text": "It is there", "check": "flows.flow_0.availability > 99.9%" },
    });
    design
}

impl Parts<'_> {
    /// A number, or a range around it.
    fn number(&mut self, low: usize, high: usize, unit: &str) -> String {
        let low = low + self.dice.roll(high - low);
        match self.taste.uncertain && self.dice.one_in(4) {
            true => format!("{low}..{}{unit}", low * 2),
            false => format!("{low}{unit}"),
        }
    }

    fn assumptions(&mut self) -> Value {
        let range = |taste: Taste, uncertain: &'static str, certain: &'static str| {
            if taste.uncertain { uncertain } else { certain }
        };
        let taste = self.taste;
        json!({
            "people": range(taste, "50k..200k users", "100k users"),
            "actions": range(taste, "20..80 / user / day", "40 / user / day"),
            "rate": "people * actions",
            "hits": range(taste, "80%..95%", "90%"),
            "size": range(taste, "1..4 KB", "2 KB"),
            "unused": range(taste, "1..9", "3"),
        })
    }

    fn instances(&mut self, component: &mut Map<String, Value>) {
        component.insert("replicas".into(), (1 + self.dice.roll(5)).into());
        if self.dice.one_in(2) {
            let zones = [json!(["a"]), json!(["a", "b"]), json!(["a", "b", "c"])];
            component.insert("zones".into(), self.dice.pick(&zones).clone());
        }
        match self.dice.roll(4) {
            0 => {
                component.insert("mtbf".into(), self.number(20, 90, " days").into());
                component.insert("mttr".into(), self.number(5, 50, " minutes").into());
            }
            1 => {}
            _ => {
                let share = *self.dice.pick(&["99%", "99.9%", "99.95%", "99.99%"]);
                component.insert("availability".into(), share.into());
            }
        }
        if self.dice.one_in(3) {
            component.insert("common_cause".into(), "5%".into());
        }
        if self.dice.one_in(2) {
            component.insert("price".into(), format!("${} / month", 20 + self.dice.roll(200)).into());
        }
        if self.dice.one_in(4) {
            component.insert("bandwidth".into(), "1 Gbps".into());
        }
        if self.dice.one_in(4) {
            component.insert("error_rate".into(), "0.5%".into());
        }
    }

    fn service(&mut self) -> Value {
        let mut service = Map::new();
        service.insert("kind".into(), "service".into());
        self.instances(&mut service);
        match self.dice.roll(5) {
            0 => drop(service.insert("service_time".into(), self.number(1, 9, " ms").into())),
            1 => {
                let time = json!({ "mean": self.number(1, 9, " ms"), "variation": 3 });
                service.insert("service_time".into(), time);
            }
            2 => {
                service.insert("capacity".into(), self.number(300, 2_000, " rps").into());
                service.insert("latency".into(), json!({ "p50": "2 ms", "p99": "12 ms" }));
            }
            3 => {
                service.insert("concurrency".into(), (8 + self.dice.roll(90)).into());
                service.insert("latency".into(), self.number(1, 9, " ms").into());
            }
            _ => {
                service.insert("latency".into(), json!({ "mean": "4 ms", "distribution": "constant" }));
            }
        }
        if self.dice.one_in(3) {
            let ways = ["round-robin", "random", "least-loaded", "two-choices", "shared-queue"];
            service.insert("load_balancing".into(), (*self.dice.pick(&ways)).into());
        }
        if self.dice.one_in(4) {
            service.insert("discipline".into(), (*self.dice.pick(&["fifo", "processor-sharing"])).into());
        }
        if self.taste.wild {
            match self.dice.roll(6) {
                0 => drop(service.insert("queue_limit".into(), (1 + self.dice.roll(50)).into())),
                1 => drop(service.insert("overload".into(), "reject".into())),
                2 => {
                    let scaling = json!({ "min": 1, "max": 9, "target_utilization": "60%" });
                    service.insert("replicas".into(), scaling);
                }
                3 => drop(service.insert("replicas".into(), "auto".into())),
                _ => {}
            }
        }
        Value::Object(service)
    }

    fn store(&mut self) -> Value {
        let mut store = Map::new();
        store.insert("kind".into(), "database".into());
        self.instances(&mut store);
        if self.dice.one_in(2) {
            store.insert("replication".into(), json!({ "mode": "leader-follower", "sync": "async" }));
        }
        match self.dice.roll(3) {
            0 => drop(store.insert("service_time".into(), self.number(1, 5, " ms").into())),
            _ => {
                let capacity = json!({ "read": self.number(400, 2_000, " rps"), "write": self.number(200, 900, " rps") });
                store.insert("capacity".into(), capacity);
                store.insert("latency".into(), json!({ "p50": "1 ms", "p99": "8 ms" }));
            }
        }
        if self.dice.one_in(3) {
            store.insert("max_connections".into(), 500.into());
        }
        if self.dice.one_in(3) {
            store.insert(
                "price".into(),
                json!({ "instance": "$90 / month", "storage": "$0.10 / GB / month" }),
            );
        }
        Value::Object(store)
    }

    fn components(&mut self) -> Value {
        let mut components = Map::new();
        components.insert("browser".into(), json!({ "kind": "client" }));
        for id in self.services.clone() {
            components.insert(id, self.service());
        }
        for id in self.stores.clone() {
            components.insert(id, self.store());
        }
        for id in self.caches.clone() {
            let mut cache = json!({ "kind": "cache", "capacity": "20k rps", "latency": "500 us" });
            self.instances(cache.as_object_mut().unwrap());
            if self.dice.one_in(2) {
                cache["hit_ratio"] = "hits".into();
            }
            components.insert(id, cache);
        }
        for id in self.queues.clone() {
            let mut queue = json!({ "kind": "queue", "capacity": "5k rps", "latency": "2 ms" });
            self.instances(queue.as_object_mut().unwrap());
            components.insert(id, queue);
        }
        Value::Object(components)
    }

    fn data(&mut self) -> Value {
        let mut data = Map::new();
        for (index, store) in self.stores.clone().into_iter().enumerate() {
            let mut record = json!({ "size": self.number(1, 9, " KB"), "stored_in": store });
            match self.dice.roll(3) {
                0 => record["rate"] = self.number(1, 30, " / s").into(),
                1 => record["count"] = "2M".into(),
                _ => record["retention"] = "90 days".into(),
            }
            data.insert(format!("record_{index}"), record);
        }
        Value::Object(data)
    }

    fn call(&mut self, from: &str, to: &str) -> Value {
        let arrow = if to.starts_with("queue") || self.dice.one_in(8) { "~>" } else { "->" };
        let mut step = json!({ format!("{from} {arrow} {to}"): "does its part" });
        if self.dice.one_in(3) {
            step["request"] = self.number(1, 9, " KB").into();
            step["response"] = "size".into();
        }
        if let Some(index) = to.strip_prefix("store_") {
            match self.dice.roll(3) {
                0 => step["writes"] = json!([format!("record_{index}")]),
                1 => step["reads"] = json!([format!("record_{index}")]),
                _ => step["operation"] = "read".into(),
            }
        }
        if self.dice.one_in(6) {
            step["optional"] = true.into();
        }
        if self.dice.one_in(6) && arrow == "->" {
            step["retries"] = json!({ "attempts": 2 + self.dice.roll(2) });
            step["idempotent"] = true.into();
            if self.taste.wild {
                step["timeout"] = self.number(20, 900, " ms").into();
                if self.dice.one_in(2) {
                    step["retries"]["budget"] = "10%".into();
                }
            }
        } else if self.taste.wild && self.dice.one_in(8) && arrow == "->" {
            step["hedge"] = (*self.dice.pick(&["p95", "30 ms"])).into();
            step["idempotent"] = true.into();
        }
        step
    }

    /// What a service does before it answers.
    fn work(&mut self, service: usize, depth: usize) -> Vec<Value> {
        let from = format!("service_{service}");
        let mut steps = Vec::new();
        for _ in 0..=self.dice.roll(2) {
            let below = self.services.len() - service - 1;
            let choice = self.dice.roll(8);
            if choice < 3 && below > 0 {
                let to = service + 1 + self.dice.roll(below);
                steps.push(self.call(&from, &format!("service_{to}")));
                if depth > 0 {
                    steps.extend(self.work(to, depth - 1));
                }
                continue;
            }
            let stores = self.stores.clone();
            let store = self.dice.pick(&stores).clone();
            match choice {
                3 if !self.caches.is_empty() => {
                    let caches = self.caches.clone();
                    let cache = self.dice.pick(&caches).clone();
                    steps.push(self.call(&from, &cache));
                    let miss = self.call(&from, &store);
                    steps.push(json!({ "chance": "1 - hits", "steps": [miss] }));
                }
                4 => {
                    let branches = [self.call(&from, &store), self.call(&from, &store)];
                    steps.push(json!({ "parallel": branches }));
                }
                5 => {
                    let (one, other) = (self.call(&from, &store), self.call(&from, &store));
                    steps.push(
                        json!({ "either": [{ "chance": "30%", "steps": [one] }, { "steps": [other] }] }),
                    );
                }
                6 if !self.queues.is_empty() => steps.push(self.call(&from, "queue_0")),
                7 => {
                    let call = self.call(&from, &store);
                    steps.push(json!({ "times": 2 + self.dice.roll(3), "parallel": true, "steps": [call] }));
                }
                _ => steps.push(self.call(&from, &store)),
            }
        }
        steps
    }

    fn flows(&mut self) -> Value {
        let mut flows = Map::new();
        for index in 0..2 + self.dice.roll(3) {
            let service = self.dice.roll(self.services.len());
            let mut steps = vec![self.call("browser", &format!("service_{service}"))];
            steps.extend(self.work(service, 2));
            let rate = match self.dice.roll(3) {
                0 => self.number(1, 60, " / s"),
                1 => "rate".to_owned(),
                _ => format!("rate / {}", 2 + self.dice.roll(9)),
            };
            let mut flow = json!({ "rate": rate, "steps": steps });
            if self.dice.one_in(4) {
                flow["traffic"] = json!({ "peak": "4x" });
            }
            flows.insert(format!("flow_{index}"), flow);
        }
        Value::Object(flows)
    }
}
