/*---
id: R-07
version: "2025.1"
title_ru: Руководитель заказчика или член комиссии связан с участником закупки по 223-ФЗ
title_en: The head of the customer or a member of its commission is tied to a bidder under 223-ФЗ
severity: HIGH
status: active
law:
  - {act: "223-ФЗ", article: "ст. 3 ч. 7.1–7.3", since: 2022-07-01}
  - {act: "273-ФЗ", article: "ст. 10", since: 2008-12-25}
anchor: event
reach: tie
official: post
kin: 273-fz
parameters:
  since: 2022-07-01          # 160-ФЗ
  posts: [head]
unless: []
identity: [official, counterparty, event]
next_ru: Запросите уведомление о личной заинтересованности; замените члена комиссии незамедлительно, подпись передайте другому лицу.
next_en: Ask for a notice of personal interest; replace the member at once, let another person sign.
---*/
UNWIND $anchors AS anchor
MATCH (e:Event {id: anchor})
WHERE (e.law = '223-fz' OR e.law IS NULL)
  AND (e.schema = 'CallForTenders' OR (e.schema = 'Contract' AND e.item IS NULL AND NOT EXISTS { MATCH (e)-[:UNDER_TENDER]->(:Event) }))
// --- scope ends
CALL {
  WITH e
  MATCH (e)<-[s:SUPPLIES]-(f)
  RETURN f, s
  UNION
  WITH e
  MATCH (e)<-[:UNDER_TENDER]-(:Event)<-[s:SUPPLIES]-(f)
  RETURN f, s
}
WITH e, f, s
WHERE s.role IN ['supplier', 'bidder'] AND NOT coalesce(s.status, '') IN ['rejected', 'withdrawn']
CALL {
  WITH f
  MATCH (f)<-[t:STAKE|DIRECTS|SELF]-(r:Person)
  MATCH (r)<-[k:KIN|SELF]-(o:Person)
  RETURN o, r, k, t {.*, type: type(t), from: r.id, to: f.id} AS tie
  UNION
  WITH f
  MATCH (f)-[t:OWES]->(r:Person)
  MATCH (r)<-[k:SELF]-(o:Person)
  RETURN o, r, k, t {.*, type: type(t), from: f.id, to: r.id} AS tie
}
WITH e, f, s, o, r, k, tie
WHERE o.official = true AND ($official IS NULL OR o.id = $official)
WITH e, o, collect({f: f, s: s, t: tie, r: r, k: k}) AS ties
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
  UNION
  WITH e, o
  MATCH (e)<-[p:PARTICIPATES]-(o)
  WHERE p.role IN ['commission_member', 'votes']
  RETURN p {.*, type: type(p), from: o.id, to: e.id} AS power
}
UNWIND ties AS one
WITH e, o, power, one.f AS f, one.s AS s, one.t AS t, one.r AS r, one.k AS k
RETURN o.id AS official, r.id AS relative, f.id AS counterparty, e.id AS event,
       [power] AS role,
       k {.*, type: type(k), from: o.id, to: r.id} AS kin,
       [t] AS tie,
       [s {.*, type: type(s), from: f.id, to: endNode(s).id}] AS party,
       [{holds: e.law = '223-fz', missing: e.schema + '.law'}] AS scope,
       false AS excluded
