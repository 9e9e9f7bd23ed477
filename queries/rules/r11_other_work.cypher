/*---
id: R-11
version: "2025.1"
title_ru: Иная оплачиваемая работа служащего без уведомления
title_en: A servant's other paid work without notice
severity: HIGH
status: active
law:
  - {act: "25-ФЗ", article: "ст. 11 ч. 2", since: 2007-06-01}
anchor: person
reach: jobs
official: servant
kin: self
parameters:
  kinds: [part_time, civil_contract]
unless: []
identity: [official, counterparty, event]
next_ru: Запросите объяснение; работа прекращается или о ней подаётся уведомление; вопрос — на комиссию.
next_en: Ask for an explanation; the work ends or a notice is given; bring it to the commission.
---*/
UNWIND $anchors AS anchor
MATCH (o:Person {id: anchor})-[j:EMPLOYED_BY]->(b:Organization)
WHERE ($official IS NULL OR o.id = $official) AND (j.service = 'municipal_servant' OR j.service IS NULL)
MATCH (o)-[t:EMPLOYED_BY]->(f:Organization)
WHERE t.id <> j.id AND f.id <> b.id AND t.kind IN $kinds AND coalesce(t.service, 'employee') <> 'municipal_servant'
MATCH (o)-[k:SELF]->(x:Person)
WHERE x.id = o.id
WITH o, j, b, t, f, k,
     CASE WHEN j.start_lo > t.start_lo THEN j.start_lo ELSE t.start_lo END AS since_lo,
     CASE WHEN j.start_hi > t.start_hi THEN j.start_hi ELSE t.start_hi END AS since_hi
OPTIONAL MATCH (o)-[:GAVE]->(n:Notification)<-[:RESOLVED_TO]-(:Record)-[z:REFERS_TO]->(w:Record)
WHERE n.kind = 'other_paid_work' AND z.prop = 'about' AND (w.key = t.record OR w.key IN f.keys)
WITH o, j, b, t, f, k, since_lo, since_hi,
     collect(CASE WHEN n IS NULL THEN null WHEN n.date_hi <= since_lo THEN 2 WHEN n.date_lo > since_hi THEN 0 ELSE 1 END) AS notices
RETURN o.id AS official, o.id AS relative, f.id AS counterparty, t.record AS event,
       [j {.*, type: type(j), from: o.id, to: b.id}] AS role,
       k {.*, type: type(k), from: o.id, to: o.id} AS kin,
       [t {.*, type: type(t), from: o.id, to: f.id}] AS tie,
       [] AS party,
       [{holds: CASE
            WHEN j.service = 'municipal_servant' THEN true
            WHEN b.body_kind IN ['administration', 'department', 'audit_body'] OR (b.body_kind IS NULL AND b.schema = 'PublicBody') THEN null
            ELSE false END, missing: 'Employment.service'},
        {test: 'exclusion', reason: 'notified', missing: 'Notification.date',
         holds: CASE WHEN 2 IN notices THEN false WHEN 1 IN notices THEN null ELSE true END}] AS scope,
       false AS excluded
