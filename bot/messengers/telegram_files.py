"""The files of a message. Kinds we do not keep are told too, so that they can be refused in plain words."""

from typing import Final

from bot.messengers.telegram_update import Media, Message
from handlers.incoming import File

_KINDS: Final = (  # attribute, name and type when Telegram tells none; an animation is told as a document too
    ("animation", "animation.mp4", "video/mp4"),
    ("document", "document", "application/octet-stream"),
    ("video", "video.mp4", "video/mp4"),
    ("video_note", "video.mp4", "video/mp4"),
    ("audio", "audio.mp3", "audio/mpeg"),
    ("voice", "voice.ogg", "audio/ogg"),
)


def files_of(message: Message) -> tuple[File, ...]:
    """The file of a message, if any; of a photo its largest size."""
    if message.photo:
        best = max(message.photo, key=lambda size: (size.width * size.height, size.file_size))
        return (File(best.file_id, "photo.jpg", "image/jpeg", best.file_size, photo=True),)
    if message.sticker:
        return (_sticker(message.sticker),)
    for attribute, name, mime in _KINDS:
        media: Media | None = getattr(message, attribute)
        if media:
            return (File(media.file_id, media.file_name or name, media.mime_type or mime, media.file_size),)
    return ()


def _sticker(sticker: Media) -> File:
    if sticker.is_animated:
        return File(sticker.file_id, "sticker.tgs", "application/x-tgsticker", sticker.file_size)
    if sticker.is_video:
        return File(sticker.file_id, "sticker.webm", "video/webm", sticker.file_size)
    return File(sticker.file_id, "sticker.webp", "image/webp", sticker.file_size)
