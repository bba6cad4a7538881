"""A secret may stand in the settings, the environment or a file of its own, and is repeated to nobody."""

from pathlib import Path

import pytest

from bot.settings import BadSettings, load

TOKEN = "4711:an-invented-token_of-no-bot"


def config(folder: Path, text: str) -> Path:
    path = folder / "config.toml"
    path.write_text(text, "utf-8")
    return path


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    path = tmp_path / "token"
    path.write_text(f"{TOKEN}\n", "utf-8")
    return path


def test_a_token_in_a_file_beside_the_settings(tmp_path: Path, secret: Path) -> None:
    settings = load(config(tmp_path, f'[telegram]\ntoken_file = "{secret.name}"'), {})
    assert settings.telegram.token.get_secret_value() == TOKEN
    assert TOKEN not in repr(settings)


def test_a_token_file_named_by_the_environment(secret: Path) -> None:
    settings = load(None, {"LINGTI_TELEGRAM__TOKEN_FILE": str(secret)})
    assert settings.telegram.token.get_secret_value() == TOKEN


def test_a_database_with_a_password_in_a_file(tmp_path: Path) -> None:
    url = "postgresql+psycopg://lingti:invented@localhost/lingti"
    (tmp_path / "database").write_text(url, "utf-8")
    settings = load(config(tmp_path, 'database_file = "database"'), {})
    assert settings.database_url() == url
    assert "invented" not in repr(settings)


def test_the_environment_wins_over_the_file_whichever_form_each_took(tmp_path: Path, secret: Path) -> None:
    other = "4712:another"
    here = config(tmp_path, f'[telegram]\ntoken_file = "{secret.name}"')
    assert load(here, {"LINGTI_TELEGRAM__TOKEN": other}).telegram.token.get_secret_value() == other
    here = config(tmp_path, f'[telegram]\ntoken = "{other}"')
    named = load(here, {"LINGTI_TELEGRAM__TOKEN_FILE": str(secret)})
    assert named.telegram.token.get_secret_value() == TOKEN


@pytest.mark.parametrize(
    ("text", "path", "says"),
    [
        ('[telegram]\ntoken_file = "nowhere"', "telegram.token_file", "no such file"),
        ('[telegram]\ntoken_file = "empty"', "telegram.token_file", "empty"),
        (f'[telegram]\ntoken = "{TOKEN}"\ntoken_file = "token"', "telegram.token_file", "keep one"),
        ('[telegram]\ntoken = "not a token"', "telegram.token", "BotFather"),
    ],
)
def test_what_can_be_wrong_with_a_secret(
    tmp_path: Path, secret: Path, text: str, path: str, says: str
) -> None:
    (tmp_path / "empty").write_text("\n", "utf-8")
    with pytest.raises(BadSettings) as bad:
        load(config(tmp_path, text), {})
    (problem,) = bad.value.problems
    assert problem.path == path
    assert says in problem.message
    assert "not a token" not in str(bad.value)
    assert TOKEN not in str(bad.value)
