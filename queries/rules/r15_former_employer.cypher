/*---
id: R-15
version: "2025.1"
title_ru: Бывший работодатель
title_en: A former employer
severity: MEDIUM
status: active
law:
  - {act: "273-ФЗ", article: "ст. 10", since: 2008-12-25}
anchor: event
reach: tie
official: role
kin: self
parameters:
  roles: [decides, signs, votes] # set by the organization
  years: 20000               # 24 months from the end there to the event, as YYYYMMDD numbers count; set by the organization
unless: []
identity: [official, counterparty, event]
next_ru: Задайте вопрос должностному лицу; запишите «учтено» или передайте решение другому.
next_en: Ask the official; write it down as considered or let another person decide.
---*/
UNWIND $anchors AS anchor
MATCH (e:Event {id: anchor})
WHERE e.schema IN ['Contract', 'CallForTenders', 'Application', 'OffenceCase']
// --- scope ends
MATCH (e)<-[s:SUPPLIES|APPLIES]-(f:Organization)
WHERE type(s) = 'APPLIES' OR (s.role IN ['supplier', 'bidder'] AND NOT coalesce(s.status, '') IN ['rejected', 'withdrawn'])
MATCH (e)<-[p:PARTICIPATES]-(o:Person)
WHERE p.role IN $roles AND ($official IS NULL OR o.id = $official)
MATCH (o)-[t:EMPLOYED_BY]->(g:Organization)
WHERE g.id = f.id AND t.end_lo < 99999999
MATCH (o)-[k:SELF]->(x:Person)
WHERE x.id = o.id
RETURN o.id AS official, o.id AS relative, f.id AS counterparty, e.id AS event,
       [p {.*, type: type(p), from: o.id, to: e.id}] AS role,
       k {.*, type: type(k), from: o.id, to: o.id} AS kin,
       [t {.*, type: type(t), from: o.id, to: f.id, reason: 'outside_window', missing: ['Employment.endDate'],
           window: [t.end_lo, t.end_hi, t.end_lo + $years, CASE WHEN t.end_hi = 99999999 THEN 99999999 ELSE t.end_hi + $years END]}] AS tie,
       [s {.*, type: type(s), from: f.id, to: e.id}] AS party,
       [] AS scope,
       false AS excluded
