"""What is set from outside: environment variables SVERKA_*, read once and frozen; production refuses what is unsafe."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Literal, Self
from urllib.parse import unquote, urlsplit

from platformdirs import user_data_path
from pydantic import Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from app.access.policy import Policy
from domain.errors import UsageError

SHORTEST_SECRET = 12
DEFAULT_SECRETS = frozenset({"neo4j", "password", "changeme", "change-me", "secret", "sverka", "admin", "test", "testtest", "neo4jneo4j"})

Language = Literal["ru", "en"]


def spoken_language(environment: Mapping[str, str] | None = None) -> Language:
    """What SVERKA_LANGUAGE or the locale asks for: English where one of them says so, else Russian."""
    known = os.environ if environment is None else environment
    locale = next((known[name] for name in ("SVERKA_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG") if known.get(name)), "")
    return "en" if locale.lower().startswith("en") else "ru"


def wants_debug(environment: Mapping[str, str] | None = None) -> bool:
    """SVERKA_DEBUG, for an error that comes before settings could be read."""
    known = os.environ if environment is None else environment
    return known.get("SVERKA_DEBUG", "").lower() in ("1", "true", "yes", "on")


class Settings(BaseSettings):
    """Names of contract.md 2 and a few more; docs/settings.md is checked against the descriptions."""

    model_config = SettingsConfigDict(env_prefix="SVERKA_", frozen=True, extra="ignore", env_ignore_empty=True)

    graph: str = Field(default="", description="embedded:DIR (default: graph in SVERKA_HOME), or a neo4j://, bolt://, bolt+s:// address")
    graph_user: str = Field(default="", description="user of a graph at an address")
    graph_password: SecretStr = Field(default=SecretStr(""), description="password of a graph at an address")
    graph_heap: str = Field(default="", description="memory of the embedded engine, such as 512m; default: a quarter of the machine's")
    home: Path = Field(default_factory=lambda: user_data_path("sverka"), description="folder of data, of the audit anchor and of locks")
    rules_dir: Path | None = Field(default=None, description="folder with an organization's own rules")
    production: bool = Field(default=False, description="refuse default or short secrets and insecure cookies")
    public_url: str = Field(default="", description="address under which browsers see us, such as https://sverka.example")
    secure_cookies: bool | None = Field(default=None, description="session cookie over https only; default: as public_url is")
    session_minutes: int = Field(default=15, ge=1, le=24 * 60, description="idle minutes that end a session; at most 15 in production")
    session_hours: int = Field(default=12, ge=1, le=24 * 7, description="hours after which a session ends in any case")
    sign_ins_per_minute: int = Field(default=30, ge=1, description="sign-in attempts a minute from one address")
    request_megabytes: int = Field(default=10, ge=1, description="largest request")
    ingest_megabytes: int = Field(default=2048, ge=1, description="largest upload to ingest")
    language: Language = Field(default_factory=spoken_language, description="language of the command line: ru, en; default: as LANG says")
    debug: bool = Field(default=False, description="show where in the program an error arose")

    @property
    def cookies_secure(self) -> bool:
        """Whether the session cookie goes over https only."""
        if self.secure_cookies is not None:
            return self.secure_cookies
        return self.production or self.public_url.startswith("https://")

    @property
    def policy(self) -> Policy:
        """The limits of sign-in and sessions."""
        rate = Policy().tries_per_address
        return Policy(
            idle=timedelta(minutes=self.session_minutes),
            session=timedelta(hours=self.session_hours),
            tries_per_address=type(rate)(self.sign_ins_per_minute, rate.window),
        )

    @model_validator(mode="after")
    def _safe_in_production(self) -> Self:
        if self.public_url and (urlsplit(self.public_url).scheme not in ("http", "https") or not urlsplit(self.public_url).hostname):
            raise ValueError("SVERKA_PUBLIC_URL: an address such as https://sverka.example is needed")
        if self.production:
            for complaint in self._complaints():
                raise ValueError(complaint)
        return self

    def _complaints(self) -> list[str]:
        """What production does not allow, each as what to do."""
        found: list[str] = []
        if self.graph and not self.graph.startswith("embedded:"):
            secret = self.graph_password.get_secret_value() or unquote(urlsplit(self.graph).password or "")
            if len(secret) < SHORTEST_SECRET or secret.lower() in DEFAULT_SECRETS or len(set(secret)) < 5:
                found.append(f"SVERKA_GRAPH_PASSWORD: production needs a password of your own of at least {SHORTEST_SECRET} characters")
        if self.secure_cookies is False:
            found.append("SVERKA_SECURE_COOKIES: production sends cookies over https only")
        if not self.public_url.startswith("https://"):
            found.append("SVERKA_PUBLIC_URL: production needs the https address that browsers use")
        if self.session_minutes > 15:
            found.append("SVERKA_SESSION_MINUTES: production allows at most 15")
        return found


def read_settings() -> Settings:
    """The settings of the environment; what is wrong is a usage error with one sentence for each variable."""
    try:
        return Settings()
    except ValidationError as problem:
        said = "; ".join(_sentence(error["loc"], error["msg"]) for error in problem.errors())
        raise UsageError(f"Настройки неверны: {said}.", f"The settings are wrong: {said}.") from None


def _sentence(where: tuple[int | str, ...], message: str) -> str:
    text = message.removeprefix("Value error, ")
    return text if text.startswith("SVERKA_") else f"SVERKA_{'_'.join(str(part) for part in where).upper()}: {text}"
