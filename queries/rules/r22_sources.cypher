/*---
id: R-22
version: "2025.1"
title_ru: Источники расходятся
title_en: Sources differ
severity: MEDIUM
status: active
law:
  - {act: "25-ФЗ", article: "ст. 15", since: 2007-06-01}
  - {act: "273-ФЗ", article: "ст. 8", since: 2008-12-25}
anchor: person
reach: declarant
official: declarant
kin: any
parameters:
  registers: [egrul]         # set by the organization
  civil: [civil_registry]    # set by the organization
  cards: [hr]                # set by the organization
  adult_years: 18            # a child younger than this on 31 December is in the declaration
unless: []
identity: [official, counterparty, event]
next_ru: Анализ сведений (Ф-1.2); срок уточнения — месяц после 30 апреля; решите о проверке.
next_en: Analyse the statements (form 1.2); they can be corrected until a month after 30 April; decide on a check.
---*/
UNWIND $anchors AS anchor
MATCH (o:Person {id: anchor})
WHERE $official IS NULL OR o.id = $official
CALL {
  // a share or post of the official or the spouse in the register, not in the declaration of the year
  WITH o
  MATCH (o)-[d:FILED]->(i:Thing)
  MATCH (o)-[k:SELF|KIN]->(r:Person)-[t:OWNS|DIRECTS]->(f:Organization)
  WHERE (type(k) = 'SELF' OR k.path = 'S') AND d.year IS NOT NULL
  MATCH (s:Source {name: t.source})
  WHERE s.kind IN $registers AND t.start_lo <= d.year * 10000 + 1231 AND d.year * 10000 + 1231 < t.end_hi
    AND (type(k) = 'SELF' OR (k.start_hi <= d.year * 10000 + 1231 AND d.year * 10000 + 1231 < k.end_lo AND coalesce(k.grade, '') <> 'weak'))
    AND NOT EXISTS { MATCH (o)-[z:DECLARES]->(g:Organization) WHERE g.id = f.id AND z.year = d.year }
  RETURN r, f AS party, t.record AS event, k {.*, type: type(k), from: o.id, to: r.id} AS kin, t {.*, type: type(t), from: r.id, to: f.id} AS tie,
         CASE WHEN t.start_hi <= d.year * 10000 + 1231 AND d.year * 10000 + 1231 < t.end_lo THEN true ELSE null END AS sure,
         CASE WHEN type(t) = 'OWNS' THEN 'Ownership.startDate' ELSE 'Directorship.startDate' END AS blank
  UNION
  // a spouse of the civil registry who is not in the declaration
  WITH o
  MATCH (o)-[d:FILED]->(i:Thing)
  MATCH (o)-[t:SPOUSE_OF]-(r:Person)
  WHERE d.year IS NOT NULL AND coalesce(d.spouse_told, false) = false
  MATCH (s:Source {name: t.source})
  WHERE s.kind IN $civil AND t.start_lo <= d.year * 10000 + 1231 AND d.year * 10000 + 1231 < t.end_hi
    AND NOT EXISTS { MATCH (o)-[z:DECLARES]->(g:Person) WHERE g.id = r.id AND z.year = d.year }
  RETURN r, r AS party, d.record AS event, null AS kin, t {.*, type: type(t), from: o.id, to: r.id} AS tie,
         CASE WHEN t.start_hi <= d.year * 10000 + 1231 AND d.year * 10000 + 1231 < t.end_lo THEN true ELSE null END AS sure, 'Family.startDate' AS blank
  UNION
  // a minor child of any source who is not in the declaration
  WITH o
  MATCH (o)-[d:FILED]->(i:Thing)
  MATCH (o)-[t:PARENT_OF]->(r:Person)
  WHERE d.year IS NOT NULL AND coalesce(d.child_told, false) = false AND (r.birth_lo = 0 OR r.birth_hi > (d.year - $adult_years) * 10000 + 1231)
    AND r.birth_lo <= d.year * 10000 + 1231 AND d.year * 10000 + 1231 < r.death_lo
    AND NOT EXISTS { MATCH (o)-[z:DECLARES]->(g:Person) WHERE g.id = r.id AND z.year = d.year }
  RETURN r, r AS party, d.record AS event, null AS kin, t {.*, type: type(t), from: o.id, to: r.id} AS tie,
         CASE WHEN r.birth_lo = 0 THEN null WHEN r.birth_lo > (d.year - $adult_years) * 10000 + 1231 AND r.birth_hi <= d.year * 10000 + 1231 THEN true ELSE null END AS sure,
         'Person.birthDate' AS blank
  UNION
  // a spouse in the declaration, while the card names the family and not this spouse
  WITH o
  MATCH (o)-[d:DECLARES]->(r:Person)
  WHERE d.what = 'spouse' AND d.year IS NOT NULL
  MATCH (o)-[t:SPOUSE_OF|PARENT_OF|SIBLING_OF|DECLARED_KIN]-(m:Person)
  MATCH (s:Source {name: t.source})
  WHERE s.kind IN $cards
  OPTIONAL MATCH (o)-[c:SPOUSE_OF]-(n:Person)
  WHERE n.id = r.id
  OPTIONAL MATCH (w:Source {name: c.source})
  WHERE w.kind IN $cards
  WITH o, d, r, count(w) AS told
  WHERE told = 0
  RETURN r, r AS party, d.record AS event, null AS kin, d {.*, type: type(d), from: o.id, to: r.id} AS tie, true AS sure, 'Family.relationship' AS blank
}
OPTIONAL MATCH (o)-[j:EMPLOYED_BY]->(b:Organization)
WITH o, r, party, event, kin, tie, sure, blank, collect(j {.*, type: type(j), from: o.id, to: b.id, window: [0, 0, 99999999, 99999999]}) AS jobs
RETURN o.id AS official, r.id AS relative, party.id AS counterparty, event AS event,
       CASE WHEN size(jobs) = 0 THEN [] ELSE [jobs[0]] END AS role,
       CASE WHEN kin IS NULL THEN null ELSE kin {.*, window: [0, 0, 99999999, 99999999]} END AS kin,
       [tie {.*, window: [0, 0, 99999999, 99999999]}] AS tie,
       [] AS party,
       [{test: 'tie', reason: 'role_ended', missing: blank, holds: sure}] AS scope,
       false AS excluded
