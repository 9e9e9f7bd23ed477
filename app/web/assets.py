"""Built scripts, styles and icons by their hashed names."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from fastapi.staticfiles import StaticFiles
from starlette.responses import Response
from starlette.types import Scope

from domain.errors import DefinitionError

STATIC = Path(__file__).with_name("static")
_MANIFEST = STATIC / "build" / "manifest.json"


class Assets:
    """Name → address under /static/build; a changed file has another name, so browsers may keep them for ever."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names

    def url(self, name: str) -> str:
        """The address of `main.css`, `app.js`, `explorer.js` or `icons.svg`."""
        return f"/static/build/{self._names[name]}"


class Static(StaticFiles):
    """Static files; what is built has its hash in its name and is kept for ever."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file, with leave to keep it."""
        response = await super().get_response(path, scope)
        if path.startswith("build/") and response.status_code in (200, 304):
            response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response


def load_assets(manifest: Path = _MANIFEST) -> Assets:
    """The manifest that `npm run build` wrote."""
    if not manifest.is_file():
        raise DefinitionError(str(manifest), 1, "the page scripts are not built; run: npm ci && npm run build")
    return Assets(json.loads(manifest.read_text(encoding="utf-8")))
