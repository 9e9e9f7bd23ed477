/*---
id: R-08
version: "2025.1"
title_ru: Член комиссии по закупке связан с заявителем
title_en: A member of the procurement commission is tied to an applicant
severity: BLOCK
status: active
law:
  - {act: "44-ФЗ", article: "ст. 39 ч. 6", since: 2014-01-01}
  - {act: "223-ФЗ", article: "ст. 3 ч. 7.2", since: 2022-07-01}
anchor: event
reach: tie
official: post
kin: self
parameters:
  since_223: 20220701      # 160-ФЗ
  debt_min: 1                # roubles; set by the organization
  posts: []                  # the seat counts, not a post at the customer
unless: []
identity: [official, counterparty, event]
next_ru: Замените члена комиссии незамедлительно; повторите голосование и пересмотрите протокол.
next_en: Replace the member at once; repeat the voting and look at the minutes again.
---*/
UNWIND $anchors AS anchor
MATCH (e:Event {id: anchor})
WHERE (e.schema = 'CallForTenders' OR (e.schema = 'Contract' AND e.item IS NULL AND NOT EXISTS { MATCH (e)-[:UNDER_TENDER]->(:Event) }))
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
WHERE s.role IN ['supplier', 'bidder'] AND coalesce(s.status, '') <> 'withdrawn'
CALL {
  WITH f
  MATCH (f)<-[t:STAKE|DIRECTS|SELF|EMPLOYED_BY]-(r:Person)
  MATCH (r)<-[k:SELF]-(o:Person)
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
       [{holds: CASE
            WHEN e.law IS NULL THEN null
            WHEN e.law = '223-fz' THEN CASE WHEN e.window_hi = 0 THEN null ELSE e.window_hi >= $since_223 END
            ELSE e.law = '44-fz' END, missing: e.schema + '.law'},
        {test: 'share', reason: 'below_amount', missing: 'Debt.amount',
         holds: CASE WHEN t.type <> 'OWES' THEN true ELSE t.amount >= $debt_min END}] AS scope,
       false AS excluded
