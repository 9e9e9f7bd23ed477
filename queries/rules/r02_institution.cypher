/*---
id: R-02
version: "2025.1"
title_ru: Подчинённость родственников в учреждении или на предприятии
title_en: A relative below the management of an institution or enterprise
severity: HIGH
status: active
law:
  - {act: "273-ФЗ", article: "ст. 10", since: 2008-12-25}
  - {act: "273-ФЗ", article: "ст. 13.3", since: 2013-01-01}
anchor: subordinate
reach: staff
official: manager
kin: 273-fz
kin_both_ways: true
parameters:
  posts: [head, deputy_head, chief_accountant, hr_head]   # set by the organization
  ties: [reports_to, controls, pays] # set by the organization
unless: []
identity: [official, counterparty, event]
next_ru: Запросите объяснение и уведомление в комиссию учредителя; право подписи о родственнике передайте другому лицу.
next_en: Ask for an explanation and a notice to the founder's commission; let another person sign for the relative.
---*/
UNWIND $anchors AS anchor
MATCH (b:Person {id: anchor})-[jb:EMPLOYED_BY]->(f:Organization)
WHERE f.body_kind IN ['institution', 'enterprise'] OR (f.body_kind IS NULL AND f.schema = 'PublicBody')
MATCH (b)<-[k:KIN]-(a:Person)
WHERE $official IS NULL OR a.id = $official
MATCH (a)-[ja:EMPLOYED_BY]->(f)
WHERE ja.post IS NULL OR ja.post IN $posts
// who heads an institution is above everyone there; the others only where somebody says so
CALL {
  WITH a, b
  MATCH (b)-[u:SUBORDINATE_TO]->(a)
  WHERE u.kind IN $ties
  RETURN u {.*, type: type(u), from: b.id, to: a.id} AS step
  UNION
  WITH a, b, ja, jb, f
  MATCH (f)
  WHERE ja.post = 'head' AND NOT EXISTS { MATCH (b)-[x:SUBORDINATE_TO]->(a) WHERE x.kind IN $ties }
  RETURN jb {.*, type: type(jb), from: b.id, to: f.id} AS step
}
RETURN a.id AS official, b.id AS relative, b.id AS counterparty, step.record AS event,
       [ja {.*, type: type(ja), from: a.id, to: f.id}, jb {.*, type: type(jb), from: b.id, to: f.id}] AS role,
       k {.*, type: type(k), from: a.id, to: b.id} AS kin,
       [step] AS tie,
       [] AS party,
       [{holds: CASE WHEN f.body_kind IS NULL THEN null ELSE true END, missing: 'PublicBody.bodyKind'},
        {holds: CASE WHEN ja.post IS NULL THEN null ELSE true END, missing: 'Employment.post'}] AS scope,
       false AS excluded
