"""What people met who moved to Graph To Do, and what helps: docs/reference/graph.md §14."""

from __future__ import annotations

from typing import NamedTuple


class Trap(NamedTuple):
    """What one meets, what helps, and which cases of docs/reference/graph.md §14 it is."""

    met: str
    do: str
    cases: tuple[int, ...]


TRAPS = (
    Trap(
        "A due time becomes midnight, and the day may be another one for who reads it as UTC",
        "send midnight in the user's zone with that zone, and ask with Prefer: outlook.timezone",
        (1, 2),
    ),
    Trap(
        "completedDateTime is on the wrong day, and zones come back by other names",
        "compare instants, never the names of zones; read Windows and IANA names",
        (3,),
    ),
    Trap("An HTML body comes back as text", "keep what must not be lost outside of the body", (4,)),
    Trap("$select on tasks is refused, or has no effect", "do without it", (5,)),
    Trap(
        "Fewer lists or tasks come than there are",
        "follow @odata.nextLink; a page has 50 without $top; read lists by lists/delta",
        (6,),
    ),
    Trap("$skip and $count don't work on lists", "read all lists, and count them", (7,)),
    Trap("wellknownListName can't be filtered by", "read all lists, and look for it", (8,)),
    Trap(
        "contains() is dropped beside another clause of $filter",
        "send the other clause, and look into the titles yourself",
        (9,),
    ),
    Trap("The default list can't be renamed", "expect 400 invalidRequest", (10,)),
    Trap(
        "Tasks, as the name of the default list, works for some calls only",
        "use the list's id",
        (11,),
    ),
    Trap(
        "More than one linkedResource in the POST of a task is refused",
        "POST the others to …/linkedResources",
        (12,),
    ),
    Trap(
        "The range of a recurrence is refused in PATCH",
        "send the pattern alone, or create the task anew",
        (13,),
    ),
    Trap(
        "A recurring task keeps its id when it is completed: it has become the next one",
        "read it again after the PATCH; the one that is done has a new id",
        (14,),
    ),
    Trap(
        "A new due date makes two of a recurring task, and lists may lack its recurrence",
        "read the task itself before you change it",
        (15,),
    ),
    Trap(
        "An extension is not found after its 201, and can't be expanded in delta",
        "read it by its address",
        (16,),
    ),
    Trap(
        "An upload session's URL answers 404 UnknownError, and applications get none",
        "PUT to {uploadUrl}/content, with the user's token",
        (17,),
    ),
    Trap(
        "There are no moves, no groups, no order and no My Day",
        "create and delete in place of a move, and note the new id",
        (18,),
    ),
    Trap("A delta token is too old: 410", "begin with a first round, and compare by id", (19,)),
    Trap("A completed task vanishes from a view", "ask without a filter by status", (20,)),
    Trap(
        "Reopening a task clears completedDateTime",
        "keep that date yourself if you need it",
        (21,),
    ),
    Trap("The fifth call at once is throttled", "four at a time; heed Retry-After", (22,)),
    Trap(
        "A list's name twice makes one with (n) behind its name, where there was an error",
        "look for the name before you create a list",
        (23,),
    ),
    Trap("A mailbox may have no REST at all: 404", "tell the user, and don't try again", (24,)),
)
