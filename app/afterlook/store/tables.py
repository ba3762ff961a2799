"""The tables.

Owns columns, keys and indexes; every key and index leads with the mailbox, so that a mailbox can
be the shard key of a distributed PostgreSQL.

Instants are 100 ns ticks (`runtime.instants`), enumerations their EDM numbers, lists and
recurrences JSON text: the same on SQLite and PostgreSQL, and cheap to read. A column `…_key` holds
the folded text of another (`store.folding`), for comparing without case.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    Double,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlmodel import Field, SQLModel

_BIG_KEY = BigInteger().with_variant(Integer(), "sqlite")
# By code point on both engines, whatever the locale a PostgreSQL was made with.
TEXT = Text().with_variant(Text(collation="C"), "postgresql")


class Mailbox(SQLModel, table=True):
    """One user's mailbox, and the counter that numbers every write to it.

    `sync_key` signs its sync tokens; `forgotten` is the highest number that a tombstone had which
    is gone from the change log.
    """

    __tablename__ = "mailbox"
    __table_args__ = (
        UniqueConstraint("tid", "oid", name="mailbox_identity"),
        UniqueConstraint("guid", name="mailbox_guid"),
        Index("mailbox_upn", "upn"),
    )

    id: int | None = Field(default=None, sa_column=Column(_BIG_KEY, primary_key=True))
    guid: str
    replica: str
    oid: str
    tid: str
    upn: str
    owner: str
    change: int = Field(sa_type=BigInteger)
    created: int = Field(sa_type=BigInteger)
    sync_key: str = Field(sa_column_kwargs={"server_default": text("''")})
    forgotten: int = Field(sa_type=BigInteger, sa_column_kwargs={"server_default": text("0")})


class TaskGroup(SQLModel, table=True):
    """A task group; `group_key` is what its folders show as ParentGroupKey."""

    __tablename__ = "task_group"
    __table_args__ = (ForeignKeyConstraint(["mailbox"], ["mailbox.id"]),)

    mailbox: int = Field(sa_type=BigInteger, primary_key=True)
    id: int = Field(sa_type=BigInteger, primary_key=True)
    change: int = Field(sa_type=BigInteger)
    name: str = Field(sa_type=TEXT)
    group_key: str
    is_default: bool
    name_key: str | None = Field(sa_type=TEXT)


class TaskFolder(SQLModel, table=True):
    """A task folder; its folded name is unique in the mailbox."""

    __tablename__ = "task_folder"
    __table_args__ = (
        ForeignKeyConstraint(["mailbox", "group_id"], ["task_group.mailbox", "task_group.id"]),
        UniqueConstraint("mailbox", "name_key", name="task_folder_name"),
        Index("task_folder_group", "mailbox", "group_id", "id"),
    )

    mailbox: int = Field(sa_type=BigInteger, primary_key=True)
    id: int = Field(sa_type=BigInteger, primary_key=True)
    change: int = Field(sa_type=BigInteger)
    group_id: int = Field(sa_type=BigInteger)
    name: str = Field(sa_type=TEXT)
    name_key: str = Field(sa_type=TEXT)
    is_default: bool


class Task(SQLModel, table=True):
    """A task; its `id` is the number of the write that created it, so ids follow creation.

    `walls` is JSON text of how its dates were written; a row from before that was kept has none.
    `parts` says which kinds of parts it has (`store.parts.Parts`), so that one without them costs
    no look for them.
    """

    __tablename__ = "task"
    __table_args__ = (
        ForeignKeyConstraint(["mailbox", "folder_id"], ["task_folder.mailbox", "task_folder.id"]),
        Index("task_by_folder", "mailbox", "folder_id", "id"),
        Index("task_by_status", "mailbox", "status", "due"),
    )

    mailbox: int = Field(sa_type=BigInteger, primary_key=True)
    id: int = Field(sa_type=BigInteger, primary_key=True)
    folder_id: int = Field(sa_type=BigInteger)
    change: int = Field(sa_type=BigInteger)
    created: int = Field(sa_type=BigInteger)
    modified: int = Field(sa_type=BigInteger)
    subject: str | None = Field(sa_type=TEXT)
    body_type: int = Field(sa_type=SmallInteger)
    body: str = Field(sa_type=TEXT)
    categories: str | None = Field(sa_type=TEXT)
    assigned_to: str | None = Field(sa_type=TEXT)
    completed: int | None = Field(sa_type=BigInteger)
    due: int | None = Field(sa_type=BigInteger)
    start: int | None = Field(sa_type=BigInteger)
    reminder: int | None = Field(sa_type=BigInteger)
    is_reminder_on: bool
    has_attachments: bool
    importance: int = Field(sa_type=SmallInteger)
    sensitivity: int = Field(sa_type=SmallInteger)
    status: int = Field(sa_type=SmallInteger)
    recurrence: str | None = Field(sa_type=TEXT)
    subject_key: str | None = Field(sa_type=TEXT)
    assigned_to_key: str | None = Field(sa_type=TEXT)
    categories_key: str | None = Field(sa_type=TEXT)
    walls: str | None = Field(sa_type=TEXT)
    parts: int = Field(sa_type=SmallInteger, sa_column_kwargs={"server_default": text("0")})


class ExtendedProperty(SQLModel, table=True):
    """A MAPI property of a task or a folder: `value` is text, of a multi-valued one a JSON list.

    `number` is the value of a numeric one, for comparing.
    """

    __tablename__ = "extended_property"
    __table_args__ = (
        ForeignKeyConstraint(["mailbox"], ["mailbox.id"]),
        Index("extended_property_value", "mailbox", "property_id", "entity"),
    )

    mailbox: int = Field(sa_type=BigInteger, primary_key=True)
    entity: int = Field(sa_type=BigInteger, primary_key=True)
    property_id: str = Field(sa_type=TEXT, primary_key=True)
    is_multi: bool
    value: str = Field(sa_type=TEXT)
    value_key: str | None = Field(sa_type=TEXT)
    number: float | None = Field(sa_type=Double)


class Attachment(SQLModel, table=True):
    """An attachment of a task, but for its content; its `id` is the number of its write.

    `content` is the number of its content, which copies of it share; `length` counts the bytes of
    that, `size` is what the service would have said.
    """

    __tablename__ = "attachment"
    __table_args__ = (
        ForeignKeyConstraint(["mailbox", "task"], ["task.mailbox", "task.id"]),
        Index("attachment_content_of", "mailbox", "content"),
    )

    mailbox: int = Field(sa_type=BigInteger, primary_key=True)
    task: int = Field(sa_type=BigInteger, primary_key=True)
    id: int = Field(sa_type=BigInteger, primary_key=True)
    kind: int = Field(sa_type=SmallInteger)
    modified: int = Field(sa_type=BigInteger)
    name: str = Field(sa_type=TEXT)
    content_type: str | None = Field(sa_type=TEXT)
    size: int = Field(sa_type=BigInteger)
    length: int = Field(sa_type=BigInteger)
    content: int = Field(sa_type=BigInteger)
    is_inline: bool
    content_id: str | None = Field(sa_type=TEXT)
    content_location: str | None = Field(sa_type=TEXT)
    source_url: str | None = Field(sa_type=TEXT)
    provider_type: int | None = Field(sa_type=SmallInteger)
    thumbnail_url: str | None = Field(sa_type=TEXT)
    preview_url: str | None = Field(sa_type=TEXT)
    permission: int | None = Field(sa_type=SmallInteger)
    is_folder: bool | None
    name_key: str = Field(sa_type=TEXT)


class AttachmentContent(SQLModel, table=True):
    """What is in attachments, in parts, out of the way of whoever lists them."""

    __tablename__ = "attachment_content"
    __table_args__ = (ForeignKeyConstraint(["mailbox"], ["mailbox.id"]),)

    mailbox: int = Field(sa_type=BigInteger, primary_key=True)
    content: int = Field(sa_type=BigInteger, primary_key=True)
    part: int = Field(sa_type=Integer, primary_key=True)
    data: bytes = Field(sa_type=LargeBinary)


class ChecklistItem(SQLModel, table=True):
    """A step of a task; its `id` is a number of its write, `guid` what clients call it by.

    It was `checked` at that instant, if it is.
    """

    __tablename__ = "checklist_item"
    __table_args__ = (
        ForeignKeyConstraint(["mailbox", "task"], ["task.mailbox", "task.id"]),
        UniqueConstraint("mailbox", "task", "guid", name="checklist_item_guid"),
    )

    mailbox: int = Field(sa_type=BigInteger, primary_key=True)
    task: int = Field(sa_type=BigInteger, primary_key=True)
    id: int = Field(sa_type=BigInteger, primary_key=True)
    guid: str
    display_name: str | None = Field(sa_type=TEXT)
    created: int = Field(sa_type=BigInteger)
    checked: int | None = Field(sa_type=BigInteger)
    display_name_key: str | None = Field(sa_type=TEXT)


class LinkedResource(SQLModel, table=True):
    """What a task was made of in another application; numbered and called as a step is."""

    __tablename__ = "linked_resource"
    __table_args__ = (
        ForeignKeyConstraint(["mailbox", "task"], ["task.mailbox", "task.id"]),
        UniqueConstraint("mailbox", "task", "guid", name="linked_resource_guid"),
    )

    mailbox: int = Field(sa_type=BigInteger, primary_key=True)
    task: int = Field(sa_type=BigInteger, primary_key=True)
    id: int = Field(sa_type=BigInteger, primary_key=True)
    guid: str
    web_url: str | None = Field(sa_type=TEXT)
    application_name: str | None = Field(sa_type=TEXT)
    display_name: str | None = Field(sa_type=TEXT)
    external_id: str | None = Field(sa_type=TEXT)
    web_url_key: str | None = Field(sa_type=TEXT)
    application_name_key: str | None = Field(sa_type=TEXT)
    display_name_key: str | None = Field(sa_type=TEXT)
    external_id_key: str | None = Field(sa_type=TEXT)


class OpenExtension(SQLModel, table=True):
    """An open extension of a task or a folder; `content` is JSON text of its open members."""

    __tablename__ = "open_extension"
    __table_args__ = (
        ForeignKeyConstraint(["mailbox"], ["mailbox.id"]),
        Index("open_extension_name", "mailbox", "name_key", "entity"),
    )

    mailbox: int = Field(sa_type=BigInteger, primary_key=True)
    entity: int = Field(sa_type=BigInteger, primary_key=True)
    name: str = Field(sa_type=TEXT)
    content: str = Field(sa_type=TEXT)
    name_key: str = Field(sa_type=TEXT, primary_key=True)


class UploadSession(SQLModel, table=True):
    """An attachment that is on its way, until it `expires`: `received` of `size` bytes are here."""

    __tablename__ = "upload_session"
    __table_args__ = (
        ForeignKeyConstraint(["mailbox", "task"], ["task.mailbox", "task.id"]),
        UniqueConstraint("mailbox", "task", "guid", name="upload_session_guid"),
    )

    mailbox: int = Field(sa_type=BigInteger, primary_key=True)
    id: int = Field(sa_type=BigInteger, primary_key=True)
    task: int = Field(sa_type=BigInteger)
    guid: str
    name: str = Field(sa_type=TEXT)
    content_type: str | None = Field(sa_type=TEXT)
    size: int = Field(sa_type=BigInteger)
    expires: int = Field(sa_type=BigInteger)
    received: int = Field(sa_type=BigInteger)


class UploadSessionPart(SQLModel, table=True):
    """What an upload session has received, in the parts in which attachments are kept."""

    __tablename__ = "upload_session_part"
    __table_args__ = (
        ForeignKeyConstraint(
            ["mailbox", "session"], ["upload_session.mailbox", "upload_session.id"]
        ),
    )

    mailbox: int = Field(sa_type=BigInteger, primary_key=True)
    session: int = Field(sa_type=BigInteger, primary_key=True)
    part: int = Field(sa_type=Integer, primary_key=True)
    data: bytes = Field(sa_type=LargeBinary)


class Change(SQLModel, table=True):
    """The change log: one row per entity that lives or left a tombstone, with its latest number.

    `entity` is the id of a task, folder or group: they come from one counter. `scope` is the
    collection that a client would synchronise: a folder's id for its tasks, or one of the
    constants in `store.changes`.
    """

    __tablename__ = "change_log"
    __table_args__ = (
        Index("change_log_position", "mailbox", "scope", "number", unique=True),
        Index(
            "change_log_tombstone",
            "mailbox",
            "at",
            sqlite_where=text("deleted"),
            postgresql_where=text("deleted"),
        ),
    )

    mailbox: int = Field(sa_type=BigInteger, primary_key=True)
    entity: int = Field(sa_type=BigInteger, primary_key=True)
    scope: int = Field(sa_type=BigInteger)
    number: int = Field(sa_type=BigInteger)
    deleted: bool
    at: int = Field(sa_type=BigInteger)


class SigningKey(SQLModel, table=True):
    """The key that signs tokens, of which there is one; `kid` is what they call it by."""

    __tablename__ = "signing_key"

    id: int = Field(
        sa_type=SmallInteger, primary_key=True, sa_column_kwargs={"autoincrement": False}
    )
    kid: str
    pem: str
    created: int = Field(sa_type=BigInteger)


class SignInCode(SQLModel, table=True):
    """A code that a client exchanges for tokens, by its digest; `user_code` is what people type.

    They belong to no mailbox: until somebody signs in, nobody knows whose they will be.
    """

    __tablename__ = "sign_in_code"
    __table_args__ = (
        Index("sign_in_code_user", "user_code"),
        Index("sign_in_code_expires", "expires"),
    )

    digest: str = Field(primary_key=True)
    user_code: str | None
    state: int = Field(sa_type=SmallInteger)
    content: str
    expires: int = Field(sa_type=BigInteger)


class Snapshot(SQLModel, table=True):
    """All mailboxes as they were when it was `saved`; `revision` is the schema's, then.

    `size` counts the bytes of its parts.
    """

    __tablename__ = "snapshot"

    name: str = Field(primary_key=True)
    saved: int = Field(sa_type=BigInteger)
    revision: str
    mailboxes: int = Field(sa_type=Integer)
    tasks: int = Field(sa_type=Integer)
    size: int = Field(sa_type=BigInteger)


class SnapshotPart(SQLModel, table=True):
    """A part of what is in a snapshot, out of the way of whoever lists them."""

    __tablename__ = "snapshot_part"
    __table_args__ = (ForeignKeyConstraint(["name"], ["snapshot.name"]),)

    name: str = Field(primary_key=True)
    part: int = Field(sa_type=Integer, primary_key=True)
    data: bytes = Field(sa_type=LargeBinary)


def table(model: type[SQLModel]) -> Table:
    """Return the Core table behind a model."""
    return SQLModel.metadata.tables[str(model.__tablename__)]
