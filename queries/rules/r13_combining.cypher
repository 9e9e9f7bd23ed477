/*---
id: R-13
version: "2025.1"
title_ru: Внутреннее совмещение и совместительство
title_en: Several posts with one employer
severity: HIGH
status: active
law:
  - {act: "ТК РФ", article: "ст. 60.1, 60.2, 151", since: 2006-10-06}
  - {act: "ТК РФ", article: "ст. 282–285", since: 2002-02-01}
  - {act: "ТК РФ", article: "ст. 276", since: 2002-02-01}
anchor: person
reach: jobs
official: worker
kin: any
parameters:
  kinds: [combined, part_time]
  rate_max: 1.5              # together; set by the organization
  day_minutes_max: 240       # art. 284: four hours a day
  hours_max: 20              # and half the norm of the week
  row_severity: INFO         # a row of MON-2
  alert_severity: MEDIUM
  kin_severity: HIGH         # kin of the head
unless: []
identity: [official, counterparty, event]
next_ru: Проверьте приказы, график и ставки с бухгалтерией; при необходимости измените приказ; внесите в MON-2.
next_en: Check orders, timetable and rates with the accounts; change the order where needed; enter it in MON-2.
---*/
UNWIND $anchors AS anchor
MATCH (o:Person {id: anchor})-[t:EMPLOYED_BY]->(f:Organization)
WHERE ($official IS NULL OR o.id = $official) AND t.kind IN $kinds
MATCH (o)-[j:EMPLOYED_BY]->(g:Organization)
WHERE g.id = f.id AND j.id <> t.id AND (j.kind = 'main' OR j.id < t.id)
  AND (f.body_kind IN ['administration', 'department', 'audit_body', 'institution', 'enterprise'] OR (f.body_kind IS NULL AND f.schema = 'PublicBody'))
MATCH (o)-[a:EMPLOYED_BY]->(h:Organization)
WHERE h.id = f.id AND a.start_lo < t.end_hi AND t.start_lo < a.end_hi AND a.start_lo < j.end_hi AND j.start_lo < a.end_hi
WITH o, t, f, j, sum(coalesce(a.rate, 0.0)) AS rates,
     t.kind = 'part_time' AND any(n IN range(0, size(coalesce(t.works_from, [])) - 1)
       WHERE any(m IN range(0, size(coalesce(j.works_from, [])) - 1) WHERE t.works_from[n] < j.works_to[m] AND j.works_from[m] < t.works_to[n])) AS overlaps
CALL {
  WITH o, f, t
  MATCH (o)<-[k:KIN]-(d:Person)-[e:EMPLOYED_BY]->(c:Organization)
  WHERE c.id = f.id AND e.post = 'head' AND '273-fz' IN k.lists AND coalesce(k.ambiguous, false) = false
    AND coalesce(k.grade, '') <> 'weak' AND k.start_hi < t.end_lo AND t.start_hi < k.end_lo AND e.start_hi < t.end_lo AND t.start_hi < e.end_lo
    AND k.start_hi < e.end_lo AND e.start_hi < k.end_lo
  RETURN count(d) AS heads
}
RETURN o.id AS official, o.id AS relative, f.id AS counterparty, t.record AS event,
       [j {.*, type: type(j), from: o.id, to: f.id}] AS role,
       null AS kin,
       [t {.*, type: type(t), from: o.id, to: f.id}] AS tie,
       [] AS party,
       [{holds: CASE WHEN f.body_kind IS NULL THEN null ELSE true END, missing: 'PublicBody.bodyKind'}] AS scope,
       CASE WHEN heads > 0 THEN $kin_severity
            WHEN rates > $rate_max OR overlaps OR (t.kind = 'part_time' AND (coalesce(t.day_minutes, 0) > $day_minutes_max OR coalesce(t.hours, 0.0) > $hours_max))
            THEN $alert_severity ELSE $row_severity END AS severity,
       false AS excluded
