/*---
id: R-18
version: "2025.1"
title_ru: Связь с поставщиком через цепочку владения
title_en: A tie to the supplier through a chain of ownership
severity: BLOCK
status: active
law:
  - {act: "44-ФЗ", article: "ст. 31 ч. 1 п. 9", since: 2022-07-01}
  - {act: "135-ФЗ", article: "ст. 9", since: 2006-10-26}
  - {act: "НК РФ", article: "ст. 105.1", since: 2012-01-01}
anchor: event
reach: tie
official: role
kin: any
parameters:
  share_min: 0.10            # strictly more, the product along the chain, chains added up
  share_strict: true
  control_counts: true       # or every link over 50 %
  self_since: 20220701       # the official himself under 44-ФЗ
  items: ["4", "5", "18", "30", "42", "49", "54", "59"]   # требует проверки юристом
  posts: [head, contract_service_head, contract_manager]
  wide_severity: HIGH        # the list of 273-ФЗ, as R-06
unless: []
identity: [official, counterparty, event]
next_ru: Как по правилу, которому эта связь служит (R-04, R-05 или R-06); приложите расчёт доли по звеньям.
next_en: As for the rule that this tie feeds (R-04, R-05 or R-06); attach the share link by link.
---*/
UNWIND $anchors AS anchor
MATCH (e:Event {id: anchor})
WHERE e.schema = 'Contract'
   OR (e.schema = 'CallForTenders' AND NOT EXISTS { MATCH (e)<-[:UNDER_TENDER]-(:Event) })
// --- scope ends
MATCH (e)<-[s:SUPPLIES]-(f:Organization)
WHERE s.role IN ['supplier', 'bidder'] AND NOT coalesce(s.status, '') IN ['rejected', 'withdrawn']
MATCH (f)<-[t:STAKE]-(r:Person)
WHERE t.direct = false
MATCH (r)<-[k:KIN|SELF]-(o:Person)
WHERE o.official = true AND ($official IS NULL OR o.id = $official)
CALL {
  WITH e, o
  MATCH (e)-[:FOR_AUTHORITY]->(b:Organization)
  MATCH (o)-[j:EMPLOYED_BY]->(b)
  WHERE j.post IN $posts
  RETURN j {.*, type: type(j), from: o.id, to: b.id} AS power, true AS post, false AS takes_part
  UNION
  WITH e, o
  MATCH (e)-[:RUN_BY]->(c:Organization)
  MATCH (o)-[m:MEMBER_OF]->(c)
  RETURN m {.*, type: type(m), from: o.id, to: c.id} AS power, true AS post, true AS takes_part
  UNION
  WITH e, o
  MATCH (e)-[:UNDER_TENDER]->(:Event)-[:RUN_BY]->(c:Organization)
  MATCH (o)-[m:MEMBER_OF]->(c)
  RETURN m {.*, type: type(m), from: o.id, to: c.id} AS power, true AS post, true AS takes_part
  UNION
  WITH e, o
  MATCH (e)-[:FOR_AUTHORITY]->(:Organization)<-[:PART_OF]-(c:Organization)
  WHERE c.body_kind = 'commission' AND c.classification = 'procurement'
    AND (e.schema = 'CallForTenders' OR EXISTS { MATCH (e)-[:UNDER_TENDER]->(:Event) })
    AND NOT EXISTS { MATCH (e)-[:RUN_BY]->(:Organization) }
    AND NOT EXISTS { MATCH (e)-[:UNDER_TENDER]->(:Event)-[:RUN_BY]->(:Organization) }
  MATCH (o)-[m:MEMBER_OF]->(c)
  RETURN m {.*, type: type(m), from: o.id, to: c.id} AS power, true AS post, true AS takes_part
  UNION
  WITH e, o
  MATCH (e)<-[p:PARTICIPATES]-(o)
  RETURN p {.*, type: type(p), from: o.id, to: e.id} AS power, p.role IN ['commission_member', 'votes'] AS post, true AS takes_part
  UNION
  WITH e, o
  MATCH (e)-[:UNDER_TENDER]->(d:Event)<-[p:PARTICIPATES]-(o)
  RETURN p {.*, type: type(p), from: o.id, to: d.id} AS power, p.role IN ['commission_member', 'votes'] AS post, true AS takes_part
}
WITH e, s, f, t, r, k, o, power, post, takes_part,
     e.law = '44-fz' AND (e.item IS NULL OR e.item IN $items) AND (type(k) <> 'SELF' OR e.window_hi >= $self_since) AS strict
RETURN o.id AS official, r.id AS relative, f.id AS counterparty, e.id AS event,
       [power] AS role,
       k {.*, type: type(k), from: o.id, to: r.id} AS kin,
       [t {.*, type: type(t), from: r.id, to: f.id}] AS tie,
       [s {.*, type: type(s), from: f.id, to: e.id}] AS party,
       [{test: 'kin', reason: 'not_listed_kin', missing: e.schema + '.law',
         holds: CASE
            WHEN takes_part AND (type(k) = 'SELF' OR '273-fz' IN k.lists) THEN true
            WHEN NOT post THEN false
            WHEN type(k) = 'SELF' OR '44-fz' IN k.lists THEN CASE WHEN e.law = '223-fz' THEN type(k) = 'SELF' OR '273-fz' IN k.lists ELSE strict END
            ELSE e.law = '223-fz' AND '273-fz' IN k.lists END}] AS scope,
       CASE WHEN post AND strict AND (type(k) = 'SELF' OR '44-fz' IN k.lists) THEN 'BLOCK' ELSE $wide_severity END AS severity,
       false AS excluded
