/*---
id: R-05
version: "2025.1"
title_ru: Должностное лицо заказчика связано с единственным поставщиком
title_en: An official of the customer is tied to the single supplier
severity: BLOCK
status: active
law:
  - {act: "44-ФЗ", article: "ст. 31 ч. 1 п. 9", since: 2022-07-01}
  - {act: "44-ФЗ", article: "ст. 93 ч. 1 п. 4, 5, 18, 30, 42, 49, 54, 59", since: 2022-01-01}
anchor: event
reach: tie
official: post
kin: 44-fz
parameters:
  since: 2022-01-01          # 360-ФЗ: opening words of art. 31 part 1
  share_min: 0.10
  share_strict: true
  self_since: 2022-07-01
  items: ["4", "5", "18", "30", "42", "49", "54", "59"]   # требует проверки юристом
  direct_roles: [sole_executive, collegial_executive, board, unitary_founder]
  posts: [head, contract_service_head, contract_manager]
unless: []
identity: [official, counterparty, event]
next_ru: Не подписывайте договор до решения; после подписания замените должностное лицо и проверьте основания расторжения.
next_en: Do not sign before the decision; after signing replace the official and review the grounds for termination.
---*/
UNWIND $anchors AS anchor
MATCH (e:Event {id: anchor})
WHERE e.schema = 'Contract' AND NOT EXISTS { MATCH (e)-[:UNDER_TENDER]->(:Event) }
// --- scope ends
MATCH (e)<-[s:SUPPLIES]-(f)
WHERE s.role = 'supplier' AND NOT coalesce(s.status, '') IN ['rejected', 'withdrawn']
MATCH (f)<-[t:STAKE|DIRECTS|SELF]-(r:Person)
MATCH (r)<-[k:KIN|SELF]-(o:Person)
WHERE o.official = true AND ($official IS NULL OR o.id = $official)
// the powers of an official in an event once, however many ties lead to him
WITH e, o, collect({f: f, s: s, t: t, r: r, k: k}) AS ties
CALL {
  WITH e, o
  MATCH (e)-[:FOR_AUTHORITY]->(b:Organization)
  MATCH (o)-[j:EMPLOYED_BY]->(b)
  WHERE j.post IN $posts
  RETURN j {.*, type: type(j), from: o.id, to: b.id} AS power
  UNION
  WITH e, o
  MATCH (e)-[:RUN_BY]->(c:Organization)
  MATCH (o)-[m:MEMBER_OF]->(c)
  RETURN m {.*, type: type(m), from: o.id, to: c.id} AS power
  UNION
  WITH e, o
  MATCH (e)-[:FOR_AUTHORITY]->(:Organization)<-[:PART_OF]-(c:Organization)
  WHERE c.body_kind = 'commission' AND c.classification = 'procurement' AND NOT EXISTS { MATCH (e)-[:RUN_BY]->(:Organization) }
  MATCH (o)-[m:MEMBER_OF]->(c)
  RETURN m {.*, type: type(m), from: o.id, to: c.id} AS power
}
UNWIND ties AS tie
WITH e, o, power, tie.f AS f, tie.s AS s, tie.t AS t, tie.r AS r, tie.k AS k
RETURN o.id AS official, r.id AS relative, f.id AS counterparty, e.id AS event,
       [power] AS role,
       k {.*, type: type(k), from: o.id, to: r.id} AS kin,
       [t {.*, type: type(t), from: r.id, to: f.id}] AS tie,
       [s {.*, type: type(s), from: f.id, to: e.id}] AS party,
       [{holds: e.law = '44-fz', missing: 'Contract.law'},
        {holds: e.item IN $items, missing: 'Contract.singleSupplierItem'}] AS scope,
       false AS excluded
