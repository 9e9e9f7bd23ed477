/*---
id: R-26
version: "2025.1"
title_ru: Руководитель учреждения работает по совместительству без разрешения учредителя
title_en: The head of an institution works elsewhere without the founder's consent
severity: HIGH
status: active
law:
  - {act: "ТК РФ", article: "ст. 276", since: 2002-02-01}
anchor: person
reach: jobs
official: manager
kin: self
parameters:
  kinds: [part_time]
unless: []
identity: [official, counterparty, event]
next_ru: Запросите объяснение; оформите разрешение учредителя или прекратите совместительство; вопрос — на комиссию.
next_en: Ask for an explanation; get the founder's consent or end the work; bring it to the commission.
---*/
UNWIND $anchors AS anchor
MATCH (o:Person {id: anchor})-[j:EMPLOYED_BY]->(b:Organization)
WHERE ($official IS NULL OR o.id = $official) AND j.post = 'head' AND j.kind = 'main'
  AND (b.body_kind IN ['institution', 'enterprise'] OR (b.body_kind IS NULL AND b.schema = 'PublicBody'))
MATCH (o)-[t:EMPLOYED_BY]->(f:Organization)
WHERE f.id <> b.id AND t.kind IN $kinds
MATCH (o)-[k:SELF]->(x:Person)
WHERE x.id = o.id
RETURN o.id AS official, o.id AS relative, f.id AS counterparty, t.record AS event,
       [j {.*, type: type(j), from: o.id, to: b.id}] AS role,
       k {.*, type: type(k), from: o.id, to: o.id} AS kin,
       [t {.*, type: type(t), from: o.id, to: f.id}] AS tie,
       [] AS party,
       [{holds: CASE WHEN b.body_kind IS NULL THEN null ELSE true END, missing: 'PublicBody.bodyKind'},
        {test: 'exclusion', reason: 'consent_given', missing: 'Employment.founderConsentDate', holds: CASE
            WHEN t.consent_hi IS NULL THEN true
            WHEN t.consent_hi <= CASE WHEN j.start_lo > t.start_lo THEN j.start_lo ELSE t.start_lo END THEN false
            WHEN t.consent_lo > CASE WHEN j.start_hi > t.start_hi THEN j.start_hi ELSE t.start_hi END THEN true
            ELSE null END}] AS scope,
       false AS excluded
