"""Requests that cost little to send and much to read: C21 and C22.

Owns what is sent, and the refusal or answer that is to come. Must not know how one is measured.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from benchmarks.attack import wire
from benchmarks.attack.stage import CSOM, MEGABYTE, TASKS, Attack, Stage, expect
from tests.sharepoint.om.client import DATA, ROOT

_BATCH = "/api/beta/$batch"
_API = "/_api/web/lists"
_XML = {"Content-Type": "text/xml"}
_XMLNS = "http://www.w3.org/2001/XMLSchema-instance"
_MULTIPART = {"Content-Type": "multipart/mixed; boundary=b"}
_NEARLY = 4 * MEGABYTE - 2000

Make = Callable[[Stage], bytes]


def _bomb(group: str, name: str, make: Make, *statuses: int, says: bytes = b"") -> Attack:
    def run(stage: Stage) -> str:
        return expect(stage.send(make(stage)), *statuses, says=says)

    return Attack(group, name, run)


def _post(body: object, target: str = TASKS) -> Make:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return lambda _: wire.write("POST", target, raw)


def _get(target: str, headers: Mapping[str, str] = MappingProxyType({})) -> Make:
    return lambda stage: wire.write("GET", target.format(task=stage.task), headers=headers)


def _csom(actions: str, paths: str = "", root: str = ROOT) -> Make:
    actions = actions if actions.startswith("<Actions") else f"<Actions>{actions}</Actions>"
    raw = f"{root}{actions}<ObjectPaths>{paths}</ObjectPaths></Request>".encode()
    return lambda _: wire.write("POST", CSOM, raw, _XML)


def _property(type_: str, value: str) -> Make:
    given = [{"PropertyId": f"{type_} 0x1", "Value": value}]
    return _post({"SingleValueExtendedProperties": given})


def _attributes(count: int, prefix: str = "") -> Make:
    many = " ".join(f'{prefix}a{number}=""' for number in range(count))
    return _csom(f'<ObjectPath Id="1" ObjectPathId="1" xmlns:i="{_XMLNS}" {many} />')


def _where(count: int) -> Make:
    """Ask for the tasks of which one of so many conditions holds: none does until the last."""
    test = (
        '<EQ><ExpressionProperty Name="Name"><ExpressionParameter Name="x" /></ExpressionProperty>'
        '<ExpressionConstant Type="String">x</ExpressionConstant></EQ>'
    )
    tests = [test] * count
    while len(tests) > 1:
        pairs = zip(tests[::2], tests[1::2], strict=True)
        tests = [f"<OR>{left}{right}</OR>" for left, right in pairs]
    where = (
        "<QueryableExpression><Where><Test><Parameters><Parameter Name='x' /></Parameters>"
        f"<Body>{tests[0]}</Body></Test><Object><QueryableObject /></Object></Where>"
        "</QueryableExpression></ChildItemQuery>"
    )
    example = (DATA / "example-4.1.xml").read_text("utf-8").replace("</ChildItemQuery>", where)
    raw = f"{ROOT}{example}</Request>".encode()
    return lambda _: wire.write("POST", CSOM, raw, _XML)


def _array(count: int) -> Make:
    """Set the property that takes the longest arrays."""
    many = '<Object Type="Number">1</Object>' * count
    example = (DATA / "example-4.1.xml").read_text("utf-8")
    example = example.replace('"Array" />', f'"Array">{many}</Parameter>', 1)
    raw = f"{ROOT}{example}</Request>".encode()
    return lambda _: wire.write("POST", CSOM, raw, _XML)


def _multipart(part: bytes, times: int = 1) -> Make:
    raw = b"".join(b"--b\r\n" + part + b"\r\n" for _ in range(times)) + b"--b--\r\n"
    return lambda _: wire.write("POST", _BATCH, raw, _MULTIPART)


def _batch(*requests: dict[str, Any], target: str = _BATCH) -> Make:
    return _post({"requests": list(requests)}, target)


def _attachment(content: str) -> Make:
    body = {"@odata.type": "#Microsoft.OutlookServices.FileAttachment", "Name": "x"}
    raw = json.dumps({**body, "ContentBytes": content}).encode()
    return lambda stage: wire.write("POST", f"{stage.task}/attachments", raw)


_ONE = {"id": "1", "method": "GET", "url": "/api/beta/me/tasks"}
_FILTER = "%20or%20".join(["Subject%20ne%20'a'"] * 199)

ATTACKS = [
    _bomb("C21", "Double of 20,000 digits", _property("Double", "9" * 20_000 + "e"), 400),
    _bomb("C21", "Double of 3.9 million digits", _property("Double", "9" * 3_900_000 + "e"), 400),
    _bomb("C21", "Integer of 3.9 million digits", _property("Integer", "9" * 3_900_000), 400),
    _bomb("C21", "Float of 3.9 million zeros", _property("Float", "." + "0" * 3_900_000), 400),
    _bomb("C21", "PropertyId of 3.9 million spaces", _property(" " * 3_900_000, "1"), 400),
    _bomb("C21", "JSON number of 3.9 million digits", _post(b'{"x":' + b"9" * _NEARLY + b"}"), 400),
    _bomb("C21", "date of 3.9 million digits",
          _post({"DueDateTime": {"DateTime": "2" * _NEARLY}}), 400),
    _bomb("C21", "time zone of 3.9 MB", _post({"DueDateTime": {"DateTime": "2016-01-01T00:00",
          "TimeZone": "\u0130" * (_NEARLY // 6)}}), 400),
    _bomb("C21", "filter of 8,000 digits", _get(f"{TASKS}?$filter=Id%20eq%20{'9' * 8_000}"), 400),
    _bomb("C21", "subject of 0.6 million Turkish I", _post({"Subject": "\u0130" * 600_000}), 201),
    _bomb("C21", "CSOM number of 1.9 million digits", _csom(
          '<SetProperty Id="1" ObjectPathId="1" Name="x"><Parameter Type="Number">'
          f'{"9" * 1_900_000}</Parameter></SetProperty>'), 200),
    _bomb("C22", "40,000 attributes", _attributes(40_000), 200, says=b"attributes"),
    _bomb("C22", "180,000 attributes", _attributes(180_000), 200, says=b"resources"),
    _bomb("C22", "140,000 attributes", _attributes(140_000), 200, says=b"attributes"),
    _bomb("C22", "100,000 attributes of xsi", _attributes(100_000, "i:"), 200, says=b"attributes"),
    _bomb("C22", "40,000 namespaces", _csom("", root=ROOT.replace(">", " ") + " ".join(
          f'xmlns:n{number}="u{number}"' for number in range(40_000)) + ">"), 200),
    _bomb("C22", "450,000 elements", _csom("<a/>" * 450_000), 200, says=b"resources"),
    _bomb("C22", "40,000 actions", _csom('<ObjectPath Id="1" ObjectPathId="1" />' * 40_000), 200),
    _bomb("C22", "a chain of 30,000 paths", _csom('<ObjectPath Id="1" ObjectPathId="30000" />',
          "".join(f'<Property Id="{n}" ParentId="{n - 1}" Name="Web" />'
                  for n in range(1, 30_001))), 200),
    _bomb("C22", "an array of 45,000 numbers", _array(45_000), 200),
    _bomb("C22", "4,096-way Where", _where(4_096), 200),
    _bomb("C22", "256-way Where", _where(256), 200),
    _bomb("C22", "300,000 unknown members",
          _post({f"x{number}": 1 for number in range(300_000)}), 400),
    _bomb("C22", "19,000 unknown members", _post({f"x{n}": 1 for n in range(19_000)}), 400),
    _bomb("C22", "1.3 million empty arrays", _post(b'{"x":[' + b"[]," * 1_300_000 + b"[]]}"), 400),
    _bomb("C22", "19,000 wrong categories", _post({"Categories": [1] * 19_000}), 400),
    _bomb("C22", "2 million texts without commas", _post(b'{"x":' + b'""' * 1_900_000 + b"}"), 400),
    _bomb("C22", "a text of 3.9 million commas", _post({"Subject": "," * _NEARLY}), 201),
    _bomb("C22", "a text of 1.9 million quotes", _post({"Subject": '"' * (_NEARLY // 2)}), 201),
    _bomb("C22", "25,000 extended properties", _post({"SingleValueExtendedProperties": [
          {"PropertyId": f"String 0x{n:x}", "Value": "x"} for n in range(25_000)]}), 400),
    _bomb("C22", "251 extended properties", _post({"SingleValueExtendedProperties": [
          {"PropertyId": f"String 0x{n:x}", "Value": "x"} for n in range(251)]}), 400, says=b"250"),
    _bomb("C22", "600,000 header lines in a part", _multipart(b"a:b\r\n" * 600_000), 400),
    _bomb("C22", "500,000 parts", _multipart(b"", 500_000), 400),
    _bomb("C22", "a part without an end of 4 MB", _multipart(b"x" * (_NEARLY - 20)), 400),
    _bomb("C22", "20,000 requests in a batch", _batch(*[_ONE] * 20_000), 400),
    _bomb("C22", "an address of 3.9 MB in a batch", _batch({**_ONE, "url": "é" * 600_000}), 200),
    _bomb("C22", "a method of 3.9 MB in a batch", _batch({**_ONE, "method": "x" * _NEARLY}), 400),
    _bomb("C22", "5,000 headers in a batch",
          _batch({**_ONE, "headers": {f"h{n}": "x" for n in range(5_000)}}), 400),
    _bomb("C22", "19,000 dependencies", _batch({**_ONE, "dependsOn": ["1"] * 19_000}), 400),
    _bomb("C22", "filter of 199 comparisons", _get(f"{TASKS}?$top=1&$filter={_FILTER}"), 200),
    _bomb("C22", "filter of 8 KB of parentheses", _get(f"{TASKS}?$filter={'(' * 8_000}"), 400),
    _bomb("C22", "$select of 7,000 names", _get(f"{TASKS}?$select={'Id,' * 5_000}Id"), 400),
    _bomb("C22", "$orderby of 5,000 names", _get(f"{TASKS}?$orderby={'Id,' * 5_000}Id"), 400),
    _bomb("C22", "$expand of 1,000 names", _get(f"{TASKS}?$expand={'Attachments,' * 1_000}x"), 400),
    _bomb("C22", "7,000 options", _get(f"{TASKS}?{'a&' * 7_000}"), 400),
    _bomb("C22", "7,000 options at _api", _get(f"{_API}?{'a&' * 7_000}"), 400),
    _bomb("C22", "15,000 empty segments", _get(f"{TASKS}{'/' * 15_000}x"), 400, 404),
    _bomb("C22", "8,000 segments", _get(f"{TASKS}{'/a' * 8_000}"), 414),
    _bomb("C22", "250 segments", _get(f"{TASKS}{'/a' * 240}"), 400, 404),
    _bomb("C22", "8,000 segments at _api", _get(f"{'/a' * 7_900}/_api/web"), 404),
    _bomb("C22", "Prefer of 60 KB", _get(TASKS, {"Prefer": "a," * 30_000}), 431),
    _bomb("C22", "Prefer of 8 KB", _get(TASKS, {"Prefer": "a," * 4_000}), 200),
    _bomb("C22", "Accept of 60 KB", _get(TASKS, {"Accept": "a;odata.metadata=x," * 3_000}), 431),
    _bomb("C22", "Accept of 8 KB", _get(TASKS, {"Accept": "a;odata.metadata=x," * 400}), 200),
    _bomb("C22", "If-Match of 60 KB", _get("{task}", {"If-Match": '"",' * 20_000}), 431),
    _bomb("C22", "token of 60 KB", _get(TASKS, {"Authorization": "Bearer " + "e30." * 15_000}),
          200),
    _bomb("C22", "JWT of 60 KB", _get(TASKS, {"Authorization": f"Bearer .{'W1tb' * 15_000}."}),
          200),
    _bomb("C22", "cookie of 60 KB", _get(TASKS, {"Cookie": "a=b;" * 15_000}), 200),
    _bomb("C22", "3.9 MB of spaced base64", _attachment("AAAA " * (_NEARLY // 5)), 201),
    _bomb("C22", "3.9 MB of wrong base64", _attachment("AAAA" * (_NEARLY // 4 - 50) + "*"), 400),
]  # fmt: skip
