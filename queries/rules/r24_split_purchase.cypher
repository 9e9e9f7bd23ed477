/*---
id: R-24
version: "2025.1"
title_ru: Дробление закупки между связанными поставщиками
title_en: A purchase split among connected suppliers
severity: HIGH
status: active
law:
  - {act: "44-ФЗ", article: "ст. 93 ч. 1 п. 4, 5", since: 2014-01-01}
  - {act: "135-ФЗ", article: "ст. 16, 17", since: 2006-10-26}
anchor: event
reach: small_purchase
official: role
kin: 273-fz
parameters:
  items: ["4", "5"]
  amount_min: 600000         # strictly more, roubles
  window_days: 90            # set by the organization
  count_min: 2               # set by the organization
  digits: 4                  # of ОКПД2; set by the organization
  group_share: 0.10          # a common owner holds more than this; set by the organization
  posts: [head, contract_service_head, contract_manager] # set by the organization
  untied_severity: MEDIUM              # no official is tied to the group
unless: []
identity: [official, counterparty, event]
next_ru: Остановите следующий договор; проведите конкурентную закупку; сообщите КСП или контролю закупок.
next_en: Stop the next contract; hold a competitive procedure; tell the audit body.
---*/
UNWIND $anchors AS anchor
MATCH (e:Event {id: anchor})
WHERE e.schema = 'Contract' AND e.item IN $items AND coalesce(e.law, '44-fz') = '44-fz' AND e.day_number IS NOT NULL AND e.okpd2 IS NOT NULL
// --- scope ends
MATCH (e)<-[s:SUPPLIES]-(f)
WHERE s.role = 'supplier' AND NOT coalesce(s.status, '') IN ['rejected', 'withdrawn']
MATCH (e)-[:FOR_AUTHORITY]->(b:Organization)
// the suppliers of one group on the day of the contract
CALL {
  WITH f
  MATCH (f)-[z:SUPPLIES]->(x:Event)
  RETURN x
  UNION
  WITH e, f
  MATCH (f)<-[t:STAKE|DIRECTS]-(r)-[u:STAKE|DIRECTS]->(g:Organization)
  WHERE t.start_hi <= e.window_lo AND e.window_lo < t.end_lo AND u.start_hi <= e.window_lo AND e.window_lo < u.end_lo
    AND (type(t) = 'DIRECTS' OR t.share_lo > $group_share) AND (type(u) = 'DIRECTS' OR u.share_lo > $group_share)
  MATCH (g)-[z:SUPPLIES]->(x:Event)
  RETURN x
  UNION
  WITH e, f
  MATCH (f)<-[t:STAKE|DIRECTS]-(r:Person)-[k:KIN]->(q:Person)-[u:STAKE|DIRECTS]->(g:Organization)
  WHERE '135-fz' IN k.lists AND coalesce(k.grade, '') <> 'weak' AND k.start_hi <= e.window_lo AND e.window_lo < k.end_lo
    AND t.start_hi <= e.window_lo AND e.window_lo < t.end_lo AND u.start_hi <= e.window_lo AND e.window_lo < u.end_lo
    AND (type(t) = 'DIRECTS' OR t.share_lo > $group_share) AND (type(u) = 'DIRECTS' OR u.share_lo > $group_share)
  MATCH (g)-[z:SUPPLIES]->(x:Event)
  RETURN x
  UNION
  WITH e, f
  MATCH (f)-[t:STAKE]-(g)
  WHERE t.share_lo > $group_share AND t.start_hi <= e.window_lo AND e.window_lo < t.end_lo
  MATCH (g)-[z:SUPPLIES]->(x:Event)
  RETURN x
}
WITH e, s, f, b, x
WHERE x.item IN $items AND x.day_number IS NOT NULL AND coalesce(x.law, '44-fz') = '44-fz'
  AND substring(replace(coalesce(x.okpd2, ''), '.', ''), 0, $digits) = substring(replace(e.okpd2, '.', ''), 0, $digits)
MATCH (x)-[:FOR_AUTHORITY]->(c:Organization)
WHERE c.id = b.id
WITH e, s, f, b, collect(DISTINCT {id: x.id, day: x.day_number, amount: x.amount}) AS all
WITH e, s, f, b, all, [x IN all | {id: x.id, day: x.day, near: [y IN all WHERE y.day >= x.day AND y.day <= x.day + $window_days]}] AS starts
WITH e, s, f, b, [x IN starts | {id: x.id, day: x.day, near: [y IN x.near | y.id], size: size(x.near),
       sum: reduce(total = 0.0, y IN x.near | total + coalesce(y.amount, 0.0)), blank: size([y IN x.near WHERE y.amount IS NULL])}] AS starts
WITH e, s, f, b, [x IN starts WHERE x.size >= $count_min AND (x.sum > $amount_min OR x.blank > 0)] AS splits
WITH e, s, f, b, splits, [x IN splits WHERE x.id = e.id] AS own
WHERE size(own) > 0 AND size([x IN splits WHERE x.day < e.day_number OR (x.day = e.day_number AND x.id < e.id)]) = 0
WITH e, s, f, b, own[0] AS split
// whom to ask: first who is tied to the group, then who signed, then who heads the customer, else the customer itself
UNWIND split.near AS member
MATCH (x:Event {id: member})
CALL {
  WITH x
  MATCH (x)<-[p:PARTICIPATES]-(o:Person)
  WHERE p.start_hi <= x.window_lo AND x.window_lo < p.end_lo
  RETURN o, p {.*, type: type(p), from: o.id, to: x.id, window: [0, 0, 99999999, 99999999]} AS power, CASE WHEN p.role = 'signs' THEN 1 ELSE 2 END AS place
  UNION
  WITH x
  MATCH (x)-[:FOR_AUTHORITY]->(c:Organization)<-[j:EMPLOYED_BY]-(o:Person)
  WHERE j.post IN $posts AND j.start_hi <= x.window_lo AND x.window_lo < j.end_lo
  RETURN o, j {.*, type: type(j), from: o.id, to: c.id, window: [0, 0, 99999999, 99999999]} AS power, 3 AS place
  UNION
  WITH x
  MATCH (x)-[:FOR_AUTHORITY]->(o:Organization)
  RETURN o, null AS power, 9 AS place
}
OPTIONAL MATCH (x)<-[:SUPPLIES]-(g)<-[t:STAKE|DIRECTS|SELF]-(r:Person)<-[k:KIN|SELF]-(o)
WHERE (type(k) = 'SELF' OR ('273-fz' IN k.lists AND k.start_hi <= x.window_lo AND x.window_lo < k.end_lo AND coalesce(k.grade, '') <> 'weak'))
  AND (type(t) = 'SELF' OR (t.start_hi <= x.window_lo AND x.window_lo < t.end_lo)) AND (type(t) <> 'STAKE' OR t.share_lo >= 0.01)
WITH e, s, f, split, o, power, place, g, r,
     CASE WHEN k IS NULL THEN null ELSE k {.*, type: type(k), from: o.id, to: r.id, window: [0, 0, 99999999, 99999999]} END AS kin,
     CASE WHEN t IS NULL THEN null ELSE t {.*, type: type(t), from: r.id, to: g.id, window: [0, 0, 99999999, 99999999]} END AS tie
ORDER BY CASE WHEN kin IS NULL THEN 1 ELSE 0 END, place, o.id, tie.type, tie.id
WITH e, s, f, split, collect({o: o.id, power: power, r: coalesce(r.id, f.id), kin: kin, tie: tie})[0] AS one
WHERE $official IS NULL OR one.o = $official
RETURN one.o AS official, one.r AS relative, f.id AS counterparty, e.id AS event,
       CASE WHEN one.power IS NULL THEN [] ELSE [one.power] END AS role,
       one.kin AS kin,
       CASE WHEN one.tie IS NULL THEN [] ELSE [one.tie] END AS tie,
       [s {.*, type: type(s), from: f.id, to: e.id}] AS party,
       [{test: 'share', reason: 'below_amount', missing: 'Contract.amount', holds: CASE WHEN split.sum > $amount_min THEN true ELSE null END}] AS scope,
       CASE WHEN one.kin IS NULL THEN $untied_severity ELSE 'HIGH' END AS severity,
       [y IN split.near WHERE y <> e.id] AS events,
       false AS excluded
