/*---
id: R-03
version: "2025.1"
title_ru: Служащий учредителя курирует учреждение родственника
title_en: A servant of the founder supervises an institution that a relative manages
severity: HIGH
status: active
law:
  - {act: "273-ФЗ", article: "ст. 10, 11", since: 2008-12-25}
anchor: person
reach: superior
official: servant
kin: 273-fz
parameters:
  posts: [head, deputy_head, chief_accountant, hr_head]   # of the relative; set by the organization
unless: []
identity: [official, counterparty, event]
next_ru: Запросите объяснение и уведомление о личной заинтересованности; передайте надзор за учреждением другому лицу.
next_en: Ask for an explanation and a notice of personal interest; let another person supervise the institution.
---*/
UNWIND $anchors AS anchor
MATCH (a:Person {id: anchor})<-[u:SUBORDINATE_TO]-(f:Organization)
WHERE $official IS NULL OR a.id = $official
MATCH (a)-[k:KIN]->(b:Person)
MATCH (b)-[jb:EMPLOYED_BY]->(f)
WHERE jb.post IS NULL OR jb.post IN $posts
MATCH (a)-[ja:EMPLOYED_BY]->(o:Organization)
WHERE o.id <> f.id
RETURN a.id AS official, b.id AS relative, f.id AS counterparty, u.record AS event,
       [ja {.*, type: type(ja), from: a.id, to: o.id}] AS role,
       k {.*, type: type(k), from: a.id, to: b.id} AS kin,
       [jb {.*, type: type(jb), from: b.id, to: f.id}, u {.*, type: type(u), from: f.id, to: a.id}] AS tie,
       [] AS party,
       [{holds: CASE
            WHEN ja.service = 'municipal_servant' THEN true
            WHEN ja.service = 'municipal_post' THEN CASE WHEN ja.post IS NULL THEN null ELSE ja.post = 'head' END
            WHEN ja.service IS NULL AND (o.body_kind IN ['administration', 'department', 'audit_body'] OR (o.body_kind IS NULL AND o.schema = 'PublicBody')) THEN null
            ELSE false END, missing: CASE WHEN ja.service IS NULL THEN 'Employment.service' ELSE 'Employment.post' END},
        {holds: CASE WHEN jb.post IS NULL THEN null ELSE true END, missing: 'Employment.post'}] AS scope,
       false AS excluded
