/*---
id: R-19
version: "2025.1"
title_ru: Связь с субподрядчиком
title_en: A tie to a subcontractor
severity: MEDIUM
status: active
law:
  - {act: "44-ФЗ", article: "ст. 34 ч. 23", since: 2014-01-01}
  - {act: "44-ФЗ", article: "ст. 38, 39", since: 2014-01-01}
  - {act: "273-ФЗ", article: "ст. 10", since: 2008-12-25}
anchor: event
reach: tie
official: role
kin: 273-fz
parameters:
  amount_min: 0              # roubles from which subcontractors are disclosed; set by the organization, требует проверки юристом
  share_min: 0.01            # set by the organization
  share_strict: false        # set by the organization
unless: [R-04, R-05, R-06]   # the main contractor is clean
identity: [official, counterparty, event]
next_ru: Запросите уведомление о личной заинтересованности; приёмку и оплату работ субподрядчика передайте другому лицу.
next_en: Ask for a notice of personal interest; let another person accept and pay the subcontractor's work.
---*/
UNWIND $anchors AS anchor
MATCH (e:Event {id: anchor})
WHERE e.schema = 'Contract'
   OR (e.schema = 'CallForTenders' AND NOT EXISTS { MATCH (e)<-[:UNDER_TENDER]-(:Event) })
// --- scope ends
MATCH (e)<-[s:SUPPLIES]-(f)
WHERE s.role = 'subcontractor' AND NOT coalesce(s.status, '') IN ['rejected', 'withdrawn']
MATCH (f)<-[t:STAKE|DIRECTS|SELF]-(r:Person)
MATCH (r)<-[k:KIN|SELF]-(o:Person)
WHERE o.official = true AND ($official IS NULL OR o.id = $official)
CALL {
  WITH e, o
  MATCH (e)<-[p:PARTICIPATES]-(o)
  RETURN p {.*, type: type(p), from: o.id, to: e.id} AS power
  UNION
  WITH e, o
  MATCH (e)-[:UNDER_TENDER]->(d:Event)<-[p:PARTICIPATES]-(o)
  RETURN p {.*, type: type(p), from: o.id, to: d.id} AS power
  UNION
  WITH e, o
  MATCH (e)-[:RUN_BY]->(c:Organization)
  MATCH (o)-[m:MEMBER_OF]->(c)
  RETURN m {.*, type: type(m), from: o.id, to: c.id} AS power
  UNION
  WITH e, o
  MATCH (e)-[:UNDER_TENDER]->(:Event)-[:RUN_BY]->(c:Organization)
  MATCH (o)-[m:MEMBER_OF]->(c)
  RETURN m {.*, type: type(m), from: o.id, to: c.id} AS power
}
RETURN o.id AS official, r.id AS relative, f.id AS counterparty, e.id AS event,
       [power] AS role,
       k {.*, type: type(k), from: o.id, to: r.id} AS kin,
       [t {.*, type: type(t), from: r.id, to: f.id}] AS tie,
       [s {.*, type: type(s), from: f.id, to: e.id}] AS party,
       [{test: 'share', reason: 'below_amount', missing: 'Contract.amount', holds: CASE WHEN $amount_min = 0 THEN true ELSE e.amount >= $amount_min END}] AS scope,
       false AS excluded
