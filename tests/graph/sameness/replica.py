"""A client that keeps a copy by delta queries, and trusts nobody: docs/reference/graph.md §9."""

from urllib.parse import quote

from tests.graph.sameness.mapping import Json
from tests.sync.replica import Get, Outcome, Replica, State, relative

NEXT, DELTA = "@odata.nextLink", "@odata.deltaLink"


class GraphReplica(Replica):
    """A copy of the lists, or of the tasks of one; `address` is that of the collection."""

    def turn(self, get: Get, size: int | None = None) -> Outcome:
        """Send the next request and take its answer in."""
        size, link, at = size or self.size, self.state.link, f"{self.address}/delta"
        first = link is None
        if link is None:
            link = f"{at}?{self.options}" if self.options else at
        answer = get(link, {"Prefer": f"odata.maxpagesize={size}"})
        if answer.status == 404:
            assert answer.body["error"]["code"] == "ErrorItemNotFound"
            return "gone"
        if answer.status == 410:
            assert not first, "a first round has expired"
            assert answer.body["error"]["code"] == "syncStateNotFound"
            assert relative(answer.headers["location"]) == f"{at}?$deltatoken="
            self.state = State()
            return "expired"
        assert answer.status == 200, (link, answer)
        assert answer.headers["preference-applied"] == f"odata.maxpagesize={size}"
        assert len(answer.body["value"]) <= size
        before = State() if first else self.state
        self.begun += first
        ended = DELTA in answer.body
        assert ended != (NEXT in answer.body), answer.body
        following = relative(answer.body[DELTA if ended else NEXT])
        token = "$deltatoken=" if ended else "$skiptoken="
        assert following.startswith(f"{at}?{token}"), following
        entries = [_entry(one) for one in answer.body["value"]]
        return self._absorb(before, entries, following, ended=ended)

    def listed(self, get: Get) -> dict[str, Json]:
        """Return the plain list, with what the copy has expanded."""
        link: str | None = f"{self.address}?$top=999{'&' if self.options else ''}{self.options}"
        if self.address.endswith("/lists"):
            whole = get(f"{self.address}?$top=999", {}).body["value"]
            flagged = [one["id"] for one in whole if one["wellknownListName"] == "flaggedEmails"]
            self.built_in = frozenset(flagged)
        found: dict[str, Json] = {}
        while link is not None:
            answer = get(link, {})
            assert answer.status == 200, (link, answer)
            found |= {one["id"]: self.comparable(one) for one in answer.body["value"]}
            link = answer.body.get(NEXT)
        return found

    def comparable(self, entity: Json) -> Json:
        """Leave off what says how it was asked for; parts come inline in a plain list alone."""
        left_off = {"@odata.type"} | {
            name for name in ("checklistItems", "linkedResources") if name not in self.options
        }
        return {
            name: value
            for name, value in entity.items()
            if name not in left_off and not name.endswith("@odata.context")
        }


def _entry(one: Json) -> tuple[str, Json | None]:
    if "@removed" not in one:
        return str(one["id"]), one
    assert one == {"@removed": {"reason": "deleted"}, "id": one["id"]}
    return str(one["id"]), None


def tasks_of(root: str, key: str) -> str:
    """Return the address of the tasks of a list."""
    return f"{root}/me/todo/lists/{quote(key)}/tasks"
