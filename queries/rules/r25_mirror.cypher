/*---
id: R-25
version: "2025.1"
title_ru: Зеркальное трудоустройство
title_en: Relatives employed crosswise
severity: MEDIUM
status: active
law:
  - {act: "273-ФЗ", article: "ст. 10", since: 2008-12-25}
anchor: person
reach: kin
official: manager
kin: 273-fz
parameters:
  posts: [head]              # of an institution or enterprise: above everyone there; of another body where subordination is named; set by the organization
unless: []
identity: [official, counterparty, event]
next_ru: Задайте вопрос обоим руководителям; запишите «учтено» или поднимите вопрос перед комиссией.
next_en: Ask both heads; write it down as considered or bring it to the commission.
---*/
UNWIND $anchors AS anchor
MATCH (a:Person {id: anchor})-[k:KIN]->(x:Person)
WHERE ($official IS NULL OR a.id = $official) AND EXISTS { MATCH (a)-[h:EMPLOYED_BY]->(:Organization) WHERE h.post IN $posts }
// who stands above the relative
CALL {
  WITH x
  MATCH (x)-[w:EMPLOYED_BY]->(f:Organization)<-[h:EMPLOYED_BY]-(b:Person)
  WHERE h.post IN $posts AND f.body_kind IN ['institution', 'enterprise']
  RETURN b, [w {.*, type: type(w), from: x.id, to: f.id}, h {.*, type: type(h), from: b.id, to: f.id}] AS below
  UNION
  WITH x
  MATCH (x)-[u:SUBORDINATE_TO]->(b:Person)
  WHERE u.kind IN ['reports_to', 'controls'] AND EXISTS { MATCH (b)-[h:EMPLOYED_BY]->(:Organization) WHERE h.post IN $posts }
  RETURN b, [u {.*, type: type(u), from: x.id, to: b.id}] AS below
}
WITH a, k, x, b, below
WHERE b.id <> a.id AND b.id <> x.id
MATCH (b)-[l:KIN]->(y:Person)
WHERE y.id <> a.id AND y.id <> x.id
CALL {
  WITH a, y
  MATCH (y)-[w:EMPLOYED_BY]->(f:Organization)
  MATCH (a)-[h:EMPLOYED_BY]->(f)
  WHERE h.post IN $posts AND f.body_kind IN ['institution', 'enterprise']
  RETURN [h {.*, type: type(h), from: a.id, to: f.id}, w {.*, type: type(w), from: y.id, to: f.id}] AS above
  UNION
  WITH a, y
  MATCH (y)-[u:SUBORDINATE_TO]->(a)
  WHERE u.kind IN ['reports_to', 'controls']
  RETURN [u {.*, type: type(u), from: y.id, to: a.id}] AS above
}
RETURN a.id AS official, x.id AS relative, b.id AS counterparty, below[0].record AS event,
       above AS role,
       k {.*, type: type(k), from: a.id, to: x.id} AS kin,
       below + [l {.*, type: type(l), from: b.id, to: y.id}] AS tie,
       [] AS party,
       [{test: 'kin', reason: 'not_listed_kin', missing: 'Family.relationship',
         holds: CASE WHEN l.ambiguous = true AND '273-fz' IN l.lists THEN null ELSE '273-fz' IN l.lists END}] AS scope,
       false AS excluded
