"""What ops/ says is so of the program it runs: ports, paths, settings. No container is started here."""

import re
import shlex
import shutil
import subprocess
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.cli.ground import NOT_BEGUN
from bot.settings import Settings, load

HOUSE = Path(__file__).parents[1]
OPS = HOUSE / "ops"
COMPOSE = yaml.safe_load((OPS / "compose.yaml").read_text("utf-8"))
SERVICES: dict[str, Any] = COMPOSE["services"]
BOTS = sorted(name for name in SERVICES if name.startswith("bot-"))
UNITS = ("lingti.service", "lingti@.service")
DEFAULTS = load(None, {})


def instructions() -> list[tuple[str, list[str]]]:
    """The Dockerfile's, lines joined, comments left out."""
    text = (OPS / "Dockerfile").read_text("utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [(line.split()[0], shlex.split(line)[1:]) for line in lines]


def said(name: str) -> list[list[str]]:
    """The words of each instruction of a kind."""
    return [words for instruction, words in instructions() if instruction == name]


def understood(environment: Mapping[str, str], folder: Path) -> Settings:
    """The settings these variables make, with invented secrets in their files."""
    secrets = {"DATABASE": "sqlite:///lingti.db", "TOKEN": "1:invented", "SECRET": "invented-0123456789"}
    given = dict(environment)
    for name in environment:
        if name.endswith("_FILE"):
            file = folder / name.lower()
            file.write_text(secrets[re.split("_+", name)[-2]])
            given[name] = str(file)
    return load(None, given)


def of_image() -> dict[str, str]:
    """The settings the image itself makes."""
    pairs = [word.split("=", 1) for words in said("ENV") for word in words]
    return {name: value for name, value in pairs if name.startswith("LINGTI_")}


def of_bot(name: str) -> dict[str, str]:
    """What the container adds to what the image says."""
    its: dict[str, str] = SERVICES[name]["environment"]
    return of_image() | {
        key: re.sub(r"\$\{\w+:\?[^}]*\}", "bot.example.edu", value) for key, value in its.items()
    }


def test_two_bots_share_everything() -> None:
    assert BOTS == ["bot-1", "bot-2"]
    assert SERVICES["bot-1"] == SERVICES["bot-2"]


@pytest.mark.parametrize("name", BOTS)
def test_a_bots_variables_are_settings(name: str, tmp_path: Path) -> None:
    settings = understood(of_bot(name), tmp_path)
    assert (settings.data, settings.backups()) == (Path("/data"), Path("/backups"))
    assert settings.telegram.webhook.path == "/telegram"
    assert settings.telegram.webhook.secret.get_secret_value()
    assert settings.health.host == settings.telegram.webhook.host == settings.web.host == "0.0.0.0"


def test_whatever_is_named_is_declared() -> None:
    for name, service in SERVICES.items():
        for kind in ("networks", "secrets"):
            assert set(service.get(kind, ())) <= set(COMPOSE[kind]), name
        sources = {mount.split(":")[0] for mount in service["volumes"]}
        assert {source for source in sources if not source.startswith(".")} <= set(COMPOSE["volumes"]), name
        assert set(service.get("depends_on", ())) <= set(SERVICES), name
    for name, secret in COMPOSE["secrets"].items():
        assert secret == {"file": f"./secrets/{name}"}
        assert any(name in service.get("secrets", ()) for service in SERVICES.values())


def test_secrets_and_settings_that_are_mounted_are_kept_out_of_the_repository() -> None:
    ignored = (HOUSE / ".gitignore").read_text("utf-8").splitlines()
    assert {"config.toml", "ops/secrets/", "ops/.env"} <= set(ignored)


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_each_comes_back_looks_after_itself_and_gains_no_rights(name: str) -> None:
    service = SERVICES[name]
    assert service["restart"] == "unless-stopped"
    assert service["healthcheck"]["test"][0] == "CMD"
    assert "no-new-privileges:true" in service["security_opt"]
    if name != "postgres":
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]


def test_only_the_proxy_can_be_reached_and_the_database_reaches_nobody() -> None:
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["proxy"]
    assert SERVICES["postgres"]["networks"] == ["back"]
    assert COMPOSE["networks"]["back"] == {"internal": True}


def test_a_container_is_asked_whether_it_is_ready() -> None:
    url = f"http://127.0.0.1:{DEFAULTS.health.port}/readyz"
    (check,) = said("HEALTHCHECK")
    assert url in " ".join(check)
    assert all(url in SERVICES[name]["healthcheck"]["test"][-1] for name in BOTS)


def test_the_image_runs_as_nobody_in_particular() -> None:
    (user,) = said("USER")
    assert re.fullmatch(r"([1-9]\d{4,}):\1", user[0])
    order = [name for name, _ in instructions()]
    assert "RUN" not in order[order.index("USER") :]


def test_what_goes_into_the_image_is_there_and_whole() -> None:
    packed = tomllib.loads((HOUSE / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"]["targets"]
    copied = [source for words in said("COPY") if not words[0].startswith("--from") for source in words[:-1]]
    assert all((HOUSE / source).exists() for source in copied)
    assert set(packed["wheel"]["packages"]) <= set(copied)
    let_in = re.findall(r"^!(\S+)$", (OPS / "Dockerfile.dockerignore").read_text("utf-8"), re.MULTILINE)
    assert sorted(let_in) == sorted(copied)


def test_every_package_of_the_image_is_pinned_by_its_hash() -> None:
    installs = [
        " ".join(words) for words in said("RUN") if "install" in words and "/opt/lingti/bin/pip" in words
    ]
    assert len(installs) == 2
    assert "--require-hashes --only-binary :all: -r requirements/run.txt" in installs[0]
    assert "--no-deps --no-build-isolation ." in installs[1]


def test_ports_are_the_programs_own() -> None:
    health, posts = DEFAULTS.health.port, DEFAULTS.telegram.webhook.port
    board = SERVICES["bot-1"]["environment"]["LINGTI_WEB__PORT"]
    assert said("EXPOSE") == [[f"{health}", f"{posts}", board]]
    caddy = (OPS / "Caddyfile").read_text("utf-8")
    for port in (posts, board):
        assert f"reverse_proxy {' '.join(f'{bot}:{port}' for bot in BOTS)} {{" in caddy
    assert f"health_port {health}\n" in caddy
    scrape = yaml.safe_load((OPS / "prometheus.yml").read_text("utf-8"))
    assert scrape["scrape_configs"][0]["static_configs"][0]["targets"] == [f"{bot}:{health}" for bot in BOTS]
    assert all((OPS / name).exists() for name in scrape["rule_files"])


def test_the_proxy_lets_in_what_is_posted_where_we_listen(tmp_path: Path) -> None:
    path = understood(of_bot("bot-1"), tmp_path).telegram.webhook.path
    assert f"path {path}\n" in (OPS / "Caddyfile").read_text("utf-8")


def test_the_proxy_leads_to_the_board_at_its_own_address_and_logs_no_link(tmp_path: Path) -> None:
    base = understood(of_bot("bot-1"), tmp_path).web.base
    caddy = (OPS / "Caddyfile").read_text("utf-8")
    path = base.removeprefix("https://bot.example.edu")
    assert f"path {path} {path}/*\n" in caddy
    assert "request>uri delete" in caddy


def test_copies_are_made_by_the_servers_own_version() -> None:
    (server,) = re.findall(r"postgres:(\d+)$", SERVICES["postgres"]["image"])
    assert f"postgresql-client-{server}" in (OPS / "Dockerfile").read_text("utf-8")


def unit(name: str) -> Iterator[tuple[str, str]]:
    for line in (OPS / name).read_text("utf-8").splitlines():
        if "=" in line and not line.startswith("#"):
            key, _, value = line.partition("=")
            yield key, value


@pytest.mark.parametrize("name", UNITS)
def test_a_service_is_told_what_the_program_understands(name: str, tmp_path: Path) -> None:
    pairs = list(unit(name))
    told = dict(value.replace("%i", "1").split("=", 1) for key, value in pairs if key == "Environment")
    settings = understood({key: value for key, value in told.items() if key.startswith("LINGTI_")}, tmp_path)
    assert settings.data == Path("/var/lib") / dict(pairs)["StateDirectory"]
    assert dict(pairs)["RestartPreventExitStatus"] == f"{NOT_BEGUN}"
    assert dict(pairs)["Type"] == "exec"


def test_the_services_differ_in_what_each_has_of_its_own() -> None:
    one, several = (set(unit(name)) for name in UNITS)
    assert {key for key, _ in one ^ several} == {"Description", "Environment", "LoadCredential"}
    assert {key for key, _ in one - several} == {"Description"}


@pytest.mark.parametrize("name", UNITS)
def test_systemd_reads_a_service_as_it_is_meant(name: str, tmp_path: Path) -> None:
    file = tmp_path / name.replace("@.", "@1.")
    text = (OPS / name).read_text("utf-8")
    file.write_text(re.sub(r"ExecStart=\S+", f"ExecStart={shutil.which('true')}", text))
    if systemd := shutil.which("systemd-analyze"):
        ran = subprocess.run([systemd, "verify", file], capture_output=True, text=True, check=False)
        assert (ran.returncode, ran.stderr) == (0, "")
        safe = [systemd, "security", "--offline=yes", "--threshold=20", file]
        assert subprocess.run(safe, capture_output=True, check=False).returncode == 0
