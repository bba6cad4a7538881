"""The parts of an update we read, declared; everything else in it is ignored.

Not through python-telegram-bot's own classes: those parse every nested object, so one new or broken corner
would cost the whole message, and measured ten times as long.
Source: https://core.telegram.org/bots/api#update
"""

from collections.abc import Sequence
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field


def _storable(text: str) -> str:
    """The text without what no store keeps: NUL, and halves of surrogate pairs, which JSON can spell."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()


Id = Annotated[int, Field(gt=-(2**53), lt=2**53)]
Moment = Annotated[int, Field(gt=0, lt=2**34)]  # Unix seconds, UTC
Size = Annotated[int, Field(ge=0, lt=2**53)]
Words = Annotated[str, AfterValidator(_storable)]


class Part(BaseModel):
    """A part of an update: strict, for a string where an id belongs means we misunderstand."""

    model_config = ConfigDict(strict=True, extra="ignore", frozen=True)


class User(Part):
    """Who did it."""

    id: Id
    is_bot: bool = False
    language_code: Words = ""


class Chat(Part):
    """Where."""

    id: Id
    type: Words
    title: Words = ""


class Media(Part):
    """Any file of a message; `width` and `height` in pixels."""

    file_id: Words
    file_name: Words = ""
    mime_type: Words = ""
    file_size: Size = 0
    width: Size = 0
    height: Size = 0
    is_animated: bool = False
    is_video: bool = False


class Replied(Part):
    """The message replied to."""

    message_id: Id


class Message(Part):
    """A message, with the kinds of file Telegram tells apart."""

    message_id: Id
    date: Moment
    edit_date: Moment | None = None
    chat: Chat
    sender: User | None = Field(None, alias="from")
    sender_chat: Chat | None = None
    is_automatic_forward: bool = False
    is_topic_message: bool = False
    message_thread_id: Id | None = None
    reply_to_message: Replied | None = None
    media_group_id: Words = ""
    forward_origin: object = None
    forward_date: object = None
    text: Words = ""
    caption: Words = ""
    photo: Sequence[Media] = ()
    animation: Media | None = None
    audio: Media | None = None
    document: Media | None = None
    sticker: Media | None = None
    video: Media | None = None
    video_note: Media | None = None
    voice: Media | None = None
    migrate_to_chat_id: Id | None = None
    new_chat_members: Sequence[User] = ()


class Pressed(Part):
    """The message a pressed button belongs to; an inaccessible one has a date of 0, so no date is read."""

    message_id: Id
    chat: Chat
    is_topic_message: bool = False
    message_thread_id: Id | None = None


class Callback(Part):
    """A press."""

    id: Words
    sender: User = Field(alias="from")
    message: Pressed | None = None
    inline_message_id: Words = ""
    data: Words = ""


class Member(Part):
    """Our standing in a chat."""

    status: Words
    is_member: bool = False


class Standing(Part):
    """A change of our standing."""

    chat: Chat
    sender: User = Field(alias="from")
    date: Moment
    old: Member = Field(alias="old_chat_member")
    new: Member = Field(alias="new_chat_member")
