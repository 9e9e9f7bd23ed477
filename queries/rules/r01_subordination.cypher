/*---
id: R-01
version: "2025.1"
title_ru: Прямая подчинённость родственников на муниципальной службе
title_en: Direct subordination of relatives in the municipal service
severity: BLOCK
status: active
law:
  - {act: "25-ФЗ", article: "ст. 13 ч. 1 п. 5", since: 2007-06-01}
anchor: subordinate
official: servant
kin: 273-fz
kin_both_ways: true
parameters:
  indirect_severity: MEDIUM  # two or more steps of reports_to
  depth_max: 5               # set by the organization
unless: []
identity: [official, counterparty, event]
next_ru: Предложите перевод или смену подчинённости; вынесите вопрос на ближайшее заседание комиссии.
next_en: Propose a transfer or another superior; bring it to the next meeting of the commission.
---*/
UNWIND $anchors AS anchor
MATCH (b:Person {id: anchor})
WHERE EXISTS { MATCH (b)-[:SUBORDINATE_TO]->() }
MATCH (b)<-[k:KIN]-(a:Person)
WHERE $official IS NULL OR a.id = $official
CALL {
  WITH a, b
  MATCH (b)-[u:SUBORDINATE_TO]->(a)
  WHERE u.kind IN ['reports_to', 'controls']
  RETURN [u {.*, type: type(u), from: b.id, to: a.id}] AS steps
  UNION
  WITH a, b
  MATCH p = (b)-[:SUBORDINATE_TO*2..5]->(a)
  WHERE ALL(x IN relationships(p) WHERE x.kind = 'reports_to')
  RETURN [x IN relationships(p) | x {.*, type: type(x), from: startNode(x).id, to: endNode(x).id}] AS steps
}
MATCH (a)-[ja:EMPLOYED_BY]->(oa:Organization)
MATCH (b)-[jb:EMPLOYED_BY]->(ob:Organization)
RETURN a.id AS official, b.id AS relative, b.id AS counterparty, steps[0].record AS event,
       [ja {.*, type: type(ja), from: a.id, to: oa.id}, jb {.*, type: type(jb), from: b.id, to: ob.id}] AS role,
       k {.*, type: type(k), from: a.id, to: b.id} AS kin,
       steps AS tie,
       [] AS party,
       [{holds: CASE
            WHEN ja.service = 'municipal_servant' THEN true
            WHEN ja.service = 'municipal_post' THEN CASE WHEN ja.post IS NULL THEN null ELSE ja.post = 'head' END
            WHEN ja.service IS NULL AND (oa.body_kind IN ['administration', 'department', 'audit_body'] OR (oa.body_kind IS NULL AND oa.schema = 'PublicBody')) THEN null
            ELSE false END, missing: CASE WHEN ja.service IS NULL THEN 'Employment.service' ELSE 'Employment.post' END},
        {holds: CASE
            WHEN jb.service = 'municipal_servant' THEN true
            WHEN jb.service IS NULL AND (ob.body_kind IN ['administration', 'department', 'audit_body'] OR (ob.body_kind IS NULL AND ob.schema = 'PublicBody')) THEN null
            ELSE false END, missing: 'Employment.service'}] AS scope,
       false AS excluded
