"""The rule pages over the fake desk."""

from __future__ import annotations

from starlette.testclient import TestClient

from tests.unit.app.web.site import UNBUILT, make_site


def test_the_rules_are_linked_to_their_findings() -> None:
    """Every number leads to what it counts; a refused file is named with its line and reason, the organization's rule as such."""
    client = TestClient(make_site(assets=UNBUILT), follow_redirects=False)
    text = client.get("/rules").text
    assert 'href="/findings?tab=unit&amp;rule=R-06"' in text
    assert "r91_very_long_name_of_a_rule_file.cypher, строка 27" in text
    assert "MERGE не допускается" in text
    assert "правило организации" in text
    one = client.get("/rules/R-06").text
    assert 'href="/findings?tab=clarify&amp;rule=R-06"' in one
    assert "требует проверки юристом" in one
    assert "не стоят в очереди" in client.get("/rules/R-90").text
    assert client.get("/rules/R-99").status_code == 404
