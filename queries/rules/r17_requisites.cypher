/*---
id: R-17
version: "2025.1"
title_ru: Общие реквизиты со стороной
title_en: Requisites shared with the other side
severity: LOW
status: active
law:
  - {act: "273-ФЗ", article: "ст. 10 ч. 2", since: 2008-12-25}
anchor: event
reach: tie
official: role
kin: 273-fz
parameters:
  mass: 5                    # organizations from which a requisite is a mass one; set by the organization
  strong: [phone, account]   # set by the organization
  strong_severity: MEDIUM
unless: []
identity: [official, counterparty, event]
next_ru: Выясните, почему реквизиты общие и насколько они редки; запишите «учтено» или поднимите вопрос.
next_en: Find out why the requisites are shared and how rare they are; write it down as considered or raise it.
---*/
UNWIND $anchors AS anchor
MATCH (e:Event {id: anchor})
WHERE e.schema IN ['Contract', 'Application'] OR (e.schema = 'CallForTenders' AND NOT EXISTS { MATCH (e)<-[:UNDER_TENDER]-(:Event) })
// --- scope ends
MATCH (e)<-[s:SUPPLIES|APPLIES]-(f)
WHERE type(s) = 'APPLIES' OR (s.role IN ['supplier', 'bidder'] AND NOT coalesce(s.status, '') IN ['rejected', 'withdrawn'])
CALL {
  WITH f
  MATCH (f)
  RETURN f AS x, null AS behind
  UNION
  WITH f
  MATCH (f)<-[t:DIRECTS]-(x)
  RETURN x, t {.*, type: type(t), from: x.id, to: f.id} AS behind
}
MATCH (x)-[v:USES]->(q:Requisite)<-[u:USES]-(r:Person)
WHERE r.id <> x.id AND coalesce(q.firms, 0) < $mass
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
       [u {.*, type: type(u), from: r.id, to: q.id, kind: q.kind}, v {.*, type: type(v), from: x.id, to: q.id, kind: q.kind}]
         + CASE WHEN behind IS NULL THEN [] ELSE [behind] END AS tie,
       [s {.*, type: type(s), from: f.id, to: e.id}] AS party,
       [] AS scope,
       CASE WHEN q.kind IN $strong THEN $strong_severity ELSE null END AS severity,
       coalesce(e.regulated_tariff, false) OR (coalesce(f.natural_monopoly, false) AND coalesce(e.item, '') IN ['1', '8', '29']) AS excluded
