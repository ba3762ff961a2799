"""The tables of Work Management: one list of tasks to a mailbox, and what belongs to it.

Owns columns, keys and indexes, by the rules of `store.tables`. Ids are small integers counted
from 1 in each mailbox, since clients hold them in 32 bits.
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
    text,
)
from sqlmodel import Field, SQLModel

from afterlook.store.tables import TEXT


class WorkTask(SQLModel, table=True):
    """A list task: one of the user's own, or a pointer to one that a provider has.

    `start` and `due` are ticks of a day and time in no zone; `position` is the user's own order;
    `attributes` is JSON text with each item on a line of its own. `provider_key` names the task to
    its provider, and stands in for an identity that nobody else in the mailbox has. `change` is the
    number of its latest write but for moves within the user's order.
    """

    __tablename__ = "work_task"
    __table_args__ = (
        ForeignKeyConstraint(["mailbox"], ["mailbox.id"]),
        UniqueConstraint("mailbox", "provider", "provider_key", name="work_task_source"),
        Index("work_task_order", "mailbox", "position", "id"),
        Index("work_task_active", "mailbox", "is_completed", "due"),
        Index("work_task_change", "mailbox", "change", "id"),
    )

    mailbox: int = Field(sa_type=BigInteger, primary_key=True)
    id: int = Field(sa_type=Integer, primary_key=True)
    name: str = Field(sa_type=TEXT)
    name_key: str = Field(sa_type=TEXT)
    description: str | None = Field(sa_type=TEXT)
    description_key: str | None = Field(sa_type=TEXT)
    start: int | None = Field(sa_type=BigInteger)
    due: int | None = Field(sa_type=BigInteger)
    is_completed: bool
    pinned: int | None = Field(sa_type=BigInteger)
    location: int = Field(sa_type=Integer)
    edit_url: str | None = Field(sa_type=TEXT)
    is_read_only: bool
    modified: int = Field(sa_type=BigInteger)
    discovered: int = Field(sa_type=BigInteger)
    position: int = Field(sa_type=BigInteger)
    provider: int = Field(sa_type=SmallInteger)
    provider_key: str | None = Field(sa_type=TEXT)
    custom_data: str | None = Field(sa_type=TEXT)
    attributes: str = Field(sa_type=TEXT)
    change: int = Field(sa_type=BigInteger, sa_column_kwargs={"server_default": text("0")})


class WorkLocation(SQLModel, table=True):
    """A place that tasks come from; `parent` is -1 for one that is within no other.

    `active` is when a task was last seen there.
    """

    __tablename__ = "work_location"
    __table_args__ = (ForeignKeyConstraint(["mailbox"], ["mailbox.id"]),)

    mailbox: int = Field(sa_type=BigInteger, primary_key=True)
    id: int = Field(sa_type=Integer, primary_key=True)
    name: str = Field(sa_type=TEXT)
    parent: int = Field(sa_type=Integer)
    provider: int = Field(sa_type=SmallInteger)
    url: str | None = Field(sa_type=TEXT)
    color: str | None = Field(sa_type=TEXT)
    active: int = Field(sa_type=BigInteger)


class WorkSettings(SQLModel, table=True):
    """What a user has set, as JSON text, and the next ids to hand out.

    `exchange_ended` and `exchange_result` are of the last synchronisation with the mailbox;
    `exchange_began` is when the one under way last did a portion. `exchange_outlook` is how far the
    tasks of the mailbox have been followed; `exchange_change` and `exchange_task` together how far
    those of the list, -1 while the two are being paired.
    """

    __tablename__ = "work_settings"
    __table_args__ = (
        ForeignKeyConstraint(["mailbox"], ["mailbox.id"]),
        Index(
            "work_settings_exchange",
            "mailbox",
            sqlite_where=text("is_exchange_on"),
            postgresql_where=text("is_exchange_on"),
        ),
    )

    mailbox: int = Field(sa_type=BigInteger, primary_key=True)
    settings: str = Field(sa_type=TEXT)
    persisted: str = Field(sa_type=TEXT)
    next_task: int = Field(sa_type=Integer)
    next_location: int = Field(sa_type=Integer)
    next_refresh: int = Field(sa_type=Integer)
    is_exchange_on: bool
    exchange_ended: int | None = Field(sa_type=BigInteger)
    exchange_result: int = Field(sa_type=SmallInteger)
    exchange_began: int | None = Field(sa_type=BigInteger)
    exchange_outlook: int = Field(
        sa_type=BigInteger, sa_column_kwargs={"server_default": text("0")}
    )
    exchange_change: int = Field(
        sa_type=BigInteger, sa_column_kwargs={"server_default": text("-1")}
    )
    exchange_task: int = Field(sa_type=Integer, sa_column_kwargs={"server_default": text("0")})


class WorkExchangePair(SQLModel, table=True):
    """A task of the list, and the task of the mailbox that is the same.

    `task_change` and `outlook_change` are their numbers when they last agreed, and `base` is JSON
    text of what they agreed on. `gone` says that the one of the list has been deleted since.
    """

    __tablename__ = "work_exchange_pair"
    __table_args__ = (
        ForeignKeyConstraint(["mailbox"], ["mailbox.id"]),
        UniqueConstraint("mailbox", "outlook", name="work_exchange_pair_outlook"),
        Index(
            "work_exchange_pair_gone",
            "mailbox",
            "task",
            sqlite_where=text("gone"),
            postgresql_where=text("gone"),
        ),
    )

    mailbox: int = Field(sa_type=BigInteger, primary_key=True)
    task: int = Field(sa_type=Integer, primary_key=True)
    outlook: int = Field(sa_type=BigInteger)
    task_change: int = Field(sa_type=BigInteger)
    outlook_change: int = Field(sa_type=BigInteger)
    base: str = Field(sa_type=TEXT)
    gone: bool


class WorkExchangeSkip(SQLModel, table=True):
    """A task of the mailbox that Exchange sync last skipped, as the list cannot hold it.

    It may be gone by now.
    """

    __tablename__ = "work_exchange_left_out"
    __table_args__ = (ForeignKeyConstraint(["mailbox"], ["mailbox.id"]),)

    mailbox: int = Field(sa_type=BigInteger, primary_key=True)
    outlook: int = Field(sa_type=BigInteger, primary_key=True)


class WorkRefresh(SQLModel, table=True):
    """A refresh of the list, under way or over; `changes` and `providers` are JSON text."""

    __tablename__ = "work_refresh"
    __table_args__ = (
        ForeignKeyConstraint(["mailbox"], ["mailbox.id"]),
        Index(
            "work_refresh_pending",
            "mailbox",
            "id",
            sqlite_where=text("state = 1"),
            postgresql_where=text("state = 1"),
        ),
    )

    mailbox: int = Field(sa_type=BigInteger, primary_key=True)
    id: int = Field(sa_type=Integer, primary_key=True)
    state: int = Field(sa_type=SmallInteger)
    started: int = Field(sa_type=BigInteger)
    finished: int | None = Field(sa_type=BigInteger)
    new_tasks: int = Field(sa_type=Integer)
    correlation: str = Field(sa_type=TEXT)
    changes: str = Field(sa_type=TEXT)
    providers: str = Field(sa_type=TEXT)


class WorkLease(SQLModel, table=True):
    """What one process of all may do, until an instant: the jobs of every mailbox."""

    __tablename__ = "work_lease"

    name: str = Field(primary_key=True)
    owner: str
    until: int = Field(sa_type=BigInteger)


class ProviderList(SQLModel, table=True):
    """A list of tasks in a site, or a project.

    `change` is the number of the latest write to it or to an item of it, `seen` the one up to
    which refreshes have read it; `location` is the place that it became on the user's list, once
    the user had a task there. `is_down` says that its provider cannot be read.
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


class ProviderItem(SQLModel, table=True):
    """A task in a list, or what is left of one until a refresh has read that it is deleted.

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
