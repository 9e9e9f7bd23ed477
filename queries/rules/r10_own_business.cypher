/*---
id: R-10
version: "2025.1"
title_ru: Собственное дело муниципального служащего
title_en: A municipal servant's own business
severity: BLOCK
status: active
law:
  - {act: "25-ФЗ", article: "ст. 14 ч. 1 п. 3", since: 2007-06-01}
  - {act: "273-ФЗ", article: "ст. 12.3", since: 2008-12-25}
anchor: person
official: servant
kin: self
parameters:
  share_severity: MEDIUM     # only holds a share
  exceptions: [on_behalf_of_municipality, employer_permission, trust_management]
unless: []
identity: [official, counterparty, event]
next_ru: Запросите объяснение; деятельность прекращается, доля передаётся в доверительное управление.
next_en: Ask for an explanation; the activity ends, the share goes into trust management.
---*/
UNWIND $anchors AS anchor
MATCH (o:Person {id: anchor})-[j:EMPLOYED_BY]->(b:Organization)
WHERE ($official IS NULL OR o.id = $official) AND (j.service = 'municipal_servant' OR j.service IS NULL)
MATCH (o)-[k:SELF]->(x:Person)-[t:OWNS|DIRECTS]->(f:Organization)
WHERE f.id <> b.id AND NOT coalesce(f.body_kind, '') IN ['administration', 'department', 'audit_body', 'commission']
RETURN o.id AS official, x.id AS relative, f.id AS counterparty, t.record AS event,
       [j {.*, type: type(j), from: o.id, to: b.id}] AS role,
       k {.*, type: type(k), from: o.id, to: x.id} AS kin,
       [t {.*, type: type(t), from: x.id, to: f.id, sole_trader: coalesce(f.sole_trader, false)}] AS tie,
       [] AS party,
       [{holds: CASE
            WHEN j.service = 'municipal_servant' THEN true
            WHEN b.body_kind IN ['administration', 'department', 'audit_body'] OR (b.body_kind IS NULL AND b.schema = 'PublicBody') THEN null
            ELSE false END, missing: 'Employment.service'},
        {holds: CASE WHEN f.schema = 'PublicBody' AND f.body_kind IS NULL THEN null ELSE true END, missing: 'PublicBody.bodyKind'}] AS scope,
       coalesce(t.basis, '') IN $exceptions AS excluded
