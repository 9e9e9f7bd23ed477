/*---
id: R-09
version: "2025.1"
title_ru: Исполнитель обращения или услуги связан с заявителем
title_en: A person who handles an application is tied to the applicant
severity: MEDIUM
status: active
law:
  - {act: "273-ФЗ", article: "ст. 10", since: 2008-12-25}
  - {act: "59-ФЗ", article: "ст. 9, 10", since: 2006-11-02}
  - {act: "210-ФЗ", article: "ст. 7", since: 2010-07-30}
anchor: event
official: role
kin: 273-fz
parameters:
  share_min: 0.01
  share_strict: false
  loose_severity: LOW
  severity_by_kind: {lease: HIGH, land: HIGH, subsidy: HIGH, grant: HIGH, permit: MEDIUM, service: MEDIUM, appeal: MEDIUM}
unless: []
identity: [official, counterparty, event]
next_ru: Передайте обращение другому исполнителю; срок ответа не меняется.
next_en: Give the application to another person; the term stays.
---*/
UNWIND $anchors AS anchor
MATCH (e:Event {id: anchor})
WHERE e.schema = 'Application'
// --- scope ends
CALL {
  WITH e
  MATCH (o:Person)-[p:PARTICIPATES]->(e)
  RETURN o, p AS power, e.id AS at
  UNION
  WITH e
  MATCH (o:Person)-[m:MEMBER_OF]->(c:Organization)<-[:RUN_BY]-(e)
  RETURN o, m AS power, c.id AS at
}
WITH e, o, power, at
WHERE $official IS NULL OR o.id = $official
MATCH (o)-[k:KIN|SELF]->(r:Person)
CALL {
  WITH e, r
  MATCH (r)-[t:STAKE|DIRECTS|SELF]->(f)-[a:APPLIES]->(e)
  RETURN f, [t {.*, type: type(t), from: r.id, to: f.id}] AS tie, a
  UNION
  WITH e, r
  MATCH (r)-[t:REPRESENTS_IN]->(e)<-[a:APPLIES]-(f)
  RETURN f, [t {.*, type: type(t), from: r.id, to: e.id}] AS tie, a
  UNION
  WITH e, r
  MATCH (r)-[t:REPRESENTS]->(f)-[a:APPLIES]->(e)
  RETURN f, [t {.*, type: type(t), from: r.id, to: f.id}] AS tie, a
}
RETURN o.id AS official, r.id AS relative, f.id AS counterparty, e.id AS event,
       [power {.*, type: type(power), from: o.id, to: at}] AS role,
       k {.*, type: type(k), from: o.id, to: r.id} AS kin,
       tie,
       [a {.*, type: type(a), from: f.id, to: e.id}] AS party,
       [] AS scope,
       false AS excluded
