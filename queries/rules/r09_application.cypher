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
reach: tie
official: role
kin: 273-fz
parameters:
  share_min: 0.01            # set by the organization
  share_strict: false        # set by the organization
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
MATCH (e)<-[a:APPLIES]-(f)
CALL {
  WITH f
  MATCH (f)<-[t:STAKE|DIRECTS|SELF|REPRESENTS]-(r:Person)
  RETURN r, t, f.id AS at
  UNION
  WITH e
  MATCH (e)<-[t:REPRESENTS_IN]-(r:Person)
  RETURN r, t, e.id AS at
}
MATCH (r)<-[k:KIN|SELF]-(o:Person)
WHERE o.official = true AND ($official IS NULL OR o.id = $official)
CALL {
  WITH e, o
  MATCH (e)<-[p:PARTICIPATES]-(o)
  RETURN p AS power, e.id AS place
  UNION
  WITH e, o
  MATCH (e)-[:RUN_BY]->(c:Organization)
  MATCH (o)-[m:MEMBER_OF]->(c)
  RETURN m AS power, c.id AS place
}
RETURN o.id AS official, r.id AS relative, f.id AS counterparty, e.id AS event,
       [power {.*, type: type(power), from: o.id, to: place}] AS role,
       k {.*, type: type(k), from: o.id, to: r.id} AS kin,
       [t {.*, type: type(t), from: r.id, to: at}] AS tie,
       [a {.*, type: type(a), from: f.id, to: e.id}] AS party,
       [] AS scope,
       false AS excluded
