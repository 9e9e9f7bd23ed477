/*---
id: R-20
version: "2025.1"
title_ru: Оплата труда родственника руководителя
title_en: The pay of the head's relative
severity: HIGH
status: active
law:
  - {act: "ТК РФ", article: "ст. 22, 135", since: 2002-02-01}
  - {act: "273-ФЗ", article: "ст. 10", since: 2008-12-25}
anchor: subordinate
reach: staff
official: manager
kin: 273-fz
parameters:
  ratio: 1.3                 # of the median of the same group; strictly more; set by the organization
  bonus_points: 0.20         # above the median bonus share; strictly more; set by the organization
  comparators_min: 3         # fewer: there is nothing comparable; set by the organization
unless: []
identity: [official, counterparty, event]
next_ru: Направьте Ф-3.4 в КСП; проверка оплаты и приказов, при нарушении — возврат.
next_en: Send form Ф-3.4 to the audit body; it checks pay and orders, with recovery where needed.
---*/
UNWIND $anchors AS anchor
MATCH (b:Person {id: anchor})-[jb:EMPLOYED_BY]->(f:Organization)
WHERE f.body_kind IN ['institution', 'enterprise', 'administration', 'department', 'audit_body'] OR (f.body_kind IS NULL AND f.schema = 'PublicBody')
MATCH (b)<-[k:KIN]-(a:Person)
WHERE $official IS NULL OR a.id = $official
MATCH (a)-[ja:EMPLOYED_BY]->(g:Organization)
WHERE g.id = f.id AND ja.post = 'head'
// the same group of posts at the same time, without the relative
OPTIONAL MATCH (f)<-[c:EMPLOYED_BY]-(d:Person)
WHERE jb.pay_group IS NOT NULL AND c.pay_group = jb.pay_group AND c.pay IS NOT NULL AND c.pay > 0 AND d.id <> b.id AND d.id <> a.id
  AND coalesce(c.pay_period, '') = coalesce(jb.pay_period, '') AND c.start_lo < jb.end_hi AND jb.start_lo < c.end_hi
WITH a, b, f, jb, k, ja, c
ORDER BY c.pay
WITH a, b, f, jb, k, ja, collect(c.pay) AS pays
OPTIONAL MATCH (f)<-[c:EMPLOYED_BY]-(d:Person)
WHERE jb.pay_group IS NOT NULL AND c.pay_group = jb.pay_group AND c.pay IS NOT NULL AND c.pay > 0 AND c.bonus IS NOT NULL AND d.id <> b.id AND d.id <> a.id
  AND coalesce(c.pay_period, '') = coalesce(jb.pay_period, '') AND c.start_lo < jb.end_hi AND jb.start_lo < c.end_hi
WITH a, b, f, jb, k, ja, pays, c.bonus / c.pay AS part
ORDER BY part
WITH a, b, f, jb, k, ja, pays, collect(part) AS parts
WITH a, b, f, jb, k, ja, size(pays) AS n, size(parts) AS m,
     CASE WHEN size(pays) = 0 THEN null ELSE (pays[(size(pays) - 1) / 2] + pays[size(pays) / 2]) / 2.0 END AS middle,
     CASE WHEN size(parts) = 0 THEN null ELSE (parts[(size(parts) - 1) / 2] + parts[size(parts) / 2]) / 2.0 END AS middle_part
WITH a, b, f, jb, k, ja,
     any(one IN coalesce(jb.pay_signed_by, []) WHERE one IN a.keys)
     OR (jb.base_pay IS NOT NULL AND jb.staff_pay IS NOT NULL AND jb.base_pay <> jb.staff_pay)
     OR (n >= $comparators_min AND coalesce(jb.pay > $ratio * middle, false))
     OR (m >= $comparators_min AND coalesce(jb.pay, 0.0) > 0 AND coalesce(jb.bonus / jb.pay > middle_part + $bonus_points, false)) AS odd
RETURN a.id AS official, b.id AS relative, b.id AS counterparty, jb.record AS event,
       [ja {.*, type: type(ja), from: a.id, to: f.id}, jb {.*, type: type(jb), from: b.id, to: f.id}] AS role,
       k {.*, type: type(k), from: a.id, to: b.id} AS kin,
       [jb {.*, type: type(jb), from: b.id, to: f.id}] AS tie,
       [] AS party,
       [{test: 'share', reason: 'below_amount', missing: 'Employment.monthlyPay', holds: CASE WHEN odd THEN true WHEN jb.pay IS NULL THEN null ELSE false END}] AS scope,
       false AS excluded
