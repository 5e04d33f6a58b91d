//! Who may call whom, and what is fine though it looks alike.

use crate::example::check;

#[test]
fn a_store_made_for_clients_and_one_for_analysis_may_be_called_by_people() {
    check(
        "
components:
  phone: mobile_app
  analyst: client
  app: service
  notes: { kind: document_store, exposure: public }
  #                                        ^^^^^^ datastore-exposed
  history: data_warehouse
  photos: object_store
flows:
  write: { steps: [phone -> app, phone -> notes, phone -> photos] }
  ask: { steps: [analyst -> history] }
",
    );
}

#[test]
fn a_client_stands_for_the_program_where_there_is_no_other() {
    check(
        "
components:
  app: client
  records: database
flows:
  read: { steps: [app -> records] }
",
    );
}

#[test]
fn proxies_in_a_row_are_no_code_and_gateways_are() {
    check(
        "
components:
  browser: client
  guard: waf
  edge: load_balancer
  door: api_gateway
  app: service
  links: database
  users: database
flows:
  write: { steps: [browser -> app] }
  open: { steps: [browser -> guard -> edge -> links] }
#                                             ^^^^^ client-calls-datastore
  look: { steps: [browser -> door -> users] }
",
    );
}

#[test]
fn a_way_past_the_gateway_is_one_only_where_the_same_client_takes_the_gateway() {
    check(
        "
components:
  browser: client
  office: client
  gateway: api_gateway
  edge: load_balancer
  orders: service
  news: { kind: service, exposure: public }
flows:
  buy: { steps: [browser -> gateway -> edge -> orders, gateway -> news] }
  watch: { steps: [office -> orders] }
  read: { steps: [browser -> news] }
  listen: { steps: [browser ~> orders] }
  cheat: { steps: [browser -> edge] }
#                             ^^^^ client-calls-internal-service
",
    );
}

#[test]
fn only_programs_that_wait_for_each_other_make_a_circle() {
    check(
        "
components:
  browser: client
  gateway: api_gateway
  orders: service
  stock: service
  prices: service
flows:
  buy: { steps: [browser -> gateway -> orders, orders -> stock, stock ~> orders] }
  look: { steps: [browser -> gateway -> prices, prices -> gateway -> stock] }
  ask: { steps: [browser -> gateway -> stock, stock -> prices, prices -> orders] }
#                                                                        ^^^^^^ cyclic-sync-dependency
",
    );
}

#[test]
fn layers_are_ordered_within_what_they_are_layers_of() {
    check(
        "
components:
  browser: client
  pages: service
  orders: service
  prices: service
  store: database
  watch: { kind: monitoring, uses: [pages, orders] }
groups:
  one:
    groups:
      above: { kind: layer, contains: pages }
      below: { kind: layer, contains: [orders, rest, watch] }
  rest: { contains: store }
  two:
    groups:
      top: { kind: layer, contains: prices }
      bottom: { kind: layer }
flows:
  see: { steps: [browser -> pages, pages -> store, pages -> prices, prices -> store] }
  up: { steps: [browser -> orders, orders -> pages] }
#                                            ^^^^^ layer-violation
",
    );
}

#[test]
fn a_layer_may_be_skipped_unless_the_style_forbids_it() {
    let design = |style: &str, carets: &str| {
        format!(
            "
style: {style}
components:
  browser: client
  pages: service
  orders: service
  store: database
groups:
  shown: {{ kind: layer, contains: pages }}
  domain: {{ kind: layer, contains: orders }}
  kept: {{ kind: layer, contains: store }}
flows:
  see: {{ steps: [browser -> pages, pages -> orders, orders -> store, pages -> store] }}
{carets}"
        )
    };
    check(&design("client-server", ""));
    check(&design(
        "layered",
        "#                                                                             ^^^^^ layer-violation\n",
    ));
}

#[test]
fn one_context_may_share_a_store_and_so_may_workers() {
    check(
        "
style: microservices
components:
  browser: client
  gateway: api_gateway
  orders: service
  returns: service
  relay: worker
  stock: service
  order_store: database
  found: search_index
groups:
  ordering: { kind: context, contains: [orders, returns, order_store] }
flows:
  buy: { steps: [browser -> gateway -> orders, orders -> order_store, orders -> found] }
  bring_back: { steps: [gateway -> returns, returns -> order_store] }
  tell: { every: 1 s, steps: [relay -> order_store] }
  look: { rate: 1 / s, steps: [gateway -> stock, stock -> found] }
rules: { undefined-rate: off }
",
    );
}

#[test]
fn programs_that_are_deployed_together_may_call_each_other() {
    check(
        "
style: monolith
components:
  browser: client
  pages: service
  shop: service
  shrink: serverless_function
groups:
  server: { kind: container, contains: [pages, shop] }
flows:
  buy: { steps: [browser -> pages, pages -> shop, shop -> shrink] }
",
    );
}

#[test]
fn a_store_may_announce_changes_and_start_a_flow_of_its_own() {
    check(
        "
components:
  browser: client
  app: service
  posts: database
  search: service
  counter: service
flows:
  write: { rate: 1 / s, steps: [browser -> app, app -> posts, posts ~> search] }
  count: { on: posts, steps: [posts -> counter] }
",
    );
}

#[test]
fn a_message_ends_the_waiting_and_a_worker_may_be_waited_for_behind_it() {
    check(
        "
components:
  browser: client
  app: service
  jobs: queue
  resizer: worker
  encoder: { kind: service, latency: 10 s }
apis:
  add: { request: POST /videos, handled_by: app }
flows:
  upload: { api: add, steps: [browser -> app, app ~> jobs, jobs -> resizer, resizer -> encoder] }
",
    );
}

#[test]
fn ways_of_which_one_is_taken_are_no_chatter() {
    let design = |steps: &str| {
        format!(
            "
components:
  browser: client
  app: service
  people: service
flows:
  open:
    steps:
      - browser -> app
{steps}"
        )
    };
    let either = "      - either:
          - { chance: 50%, steps: [app -> people, app -> people] }
          - { steps: [app -> people, app -> people] }
      - parallel: [app -> people, app -> people]
      - { chance: 5%, steps: [app -> people] }
      - { chance: 95%, steps: [app -> people] }
      - { app ~> people: by the way }
";
    check(&design(either));
    check(&design(
        "      - app -> people
      - { chance: 95%, steps: [app -> people, app -> people] }
      - app -> people
#              ^^^^^^ chatty-flow
",
    ));
}

#[test]
fn servers_may_speak_first_over_a_connection_that_is_open() {
    check(
        "
components:
  driver: client
  post: client
  app: service
  mail: external_system
flows:
  open:
    steps:
      - driver -> post: press the button
      - post -> app: GET /
      - app -> post: open
        protocol: websocket
      - app ~> post: close
      - app -> mail: tell them
      - mail -> driver: a letter
",
    );
}

#[test]
fn a_queue_has_two_ends_unless_it_is_for_what_failed() {
    check(
        "
rules: { queue-without-consumer: warning, queue-without-producer: warning }
components:
  browser: client
  app: service
  worker: worker
  jobs: { kind: queue, dead_letter: failed }
  failed: queue
  events: stream
  watch: { kind: monitoring, uses: events }
  lost: queue
# ^^^^ queue-without-consumer
  odd: pubsub
# ^^^ queue-without-producer
flows:
  open: { steps: [browser -> app, app ~> jobs, app -> events, app ~> lost] }
  work: { steps: [{ worker -> jobs: take, operation: consume }, { worker -> odd: take, operation: consume }] }
",
    );
}

#[test]
fn what_goes_on_without_an_answer_is_no_dependence() {
    let design = |optional: &str, carets: &str| {
        format!(
            "
style: microservices
{carets}components:
  browser: client
  a: service
  b: service
  c: service
  d: service
  e: service
flows:
  open:
    steps:
      - browser -> a
      - {{ a -> b: x{optional} }}
      - {{ b -> c: x{optional} }}
      - {{ c -> d: x{optional} }}
      - {{ d -> e: x{optional} }}
"
        )
    };
    check(&design("", "#      ^^^^^^^^^^^^^ distributed-monolith\n"));
    check(&design(", optional: true", ""));
    check(&design(", fallback: the last answer", ""));
}

#[test]
fn verbs_are_told_from_words_that_begin_alike() {
    check(
        "
components:
  browser: client
  app: service
apis:
  a: { request: GET /addresses, handled_by: app }
  b: { request: GET /updates, handled_by: app }
  c: { request: POST /add-ons, handled_by: app }
  d: { request: POST /users/get, handled_by: app }
#                           ^^^ api-not-rest-shaped
  e: { request: POST /getUser, handled_by: app, protocol: grpc }
  f: { request: \"getUser(id)\", handled_by: app }
flows:
  open: { steps: [browser -> app] }
",
    );
}

#[test]
fn lists_are_told_from_single_things_by_what_they_return() {
    check(
        "
rules: { missing-pagination: warning }
components:
  browser: client
  app: service
  store: database
data:
  category: { size: 1 KB, stored_in: store, count: 40 }
  order: { size: 1 KB, stored_in: store, count: 2M }
  setting: { size: 1 KB, stored_in: store }
apis:
  a: { request: GET /categories, handled_by: app, returns: category }
  b: { request: \"GET /orders/{id}\", handled_by: app, returns: order }
  c: { request: \"GET /orders?limit={n}\", handled_by: app, returns: order }
  d: { request: POST /orders, handled_by: app, returns: order }
  e: { request: GET /settings, handled_by: app, returns: setting, pagination: none }
  f: { request: GET /orders, handled_by: app, returns: order, pagination: none }
#                   ^^^^^^^ missing-pagination
flows:
  open: { steps: [browser -> app, app -> store] }
",
    );
}
