/*---
id: R-06
version: "2025.1"
title_ru: Участник решения о закупке связан с поставщиком
title_en: A person with a role in the purchase is tied to the supplier
severity: HIGH
status: active
law:
  - {act: "273-ФЗ", article: "ст. 10", since: 2008-12-25}
  - {act: "44-ФЗ", article: "ст. 38, 39", since: 2014-01-01}
anchor: event
reach: tie
official: role
kin: 273-fz
parameters:
  share_min: 0.01            # at least; set by the organization
  share_strict: false        # set by the organization
  employee_severity: LOW     # only works for the supplier
  loose_severity: LOW        # a tie that counts only from the other side, or a declared one outside the lists
unless: [R-04, R-05]
identity: [official, counterparty, event]
next_ru: Запросите объяснение и уведомление о личной заинтересованности; передайте подпись другому лицу.
next_en: Ask for an explanation and a notice of personal interest; let another person sign.
---*/
UNWIND $anchors AS anchor
MATCH (e:Event {id: anchor})
WHERE e.schema = 'Contract'
   OR (e.schema = 'CallForTenders' AND NOT EXISTS { MATCH (e)<-[:UNDER_TENDER]-(:Event) })
// --- scope ends
MATCH (e)<-[s:SUPPLIES]-(f)
WHERE s.role IN ['supplier', 'bidder'] AND NOT coalesce(s.status, '') IN ['rejected', 'withdrawn']
MATCH (f)<-[t:STAKE|DIRECTS|SELF|EMPLOYED_BY]-(r:Person)
MATCH (r)<-[k:KIN|SELF]-(o:Person)
WHERE o.official = true AND ($official IS NULL OR o.id = $official)
// the powers of an official in an event once, however many ties lead to him
WITH e, o, collect({f: f, s: s, t: t, r: r, k: k}) AS ties
CALL {
  WITH e, o
  MATCH (e)<-[p:PARTICIPATES]-(o)
  RETURN p AS power, e.id AS at
  UNION
  WITH e, o
  MATCH (e)-[:UNDER_TENDER]->(d:Event)<-[p:PARTICIPATES]-(o)
  RETURN p AS power, d.id AS at
  UNION
  WITH e, o
  MATCH (e)-[:RUN_BY]->(c:Organization)
  MATCH (o)-[m:MEMBER_OF]->(c)
  RETURN m AS power, c.id AS at
  UNION
  WITH e, o
  MATCH (e)-[:UNDER_TENDER]->(:Event)-[:RUN_BY]->(c:Organization)
  MATCH (o)-[m:MEMBER_OF]->(c)
  RETURN m AS power, c.id AS at
  UNION
  WITH e, o
  MATCH (e)-[:FOR_AUTHORITY]->(:Organization)<-[:PART_OF]-(c:Organization)
  WHERE c.body_kind = 'commission' AND c.classification = 'procurement'
    AND (e.schema = 'CallForTenders' OR EXISTS { MATCH (e)-[:UNDER_TENDER]->(:Event) })
    AND NOT EXISTS { MATCH (e)-[:RUN_BY]->(:Organization) }
    AND NOT EXISTS { MATCH (e)-[:UNDER_TENDER]->(:Event)-[:RUN_BY]->(:Organization) }
  MATCH (o)-[m:MEMBER_OF]->(c)
  RETURN m AS power, c.id AS at
}
UNWIND ties AS tie
WITH e, o, power, at, tie.f AS f, tie.s AS s, tie.t AS t, tie.r AS r, tie.k AS k
RETURN o.id AS official, r.id AS relative, f.id AS counterparty, e.id AS event,
       [power {.*, type: type(power), from: o.id, to: at}] AS role,
       k {.*, type: type(k), from: o.id, to: r.id} AS kin,
       [t {.*, type: type(t), from: r.id, to: f.id}] AS tie,
       [s {.*, type: type(s), from: f.id, to: e.id}] AS party,
       [] AS scope,
       coalesce(e.regulated_tariff, false) OR (coalesce(f.natural_monopoly, false) AND coalesce(e.item, '') IN ['1', '8', '29']) AS excluded
