"""The tables of what providers have: their lists, and the tasks in these.

Owns columns, keys and indexes, by the rules of `store.tables`. What of it is on a user's own list
stands in `store.workmanagement.tables`. Must not know a statement.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Double,
    ForeignKeyConstraint,
    Index,
    Integer,
    SmallInteger,
    UniqueConstraint,
)
from sqlmodel import Field, SQLModel

from afterlook.store.tables import TEXT


class SourceList(SQLModel, table=True):
    """A list of tasks in a site, or a project.

    `change` is the number of the latest write to it or to an item of it, `seen` the one up to
    which refreshes have read it; `location` is the place that it became on the user's list, once
    the user had a task there. `is_down` says that its provider cannot be asked.
    """

    __tablename__ = "source_list"
    __table_args__ = (
        ForeignKeyConstraint(["mailbox"], ["mailbox.id"]),
        UniqueConstraint("mailbox", "web_key", "title_key", name="source_list_title"),
    )

    mailbox: int = Field(sa_type=BigInteger, primary_key=True)
    id: int = Field(sa_type=Integer, primary_key=True)
    guid: str
    provider: int = Field(sa_type=SmallInteger)
    web: str = Field(sa_type=TEXT)
    web_key: str = Field(sa_type=TEXT)
    title: str = Field(sa_type=TEXT)
    title_key: str = Field(sa_type=TEXT)
    description: str = Field(sa_type=TEXT)
    template: int = Field(sa_type=Integer)
    change: int = Field(sa_type=BigInteger)
    seen: int = Field(sa_type=BigInteger)
    location: int | None = Field(sa_type=Integer)
    next_item: int = Field(sa_type=Integer)
    items: int = Field(sa_type=Integer)
    created: int = Field(sa_type=BigInteger)
    modified: int = Field(sa_type=BigInteger)
    is_down: bool


class SourceItem(SQLModel, table=True):
    """A task in a list, or what is left of one until a refresh has seen that it is gone.

    `start` and `due` are ticks as in `WorkTask`; `assigned` and `predecessors` are numbers, each
    between commas.
    """

    __tablename__ = "source_item"
    __table_args__ = (
        ForeignKeyConstraint(["mailbox", "list"], ["source_list.mailbox", "source_list.id"]),
        Index("source_item_change", "mailbox", "list", "change"),
    )

    mailbox: int = Field(sa_type=BigInteger, primary_key=True)
    list: int = Field(sa_type=Integer, primary_key=True)
    id: int = Field(sa_type=Integer, primary_key=True)
    guid: str
    version: int = Field(sa_type=Integer)
    change: int = Field(sa_type=BigInteger)
    deleted: bool
    title: str = Field(sa_type=TEXT)
    body: str | None = Field(sa_type=TEXT)
    start: int | None = Field(sa_type=BigInteger)
    due: int | None = Field(sa_type=BigInteger)
    percent: float = Field(sa_type=Double)
    status: str = Field(sa_type=TEXT)
    priority: str = Field(sa_type=TEXT)
    assigned: str = Field(sa_type=TEXT)
    parent: int | None = Field(sa_type=Integer)
    predecessors: str = Field(sa_type=TEXT)
    is_workflow: bool
    created: int = Field(sa_type=BigInteger)
    modified: int = Field(sa_type=BigInteger)
    title_key: str | None = Field(sa_type=TEXT)
