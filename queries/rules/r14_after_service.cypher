/*---
id: R-14
version: "2025.1"
title_ru: Работа после увольнения со службы
title_en: Work after leaving the service
severity: BLOCK
status: active
law:
  - {act: "273-ФЗ", article: "ст. 12", since: 2008-12-25}
  - {act: "ТК РФ", article: "ст. 64.1", since: 2009-01-10}
  - {act: "КоАП РФ", article: "ст. 19.29", since: 2009-01-10}
anchor: person
reach: former
official: servant
kin: self
parameters:
  years: 20000               # two calendar years, as YYYYMMDD numbers count
  amount_min: 100000         # strictly more, roubles in a month, civil contracts
  look_back: 20000           # two years before leaving: functions over the organization; set by the organization
unless: []
identity: [official, counterparty, event]
next_ru: Запросите работодателя; вопрос о согласии — на комиссию (EMPL); при нарушении — прокурору (КоАП 19.29).
next_en: Ask the employer; the consent goes to the commission (EMPL); a breach to the prosecutor.
---*/
UNWIND $anchors AS anchor
MATCH (o:Person {id: anchor})-[j:EMPLOYED_BY]->(b:Organization)
WHERE ($official IS NULL OR o.id = $official) AND j.end_hi < 99999999
  AND (j.service = 'municipal_servant' OR j.service IS NULL) AND coalesce(j.listed, true) = true
// the new job, or a civil contract that he himself performs
CALL {
  WITH o
  MATCH (o)-[t:EMPLOYED_BY]->(f:Organization)
  RETURN f, t.record AS event, t {.*, type: type(t), from: o.id, to: f.id} AS tie, t.start_lo AS from_lo, t.start_hi AS from_hi,
         CASE WHEN t.kind = 'civil_contract' THEN t.pay > $amount_min ELSE true END AS enough, 'Employment.monthlyPay' AS blank
  UNION
  WITH o
  MATCH (o)-[s:SUPPLIES]->(e:Event)-[:FOR_AUTHORITY]->(f:Organization)
  WHERE s.role = 'supplier' AND e.schema = 'Contract' AND NOT coalesce(s.status, '') IN ['rejected', 'withdrawn']
  OPTIONAL MATCH (o)-[z:SUPPLIES]->(x:Event)-[:FOR_AUTHORITY]->(g:Organization)
  WHERE g.id = f.id AND z.role = 'supplier' AND x.schema = 'Contract' AND x.window_lo / 100 = e.window_lo / 100
  WITH o, s, e, f, sum(coalesce(x.amount, 0.0)) AS total, sum(CASE WHEN x.amount IS NULL THEN 1 ELSE 0 END) AS blanks
  RETURN f, e.id AS event, s {.*, type: type(s), from: o.id, to: e.id,
           window: [CASE WHEN e.window_lo = 0 THEN 0 ELSE e.window_lo END, CASE WHEN e.window_hi = 0 THEN 99999999 ELSE e.window_hi END, 99999999, 99999999]} AS tie,
         e.window_lo AS from_lo, CASE WHEN e.window_hi = 0 THEN 99999999 ELSE e.window_hi END AS from_hi,
         CASE WHEN total > $amount_min THEN true WHEN blanks > 0 THEN null ELSE false END AS enough, 'Contract.amount' AS blank
}
WITH o, j, b, f, event, tie, from_lo, from_hi, enough, blank
WHERE f.id <> b.id AND tie.id <> j.id AND from_hi >= j.end_lo AND from_lo < j.end_hi + $years
// what he had to do with it in office
CALL {
  WITH o, f
  MATCH (o)<-[u:SUBORDINATE_TO]-(g:Organization)
  WHERE g.id = f.id
  RETURN u {.*, type: type(u), from: f.id, to: o.id, window: [0, 0, 99999999, 99999999]} AS office, u.start_lo AS first_lo, u.end_hi AS last_hi
  UNION
  WITH o, f
  MATCH (o)-[p:PARTICIPATES]->(e:Event)<-[:SUPPLIES|APPLIES]-(g:Organization)
  WHERE g.id = f.id
  RETURN p {.*, type: type(p), from: o.id, to: e.id, window: [0, 0, 99999999, 99999999]} AS office, e.window_lo AS first_lo,
         CASE WHEN e.window_hi = 0 THEN 99999999 ELSE e.window_hi + 1 END AS last_hi
}
WITH o, j, b, f, event, tie, from_lo, from_hi, enough, blank, office, first_lo, last_hi
WHERE first_lo < j.end_hi AND last_hi > j.end_lo - $look_back
MATCH (o)-[k:SELF]->(x:Person)
WHERE x.id = o.id
OPTIONAL MATCH (o)-[d:HAS_DECISION]->(g:Organization)
WHERE g.id = f.id AND d.decision = 'POST_CONSENT'
WITH o, j, b, f, event, tie, from_lo, from_hi, enough, blank, office, k,
     collect(CASE WHEN d IS NULL THEN null WHEN d.date_hi <= from_lo THEN 2 WHEN d.date_lo > from_hi THEN 0 ELSE 1 END) AS consents
RETURN o.id AS official, o.id AS relative, f.id AS counterparty, event AS event,
       [j {.*, type: type(j), from: o.id, to: b.id, window: [j.end_lo, j.end_hi, j.end_lo + $years, j.end_hi + $years]}, office] AS role,
       k {.*, type: type(k), from: o.id, to: o.id} AS kin,
       [tie] AS tie,
       [] AS party,
       [{holds: CASE WHEN j.service IS NULL THEN null ELSE true END, missing: 'Employment.service'},
        {holds: j.listed, missing: 'Employment.listedPost'},
        {test: 'tie', reason: 'outside_window', missing: CASE WHEN tie.type = 'SUPPLIES' THEN 'Contract.contractDate' ELSE 'Employment.startDate' END, holds: CASE
            WHEN from_lo >= j.end_hi AND from_hi < j.end_lo + $years THEN true
            WHEN from_hi < j.end_lo OR from_lo >= j.end_hi + $years THEN false ELSE null END},
        {test: 'share', reason: 'below_amount', missing: blank, holds: enough},
        {test: 'exclusion', reason: 'consent_given', missing: 'CommissionDecision.date',
         holds: CASE WHEN 2 IN consents THEN false WHEN 1 IN consents THEN null ELSE true END}] AS scope,
       false AS excluded
