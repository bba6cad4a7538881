"""A secret may stand in the settings, the environment or a file of its own, and is repeated to nobody."""

from pathlib import Path

import pytest

from bot.settings import BadSettings, load

TOKEN = "4711:an-invented-token_of-no-bot"
POSTS = "an-invented-secret_of-no-bot"


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


def test_a_secret_for_posts_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "webhook-secret").write_text(f"{POSTS}\n", "utf-8")
    text = '[telegram.webhook]\nurl = "https://bot.example.edu/telegram"\nsecret_file = "webhook-secret"'
    settings = load(config(tmp_path, text), {})
    assert settings.telegram.webhook.secret.get_secret_value() == POSTS
    assert settings.telegram.webhook.secret in settings.secrets()
    assert POSTS not in repr(settings)


@pytest.mark.parametrize("secret", ["x" * 16, "x" * 256, "aZ09_-" * 3])
def test_what_telegram_takes_for_a_secret(secret: str) -> None:
    assert load(None, {"LINGTI_TELEGRAM__WEBHOOK__SECRET": secret}).telegram.webhook.secret


@pytest.mark.parametrize(
    "secret", ["x" * 15, "x" * 257, "密" * 16, "with a blank in it", "semi;colon;semi;colon"]
)
def test_what_it_does_not(secret: str) -> None:
    with pytest.raises(BadSettings, match=r"telegram\.webhook\.secret") as bad:
        load(None, {"LINGTI_TELEGRAM__WEBHOOK__SECRET": secret})
    assert secret not in str(bad.value)


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("https://bot.example.edu", "/"),
        ("https://bot.example.edu:8443/telegram/4711", "/telegram/4711"),
        ("http://127.0.0.1:8766/telegram", "/telegram"),
    ],
)
def test_where_posts_may_come(url: str, path: str) -> None:
    env = {"LINGTI_TELEGRAM__WEBHOOK__URL": url, "LINGTI_TELEGRAM__WEBHOOK__SECRET": POSTS}
    assert load(None, env).telegram.webhook.path == path


@pytest.mark.parametrize(
    "url", ["http://bot.example.edu/", "ftp://127.0.0.1/", "https://", "bot.example.edu", "https://b.edu/{x}"]
)
def test_where_they_may_not(url: str) -> None:
    env = {"LINGTI_TELEGRAM__WEBHOOK__URL": url, "LINGTI_TELEGRAM__WEBHOOK__SECRET": POSTS}
    with pytest.raises(BadSettings, match=r"telegram\.webhook\.url"):
        load(None, env)


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
        ('[telegram.webhook]\nsecret = "too short"', "telegram.webhook.secret", "16 to 256"),
        ('[telegram.webhook]\nurl = "https://bot.example.edu/"', "telegram.webhook", "anybody could post"),
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
