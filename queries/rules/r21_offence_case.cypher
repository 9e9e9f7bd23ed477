/*---
id: R-21
version: "2025.1"
title_ru: Должностное лицо по делу об административном правонарушении связано со стороной дела
title_en: A person with a role in an offence case is tied to a party of it
severity: BLOCK
status: active
law:
  - {act: "КоАП РФ", article: "ст. 29.2, 29.3", since: 2002-07-01}
  - {act: "КоАП РФ", article: "ст. 25.12, 25.13", since: 2002-07-01}
  - {act: "273-ФЗ", article: "ст. 10", since: 2008-12-25}
anchor: event
reach: tie
official: role
kin: any
parameters:
  r21_kin: [P, C, S, B, PP, CC, SP, SB]   # at the hearing («родственник» is not defined there); требует проверки юристом
  hearing: [votes, decides, expert, commission_member]
  opening: [inspects, prepares, signs]    # the list of 273-ФЗ
  opening_severity: HIGH
  share_min: 0.01                         # of a firm that is a party; set by the organization
  share_strict: false        # set by the organization
unless: []
identity: [official, counterparty, event]
next_ru: Отвод или самоотвод до рассмотрения (ст. 29.3 КоАП); передайте дело другому лицу и проверьте уже сделанное. Сроки дела не меняются.
next_en: Recusal before the hearing (art. 29.3); give the case to another person and review what was done. The terms of the case stay.
---*/
UNWIND $anchors AS anchor
MATCH (e:Event {id: anchor})
WHERE e.schema = 'OffenceCase'
// --- scope ends
CALL {
  WITH e
  MATCH (e)<-[a:APPLIES]-(f)
  MATCH (f)<-[t:STAKE|DIRECTS|SELF]-(r:Person)
  RETURN f, r, a {.*, type: type(a), from: f.id, to: e.id} AS party, t {.*, type: type(t), from: r.id, to: f.id} AS tie
  UNION
  WITH e
  MATCH (e)<-[a:REPRESENTS_IN]-(f:Organization)
  MATCH (f)<-[t:STAKE|DIRECTS]-(r:Person)
  RETURN f, r, a {.*, type: type(a), from: f.id, to: e.id} AS party, t {.*, type: type(t), from: r.id, to: f.id} AS tie
  UNION
  WITH e
  MATCH (e)<-[t:REPRESENTS_IN]-(r:Person)
  RETURN r AS f, r, null AS party, t {.*, type: type(t), from: r.id, to: e.id} AS tie
}
MATCH (r)<-[k:KIN|SELF]-(o:Person)
WHERE o.official = true AND ($official IS NULL OR o.id = $official)
CALL {
  WITH e, o
  MATCH (e)<-[p:PARTICIPATES]-(o)
  WHERE p.role IN $hearing OR p.role IN $opening
  RETURN p {.*, type: type(p), from: o.id, to: e.id} AS power, p.role IN $hearing AS hears
  UNION
  WITH e, o
  MATCH (e)-[:FOR_AUTHORITY|RUN_BY]->(c:Organization)
  WHERE c.body_kind = 'commission' AND NOT EXISTS { MATCH (e)<-[x:PARTICIPATES]-(:Person) WHERE x.role IN $hearing }
  MATCH (o)-[m:MEMBER_OF]->(c)
  RETURN m {.*, type: type(m), from: o.id, to: c.id} AS power, true AS hears
}
RETURN o.id AS official, r.id AS relative, f.id AS counterparty, e.id AS event,
       [power] AS role,
       k {.*, type: type(k), from: o.id, to: r.id} AS kin,
       [tie] AS tie,
       CASE WHEN party IS NULL THEN [] ELSE [party] END AS party,
       [{test: 'kin', reason: 'not_listed_kin', missing: 'Family.relationship',
         holds: CASE WHEN type(k) = 'SELF' THEN true WHEN hears THEN k.path IN $r21_kin ELSE '273-fz' IN k.lists END}] AS scope,
       CASE WHEN hears THEN 'BLOCK' ELSE $opening_severity END AS severity,
       false AS excluded
