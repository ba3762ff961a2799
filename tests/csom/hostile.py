"""Documents that no reader may accept: no XML, or more than plain XML."""

from afterlook.csom.xml import MAX_DEPTH
from tests.csom.sample import request

LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
BOMB = f'<!DOCTYPE a [<!ENTITY l0 "ha">{LAUGHS}]>'
DEFAULTS = " ".join(f'a{n} CDATA "{"x" * 1000}"' for n in range(100))

HOSTILE = {
    "empty": b"",
    "no XML": b"{}",
    "cut": request()[:-3],
    "two roots": b"<a/><a/>",
    "bomb in text": f"{BOMB}<a>&l9;</a>".encode(),
    "bomb in attribute": f'{BOMB}<a b="&l9;"/>'.encode(),
    "defaults of attributes": f"<!DOCTYPE a [<!ATTLIST b {DEFAULTS}>]>"
    f"<a>{'<b/>' * 10_000}</a>".encode(),
    "DOCTYPE": b"<!DOCTYPE Request>" + request(),
    "DOCTYPE in UTF-16": ("<!DOCTYPE Request>" + request().decode()).encode("utf-16"),
    "external subset": b'<!DOCTYPE Request SYSTEM "file:///etc/passwd">' + request(),
    "external entity": b'<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>',
    "unknown entity": b"<a>&e;</a>",
    "control character": b"<a>\x01</a>",
    "reference to a control character": b"<a>&#1;</a>",
    "lone surrogate": b"<a>\xed\xa0\x80</a>",
    "reference to a surrogate": b"<a>&#xd800;</a>",
    "not UTF-8": b"<a>\xff</a>",
    "unknown encoding": b'<?xml version="1.0" encoding="x"?><a/>',
    "deep": b"<a>" * 10_000,
    "deep and whole": b"<a>" * (MAX_DEPTH + 1) + b"</a>" * (MAX_DEPTH + 1),
    "the same attribute twice": b'<a b="" b=""/>',
}
