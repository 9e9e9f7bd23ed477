"""The version of Sverka, as the API and `sverka --version` tell it."""

VERSION = "0.1.0"
