/*---
id: R-27
version: "2025.1"
title_ru: Подарок или оплата от контрагента
title_en: A gift or payment from a counterparty
severity: MEDIUM
status: active
law:
  - {act: "ГК РФ", article: "ст. 575", since: 1996-03-01}
  - {act: "25-ФЗ", article: "ст. 14", since: 2007-06-01}
anchor: event
reach: tie
official: role
kin: self
parameters:
  amount_min: 3000           # strictly more, roubles
  months: 10000              # twelve months before or after the event, as YYYYMMDD numbers count; set by the organization
  kinds: [gift, fee, loan]   # and payments of no named kind
unless: []
identity: [official, counterparty, event]
next_ru: Задайте вопрос должностному лицу; подарок дороже трёх тысяч рублей сдаётся по акту; запишите «учтено» или поднимите вопрос.
next_en: Ask the official; a gift above three thousand roubles is handed over; write it down as considered or raise it.
---*/
UNWIND $anchors AS anchor
MATCH (e:Event {id: anchor})
WHERE e.schema IN ['Contract', 'Application', 'OffenceCase'] OR (e.schema = 'CallForTenders' AND NOT EXISTS { MATCH (e)<-[:UNDER_TENDER]-(:Event) })
// --- scope ends
MATCH (e)<-[s:SUPPLIES|APPLIES]-(f)
WHERE type(s) = 'APPLIES' OR (s.role IN ['supplier', 'bidder'] AND NOT coalesce(s.status, '') IN ['rejected', 'withdrawn'])
MATCH (f)-[t:PAID]->(o:Person)
WHERE o.official = true AND ($official IS NULL OR o.id = $official) AND (t.kind IS NULL OR t.kind IN $kinds)
MATCH (o)-[k:SELF]->(x:Person)
WHERE x.id = o.id
CALL {
  WITH e, o
  MATCH (e)<-[p:PARTICIPATES]-(o)
  RETURN p {.*, type: type(p), from: o.id, to: e.id} AS power
  UNION
  WITH e, o
  MATCH (e)-[:UNDER_TENDER]->(d:Event)<-[p:PARTICIPATES]-(o)
  RETURN p {.*, type: type(p), from: o.id, to: d.id} AS power
  UNION
  WITH e, o
  MATCH (e)-[:RUN_BY]->(c:Organization)
  MATCH (o)-[m:MEMBER_OF]->(c)
  RETURN m {.*, type: type(m), from: o.id, to: c.id} AS power
}
RETURN o.id AS official, o.id AS relative, f.id AS counterparty, e.id AS event,
       [power] AS role,
       k {.*, type: type(k), from: o.id, to: o.id} AS kin,
       [t {.*, type: type(t), from: f.id, to: o.id, reason: 'outside_window', missing: ['Payment.date'],
           window: [CASE WHEN t.start_lo = 0 THEN 0 ELSE t.start_lo - $months END, CASE WHEN t.start_hi = 99999999 THEN 99999999 ELSE t.start_hi - $months END,
                    CASE WHEN t.start_lo = 0 THEN 1 ELSE t.start_lo + $months + 1 END, CASE WHEN t.start_hi = 99999999 THEN 99999999 ELSE t.start_hi + $months + 1 END]}] AS tie,
       [s {.*, type: type(s), from: f.id, to: e.id}] AS party,
       [{test: 'share', reason: 'below_amount', missing: 'Payment.amount', holds: t.amount > $amount_min}] AS scope,
       coalesce(e.regulated_tariff, false) OR (coalesce(f.natural_monopoly, false) AND coalesce(e.item, '') IN ['1', '8', '29']) AS excluded
