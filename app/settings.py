"""Settings from the environment: the only reader of ``DIURNA_…`` variables."""

from functools import cache

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Frozen; every field can be set as ``DIURNA_<NAME>``.

    Attributes:
        store: URL of the store that commands and app use when none is given.
        base: IRI under which exported RDF puts its things.
        allow_private: Whether addresses of this machine and of private networks may be fetched.
    """

    model_config = SettingsConfigDict(env_prefix="DIURNA_", frozen=True)

    store: str = "sqlite:///diurna.db"
    base: str = "https://diurna.example/"
    allow_private: bool = Field(default=False)


@cache
def settings() -> Settings:
    """Return the settings, read once."""
    return Settings()
