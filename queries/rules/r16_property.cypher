/*---
id: R-16
version: "2025.1"
title_ru: Имущественные отношения со стороной
title_en: Property ties to the other side
severity: MEDIUM
status: active
law:
  - {act: "273-ФЗ", article: "ст. 10 ч. 2", since: 2008-12-25}
anchor: event
reach: tie
official: role
kin: 273-fz
parameters:
  amount_min: 50000          # at least, roubles: debts and leases; set by the organization
  owner_min: 0.10            # an owner of the party counts from this share; set by the organization
  property: [co_owner, common_property, landlord, tenant] # set by the organization
  former_severity: LOW       # a former spouse with common property
unless: []
identity: [official, counterparty, event]
next_ru: Задайте вопрос должностному лицу; запишите «учтено» или передайте решение другому.
next_en: Ask the official; write it down as considered or let another person decide.
---*/
UNWIND $anchors AS anchor
MATCH (e:Event {id: anchor})
WHERE e.schema IN ['Contract', 'Application'] OR (e.schema = 'CallForTenders' AND NOT EXISTS { MATCH (e)<-[:UNDER_TENDER]-(:Event) })
// --- scope ends
MATCH (e)<-[s:SUPPLIES|APPLIES]-(f)
WHERE type(s) = 'APPLIES' OR (s.role IN ['supplier', 'bidder'] AND NOT coalesce(s.status, '') IN ['rejected', 'withdrawn'])
// the party, its director, an owner of a tenth
CALL {
  WITH f
  MATCH (f)
  RETURN f AS x, null AS behind, true AS enough
  UNION
  WITH f
  MATCH (f)<-[t:STAKE|DIRECTS]-(x)
  WHERE type(t) = 'DIRECTS' OR t.share_hi >= $owner_min
  RETURN x, t {.*, type: type(t), from: x.id, to: f.id} AS behind,
         CASE WHEN type(t) = 'DIRECTS' THEN true WHEN t.share_lo >= $owner_min THEN true ELSE null END AS enough
}
// whose property is tied to it
CALL {
  WITH x
  MATCH (x)-[d:OWES|LETS_TO]->(r:Person)
  RETURN r, [d {.*, type: type(d), from: x.id, to: r.id}] AS ties, d.amount >= $amount_min AS large, false AS former
  UNION
  WITH x
  MATCH (x)<-[d:OWES|LETS_TO]-(r:Person)
  RETURN r, [d {.*, type: type(d), from: r.id, to: x.id}] AS ties, d.amount >= $amount_min AS large, false AS former
  UNION
  WITH x
  MATCH (x)-[d:OWNS]->(h:Thing)<-[g:OWNS]-(r:Person)
  WHERE r.id <> x.id
  RETURN r, [g {.*, type: 'CO_OWNS', from: r.id, to: h.id}, d {.*, type: 'CO_OWNS', from: x.id, to: h.id}] AS ties, true AS large, false AS former
  UNION
  WITH x
  MATCH (x)-[d:ASSOCIATED_WITH]-(r:Person)
  WHERE d.relationship IN $property
  RETURN r, [d {.*, type: type(d), from: r.id, to: x.id}] AS ties, true AS large,
         EXISTS { MATCH (x)-[m:SPOUSE_OF]-(r) WHERE m.end_lo < 99999999 } OR EXISTS { MATCH (x)-[m:ASSOCIATED_WITH]-(r) WHERE m.relationship = 'former_spouse' } AS former
}
WITH e, s, f, x, behind, enough, r, ties, large, former
MATCH (r)<-[k:KIN|SELF]-(o:Person)
WHERE o.official = true AND o.id <> x.id AND ($official IS NULL OR o.id = $official)
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
       ties + CASE WHEN behind IS NULL THEN [] ELSE [behind] END AS tie,
       [s {.*, type: type(s), from: f.id, to: e.id}] AS party,
       [{test: 'share', reason: 'below_amount', missing: CASE WHEN ties[0].type = 'OWES' THEN 'Debt.amount' ELSE 'Lease.amount' END, holds: large},
        {test: 'share', reason: 'share_below_threshold', missing: 'Ownership.percentage', holds: enough}] AS scope,
       CASE WHEN former THEN $former_severity ELSE null END AS severity,
       false AS excluded
