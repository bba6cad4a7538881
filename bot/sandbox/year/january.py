"""January: the thematic meeting, the first topics, and who claims them."""

from typing import Final

from bot.sandbox.story import Scene, presses, says

JANUARY: Final = (
    Scene(
        "2026-01-12T09:00",
        "书记点题001",
        (
            says(
                "党委书记",
                "点题 因公出国管理内控制度不完善 @外事副院长 目标 形成审批、经费、证照闭环管理 "
                "牵头 国际处 配合 财务处 6月30日前",
                expects="因公出国",
            ),
            presses("党委书记", "发布", on="因公出国"),
        ),
    ),
    Scene("2026-01-12T10:30", "外事副院长领题", (presses("外事副院长", "领题", on="2026-001"),)),
)
