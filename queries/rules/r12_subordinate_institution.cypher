/*---
id: R-12
version: "2025.1"
title_ru: Совместительство служащего в подведомственном учреждении
title_en: A servant's part-time work in a subordinate institution
severity: HIGH
status: active
law:
  - {act: "25-ФЗ", article: "ст. 11, 14.1", since: 2007-06-01}
anchor: person
reach: jobs
official: servant
kin: self
parameters:
  kinds: [part_time]
  row_severity: INFO         # a row of MON-3; more where he controls the institution or gave no notice
unless: []
identity: [official, counterparty, event]
next_ru: Запросите объяснение; передайте надзор за учреждением другому лицу или прекратите совместительство; вопрос — на комиссию.
next_en: Ask for an explanation; let another person supervise the institution or end the work; bring it to the commission.
---*/
UNWIND $anchors AS anchor
MATCH (o:Person {id: anchor})-[j:EMPLOYED_BY]->(b:Organization)
WHERE ($official IS NULL OR o.id = $official) AND (j.service = 'municipal_servant' OR j.service IS NULL)
MATCH (o)-[t:EMPLOYED_BY]->(f:Organization)
WHERE t.id <> j.id AND f.id <> b.id AND t.kind IN $kinds AND (f.body_kind IN ['institution', 'enterprise'] OR (f.body_kind IS NULL AND f.schema = 'PublicBody'))
CALL {
  WITH f, b
  MATCH (f)-[u:PART_OF|SUBORDINATE_TO]->(c:Organization)
  WHERE c.id = b.id
  RETURN u {.*, type: type(u), from: f.id, to: c.id} AS below
  UNION
  WITH f, o
  MATCH (f)-[u:SUBORDINATE_TO]->(c:Person)
  WHERE c.id = o.id
  RETURN u {.*, type: type(u), from: f.id, to: c.id} AS below
}
MATCH (o)-[k:SELF]->(x:Person)
WHERE x.id = o.id
WITH o, j, b, t, f, k, below,
     CASE WHEN j.start_lo > t.start_lo THEN j.start_lo ELSE t.start_lo END AS begun
OPTIONAL MATCH (o)-[:GAVE]->(n:Notification)<-[:RESOLVED_TO]-(:Record)-[z:REFERS_TO]->(w:Record)
WHERE n.kind = 'other_paid_work' AND z.prop = 'about' AND n.date_hi <= begun AND (w.key = t.record OR w.key IN f.keys)
WITH o, j, b, t, f, k, below, count(n) AS notices
OPTIONAL MATCH (o)<-[c:SUBORDINATE_TO]-(g:Organization)
WHERE g.id = f.id AND c.start_lo < t.end_hi AND t.start_lo < c.end_hi
WITH o, j, b, t, f, k, below, notices, count(c) AS controls
RETURN o.id AS official, o.id AS relative, f.id AS counterparty, t.record AS event,
       [j {.*, type: type(j), from: o.id, to: b.id}] AS role,
       k {.*, type: type(k), from: o.id, to: o.id} AS kin,
       [t {.*, type: type(t), from: o.id, to: f.id}, below] AS tie,
       [] AS party,
       [{holds: CASE
            WHEN j.service = 'municipal_servant' THEN true
            WHEN b.body_kind IN ['administration', 'department', 'audit_body'] OR (b.body_kind IS NULL AND b.schema = 'PublicBody') THEN null
            ELSE false END, missing: 'Employment.service'},
        {holds: CASE WHEN f.body_kind IS NULL THEN null ELSE true END, missing: 'PublicBody.bodyKind'}] AS scope,
       CASE WHEN controls > 0 OR notices = 0 THEN 'HIGH' ELSE $row_severity END AS severity,
       false AS excluded
