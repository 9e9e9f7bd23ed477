/*---
id: R-04
version: "2025.1"
title_ru: Должностное лицо заказчика связано с участником закупки
title_en: An official of the customer is tied to a bidder
severity: BLOCK
status: active
law:
  - {act: "44-ФЗ", article: "ст. 31 ч. 1 п. 9", since: 2022-07-01}
  - {act: "44-ФЗ", article: "ст. 31 ч. 1 п. 9 (прежняя редакция)", since: 2014-01-01, until: 2022-07-01}
anchor: event
reach: tie
official: post
kin: 44-fz
parameters:
  share_min: 0.10            # strictly more (44-ФЗ: «более чем десять процентов»)
  share_strict: true
  self_since: 2022-07-01     # the official himself as participant: new text only
  direct_roles: [sole_executive, collegial_executive, board, unitary_founder]
  posts: [head, contract_service_head, contract_manager]
unless: []
identity: [official, counterparty, event]
next_ru: До заключения договора отстраните участника или откажитесь от заключения (ч. 9 ст. 31); после заключения замените должностное лицо.
next_en: Before signing exclude the bidder or refuse to sign (art. 31 part 9); after signing replace the official.
---*/
UNWIND $anchors AS anchor
MATCH (e:Event {id: anchor})
WHERE e.schema = 'CallForTenders'
   OR (e.schema = 'Contract' AND e.item IS NULL AND NOT EXISTS { MATCH (e)-[:UNDER_TENDER]->(:Event) })
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
  UNION
  WITH e, o
  MATCH (e)<-[p:PARTICIPATES]-(o)
  WHERE p.role IN ['commission_member', 'votes']
  RETURN p {.*, type: type(p), from: o.id, to: e.id} AS power
}
UNWIND ties AS tie
WITH e, o, power, tie.f AS f, tie.s AS s, tie.t AS t, tie.r AS r, tie.k AS k
RETURN o.id AS official, r.id AS relative, f.id AS counterparty, e.id AS event,
       [power] AS role,
       k {.*, type: type(k), from: o.id, to: r.id} AS kin,
       [t {.*, type: type(t), from: r.id, to: f.id}] AS tie,
       [s {.*, type: type(s), from: f.id, to: endNode(s).id}] AS party,
       [{holds: e.law = '44-fz', missing: e.schema + '.law'},
        {holds: CASE WHEN e.schema = 'CallForTenders' THEN true ELSE null END, missing: 'Contract.singleSupplierItem'}] AS scope,
       false AS excluded
