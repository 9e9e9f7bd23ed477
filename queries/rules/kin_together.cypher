/*---
id: KIN
version: "2025.1"
title_ru: Родственники работают в органах и учреждениях (строка Ф-1.1 и MON-1)
title_en: Relatives at work in the city's bodies (a row of forms Ф-1.1 and MON-1)
severity: INFO
status: active
law:
  - {act: "25-ФЗ", article: "ст. 13 ч. 1 п. 5", since: 2007-06-01}
anchor: subordinate
reach: staff
official: servant
kin: 273-fz
kin_both_ways: true
parameters:
  bodies: [administration, department, audit_body, institution, enterprise] # set by the organization
  ties: [reports_to, controls, pays] # set by the organization
unless: []
identity: [official, counterparty, event]
next_ru: Внесите строку в Ф-1.1; если появится подчинённость, это сигнал по R-01 или R-02.
next_en: Enter the row in form Ф-1.1; where one comes to stand above the other, it is a signal of R-01 or R-02.
---*/
UNWIND $anchors AS anchor
MATCH (b:Person {id: anchor})-[jb:EMPLOYED_BY]->(g:Organization)
WHERE g.body_kind IN $bodies
MATCH (b)<-[k:KIN]-(a:Person)
WHERE $official IS NULL OR a.id = $official
MATCH (a)-[ja:EMPLOYED_BY]->(f:Organization)
WHERE f.body_kind IN $bodies AND ja.service = 'municipal_servant'
  // each pair once: of two servants the first by id is the official
  AND (a.id < b.id OR NOT EXISTS { MATCH (b)-[x:EMPLOYED_BY]->(:Organization) WHERE x.service = 'municipal_servant' })
  AND NOT EXISTS { MATCH (b)-[x:SUBORDINATE_TO]->(a) WHERE x.kind IN $ties }
  AND NOT EXISTS { MATCH (a)-[x:SUBORDINATE_TO]->(b) WHERE x.kind IN $ties }
RETURN a.id AS official, b.id AS relative, b.id AS counterparty, jb.record AS event,
       [ja {.*, type: type(ja), from: a.id, to: f.id}] AS role,
       k {.*, type: type(k), from: a.id, to: b.id} AS kin,
       [jb {.*, type: type(jb), from: b.id, to: g.id}] AS tie,
       [] AS party,
       [] AS scope,
       false AS excluded
