"""The way in: a link opens once, for whoever presses the button; what does not open says what to do."""

import io
import logging
from dataclasses import replace
from http.cookies import SimpleCookie

import aiohttp
import pytest
from aiohttp import web
from yarl import URL

from bot import logs
from bot.board.site import mounted
from services import leaving
from tests.board.conftest import Site

pytestmark = [
    pytest.mark.sqlite("what a page shows is the same on either; the store's own tests run on both"),
    pytest.mark.asyncio(loop_scope="module"),
]
AGAIN = "请在与机器人的聊天中发“网页”"


async def got(http: aiohttp.ClientSession, url: str, method: str = "GET", **more: object) -> tuple[int, str]:
    async with http.request(method, url, **more) as answer:  # type: ignore[arg-type]
        return answer.status, await answer.text()


async def test_a_robot_that_looks_at_a_link_uses_nothing_up(site: Site) -> None:
    link = site.link("外事副院长")
    async with site.asking() as robot:
        for method in ("GET", "HEAD", "GET"):
            assert (await got(robot, link, method))[0] == 200
        assert (await got(robot, f"{site.url}/"))[0] == 403

    async with site.asking() as http:
        status, page = await got(http, link)
        assert (status, "外事副院长" in page, ">进入<" in page) == (200, False, True)
        status, page = await got(http, link, "POST")
        assert (status, "外事副院长" in page) == (200, True)


async def test_a_replayed_link_opens_nothing_and_says_what_to_do(site: Site) -> None:
    link = site.link("外事副院长")
    async with site.asking() as first:
        await got(first, link, "POST")
        assert "/board/" in (await got(first, link))[1], "whoever is in finds the way back"
    async with site.asking() as second:
        for method in ("GET", "POST"):
            status, page = await got(second, link, method)
            assert (status, AGAIN in page, "外事副院长" in page) == (410, True, False)
        assert (await got(second, f"{site.url}/"))[0] == 403


@pytest.mark.parametrize(
    ("asked", "said"),
    [("en-GB,en;q=0.9", ">Enter<"), ("fr, zh-CN;q=0.8", ">进入<"), ("", ">进入<"), (";,x", ">进入<")],
)
async def test_the_door_speaks_the_browsers_language(site: Site, asked: str, said: str) -> None:
    async with site.asking(headers={"Accept-Language": asked}) as http:
        assert said in (await got(http, site.link("党办主任")))[1]


async def test_an_expired_link(site: Site) -> None:
    link = site.link("外事副院长")
    site.college.pass_(minutes=10)
    async with site.asking() as http:
        for method in ("GET", "POST"):
            status, page = await got(http, link, method)
            assert (status, AGAIN in page) == (410, True)


@pytest.mark.parametrize("secret", ["x", "A" * 43, "-" * 200])
async def test_a_link_nobody_gave(site: Site, secret: str) -> None:
    async with site.asking() as http:
        for method in ("GET", "POST"):
            status, page = await got(http, f"{site.url}/enter/{secret}", method)
            assert (status, AGAIN in page) == (403, True)


async def test_another_persons_link_ends_ones_own_session_and_never_mixes_the_two(site: Site) -> None:
    async with site.asking("党委书记") as http:
        before = http.cookie_jar.filter_cookies(URL(site.url))["lingti_session"].value
        link = site.link("国际处处长")
        assert "已打开“党委书记”的网页" in (await got(http, link))[1]
        page = (await got(http, link, "POST"))[1]
        assert "国际处处长" in page
        assert "党委书记</span>" not in page
    async with site.asking() as http:
        http.cookie_jar.update_cookies({"lingti_session": before}, URL(site.url))
        assert (await got(http, f"{site.url}/"))[0] == 403


@pytest.mark.parametrize("forged", ["", "x", "A" * 43, "' OR 1=1 --", "%00", "é"])
async def test_a_forged_cookie_is_nobody(site: Site, forged: str) -> None:
    async with site.asking(headers={"Cookie": f"lingti_session={forged}"}) as http:
        for path in ("/", "/ledger", "/mine", "/topics/2026-001", "/ledger.xlsx", f"/files/1/{'a' * 64}"):
            status, page = await got(http, site.url + path)
            assert (status, AGAIN in page) == (403, True), path


async def test_the_cookie_is_for_this_board_alone(site: Site) -> None:
    async with site.asking() as http, http.post(site.link("党办主任"), allow_redirects=False) as answer:
        assert (answer.status, answer.headers["Location"]) == (303, "/board/")
        cookie = SimpleCookie(answer.headers["Set-Cookie"])["lingti_session"]
    flags = (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["max-age"], cookie["secure"])
    assert flags == (True, "Lax", "/board", str(8 * 3600), "")


async def test_behind_https_the_cookie_is_secure_and_the_board_may_be_alone_there(site: Site) -> None:
    college = site.college
    college.policy = replace(college.policy, web="https://bot.example.edu")
    runner = web.AppRunner(mounted(college.store, college.policy), access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    here = f"http://127.0.0.1:{runner.addresses[0][1]}"
    link = site.link("党办主任").replace("https://bot.example.edu", here)
    async with site.asking() as http, http.post(link, allow_redirects=False) as answer:
        cookie = SimpleCookie(answer.headers["Set-Cookie"])["lingti_session"]
        assert (answer.headers["Location"], cookie["path"], cookie["secure"]) == ("/", "/", True)
    await runner.cleanup()


async def test_leaving_ends_it(site: Site) -> None:
    async with site.asking("党办主任") as http:
        assert (await got(http, f"{site.url}/"))[0] == 200
        kept = http.cookie_jar.filter_cookies(URL(site.url))["lingti_session"].value
        status, page = await got(http, f"{site.url}/leave", "POST")
        assert (status, "已退出" in page) == (200, True)
        http.cookie_jar.update_cookies({"lingti_session": kept}, URL(site.url))
        assert (await got(http, f"{site.url}/"))[0] == 403


async def test_a_session_ends_with_its_hours_and_with_its_office(site: Site) -> None:
    async with site.asking("后勤处处长") as http, site.asking("院长") as other:
        president, heir = site.college.id("院长"), site.college.id("党委书记")
        assert (await got(other, f"{site.url}/"))[0] == 200
        site.college.do("系统管理员", lambda work: leaving.leave(work, president, heir))
        assert (await got(other, f"{site.url}/"))[0] == 403
        assert (await got(http, f"{site.url}/"))[0] == 200
        site.college.pass_(hours=8)
        assert (await got(http, f"{site.url}/"))[0] == 403


@pytest.mark.parametrize("path", ["/leave", "/language", "/enter/x"])
async def test_no_other_site_sends_a_form(site: Site, path: str) -> None:
    async with site.asking("党办主任", headers={"Sec-Fetch-Site": "cross-site"}) as http:
        assert (await got(http, site.url + path, "POST"))[0] == 403
    async with site.asking("党办主任") as http:
        assert (await got(http, f"{site.url}/"))[0] == 200


@pytest.mark.parametrize(
    ("back", "to"),
    [
        ("/ledger?state=issued", "/board/ledger?state=issued"),
        ("//evil.example", "/board/"),
        ("https://evil.example", "/board/"),
        ("/\\evil.example", "/board/"),
        ("/x\r\nSet-Cookie: a=b", "/board/"),
        (f"/{'x' * 3_000}", "/board/"),
        ("", "/board/"),
    ],
)
async def test_a_change_of_language_comes_back_to_a_page_of_ours(site: Site, back: str, to: str) -> None:
    async with site.asking("党办主任") as http:
        form = {"back": back, "language": "en"}
        async with http.post(f"{site.url}/language", data=form, allow_redirects=False) as answer:
            assert (answer.status, answer.headers["Location"]) == (303, to)
        assert "Overview" in (await got(http, f"{site.url}/"))[1]
        await got(http, f"{site.url}/language", "POST", data={"back": "/", "language": "tlh"})
        assert "Overview" in (await got(http, f"{site.url}/"))[1]


@pytest.mark.parametrize("path", ["/", "/ledger", "/topics/9", "/assets/board.css", "/nowhere", "/enter/x"])
async def test_every_answer_is_sealed(site: Site, path: str) -> None:
    async with site.asking("党办主任") as http, http.get(site.url + path) as answer:
        told = answer.headers
    assert "default-src 'self'" in told["Content-Security-Policy"]
    assert "unsafe" not in told["Content-Security-Policy"]
    assert (told["Cache-Control"], told["X-Content-Type-Options"]) == ("no-store", "nosniff")
    assert (told["X-Frame-Options"], told["Referrer-Policy"]) == ("DENY", "no-referrer")


async def test_what_is_not_there_is_a_plain_page(site: Site) -> None:
    async with site.asking("党办主任") as http:
        for path in (
            "/nowhere",
            "/topics/2026-999",
            "/meetings/M-1",
            "/assets/site.py",
            "/assets/../frame.py",
        ):
            status, page = await got(http, site.url + path)
            assert (status, "没有找到" in page) == (404, True), path
        assert (await got(http, f"{site.url}/ledger", "DELETE"))[0] == 404
        assert (await got(http, site.url, allow_redirects=False))[0] == 302


async def test_no_line_of_the_log_holds_a_secret_even_when_a_page_breaks(site: Site) -> None:
    root = logging.getLogger()
    level, handlers = root.level, root.handlers[:]
    written = io.StringIO()
    logs.start("debug", (), written)
    link = site.link("党办主任")
    async with site.asking("党办主任") as http:
        session = http.cookie_jar.filter_cookies(URL(site.url))["lingti_session"].value
        await got(http, link, "GET")
        site.college.store.run_now(
            lambda tx: tx.connection.exec_driver_sql("ALTER TABLE web_links RENAME TO lost") and None
        )
        status, page = await got(http, link)
        assert (status, "暂时打不开" in page) == (500, True)
        assert (await got(http, f"{site.url}/"))[0] == 500
    logging.captureWarnings(False)
    root.handlers[:] = handlers
    root.setLevel(level)
    assert "a page could not be drawn" in written.getvalue()
    assert link.rpartition("/")[2] not in written.getvalue()
    assert session not in written.getvalue()
