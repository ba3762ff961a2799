"""client.svc: addresses, headers, and objects that generic samples ask for."""

from uuid import UUID, uuid4

import pytest

from tests.csom.sample import query, request
from tests.sharepoint.helpers import CONTEXT, PROCESS_QUERY, WEB_PATHS, parsed, post, process
from tests.support.wire import Mailbox

SEEN = """\
<Actions><ObjectPath Id="105" ObjectPathId="104" /><ObjectPath Id="107" ObjectPathId="106" />\
<ConditionalScope Id="108"><Test><Body><EQ><ExpressionProperty Name="Title"><ExpressionConstant \
ObjectPathId="106" /></ExpressionProperty><ExpressionConstant Type="String">x</ExpressionConstant>\
</EQ></Body></Test><IfTrueScope Id="110"><Query Id="112" ObjectPathId="106"><Query \
SelectAllProperties="true"><Properties /></Query></Query></IfTrueScope><IfFalseScope Id="114">\
<Query Id="116" ObjectPathId="106"><Query SelectAllProperties="false"><Properties><Property \
Name="Url" SelectAll="true" /></Properties></Query></Query></IfFalseScope></ConditionalScope>\
</Actions><ObjectPaths><StaticProperty Id="104" TypeId="{3747adcd-a3c3-41b9-bfab-4a64dd2f1e0a}" \
Name="Current" /><Property Id="106" ParentId="104" Name="Web" /></ObjectPaths>"""
"""As SharePoint's own JavaScript client writes it."""


@pytest.mark.observed("csom.headers")
def test_headers(me: Mailbox) -> None:
    response = post(me, PROCESS_QUERY, request())

    trace = parsed(response)[0]["TraceCorrelationId"]
    assert response.headers["SPRequestGuid"] == trace == str(UUID(trace))
    assert response.headers.get("SharePointError", "") == ""
    assert response.headers["X-SharePointHealthScore"] == "0"
    assert int(response.headers["SPClientServiceRequestDuration"]) >= 0
    assert response.headers["Cache-Control"] == "private, max-age=0"


@pytest.mark.observed("csom.header")
def test_the_header_comes_first_and_alone_where_nothing_was_asked(me: Mailbox) -> None:
    response = post(me, PROCESS_QUERY, request())

    (header,) = parsed(response)
    assert (header["SchemaVersion"], header["LibraryVersion"]) == ("15.0.0.0", "15.0.4420.1017")
    assert header["ErrorInfo"] is None
    assert response.text.startswith('[\r\n{\r\n"SchemaVersion":"15.0.0.0",')
    assert response.text.endswith('"\r\n}\r\n]')


@pytest.mark.observed("csom.trace")
def test_the_client_may_name_its_request(me: Mailbox) -> None:
    mine = str(uuid4())

    assert process(me, SPResponseGuid=mine)[0]["TraceCorrelationId"] == mine
    assert process(me, SPResponseGuid="mine")[0]["TraceCorrelationId"] != "mine"


@pytest.mark.observed("csom.address")
@pytest.mark.once
@pytest.mark.parametrize("web", ["", "/personal/user_x", "/sites/a/b", "/Sites/%C3%BC%20%27x%27"])
@pytest.mark.parametrize("spelt", [str, str.lower, str.upper])
def test_any_web(me: Mailbox, web: str, spelt: type[str]) -> None:
    assert parsed(post(me, spelt(web + PROCESS_QUERY), request()))


@pytest.mark.inferred("csom.address-bounds")
def test_slashes_too_many(me: Mailbox) -> None:
    raw = request(query(106), WEB_PATHS)
    response = post(me, f"/sites//a/{PROCESS_QUERY}/", raw)

    assert parsed(response)[2]["ServerRelativeUrl"] == "/sites/a"


@pytest.mark.inferred("csom.address-bounds")
@pytest.mark.parametrize("web", ["/x" * 16, "/" + "x" * 128])
def test_the_longest_webs(me: Mailbox, web: str) -> None:
    assert process(me, query(106), WEB_PATHS, web)[2]["ServerRelativeUrl"] == web


@pytest.mark.inferred("csom.address-bounds")
@pytest.mark.once
@pytest.mark.parametrize("web", ["/x" * 17, "/" + "x" * 129, "/x%01"])
def test_no_web(me: Mailbox, web: str) -> None:
    assert post(me, web + PROCESS_QUERY, request()).status_code == 404


@pytest.mark.inferred("csom.address-bounds")
@pytest.mark.once
@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
@pytest.mark.parametrize("address", [PROCESS_QUERY, "/_api/contextinfo", "/_vti_bin/sites.asmx"])
def test_other_methods(me: Mailbox, method: str, address: str) -> None:
    response = me.send(method, address)

    assert response.status_code == 405
    assert response.headers["Allow"] == "POST"


@pytest.mark.observed("csom.web")
@pytest.mark.parametrize("web", ["/", "/personal/user_x"])
def test_the_web(me: Mailbox, web: str) -> None:
    request_ = query(106, number=70)
    _, number, rendered = process(me, request_, WEB_PATHS, web.rstrip("/"))

    assert number == 70
    assert rendered["_ObjectType_"] == "SP.Web"
    assert rendered["Title"] == "Afterlook"
    assert rendered["Url"] == f"{me.wire.url}{web}".rstrip("/")
    assert rendered["ServerRelativeUrl"] == web


@pytest.mark.observed("csom.web")
def test_the_web_by_the_context(me: Mailbox) -> None:
    properties = '<Properties><Property Name="Web" SelectAll="true" /></Properties>'
    wanted = f'<Query SelectAllProperties="true">{properties}</Query>'

    assert process(me, query(104, wanted), WEB_PATHS)[2]["Web"]["Title"] == "Afterlook"


@pytest.mark.inferred("csom.site")
@pytest.mark.in_process
@pytest.mark.parametrize(
    ("web", "site"), [("/", "/"), ("/personal/user_x/sub", "/personal/user_x"), ("/pwa", "/")]
)
def test_the_site(me: Mailbox, web: str, site: str) -> None:
    paths = WEB_PATHS + '<Property Id="120" ParentId="104" Name="Site" />'
    paths += '<Property Id="121" ParentId="120" Name="RootWeb" />'
    actions = query(120, number=70) + query(121, number=71)
    _, _, found, _, root = process(me, actions, paths, web.rstrip("/"))

    assert found["_ObjectType_"] == "SP.Site"
    assert found["Url"] == root["Url"] == f"{me.wire.url}{site}".rstrip("/")
    assert found["ServerRelativeUrl"] == root["ServerRelativeUrl"] == site
    assert root["_ObjectType_"] == "SP.Web"
    by_rest = me.get(f"{web.rstrip('/')}/_api/site", Accept="application/json;odata=nometadata")
    assert found["Id"] == f"/Guid({by_rest.json()['Id']})/"
    for one in (found, root):
        name = one["_ObjectIdentity_"]
        again = process(me, query(5), f'<Identity Id="5" Name="{name}" />', web.rstrip("/"))[2]
        assert again == one


@pytest.mark.observed("csom.expressions")
def test_a_conditional_scope_as_the_client_writes_it(me: Mailbox) -> None:
    whole = request().decode().replace("<Actions></Actions><ObjectPaths></ObjectPaths>", SEEN)

    _, *answer = parsed(post(me, PROCESS_QUERY, whole.encode()))

    results = dict(zip(answer[::2], answer[1::2], strict=True))
    assert list(results) == [105, 107, 108, 116]
    assert results[107]["IsNull"] is False
    assert results[108] == {"Test": False}
    assert results[116]["Url"] == me.wire.url
    assert "Title" not in results[116]


@pytest.mark.observed("csom.identity")
def test_the_web_is_found_again_by_its_identity(me: Mailbox) -> None:
    ask = (
        '<ObjectPath Id="1" ObjectPathId="106" /><ObjectIdentityQuery Id="2" ObjectPathId="106" />'
    )
    _, _, path, _, identified = process(me, ask, WEB_PATHS, "/sites/a")
    name = identified["_ObjectIdentity_"]
    assert path == {"IsNull": False, "_ObjectIdentity_": name}
    assert name.startswith("740c6a0b-85e2-48a0-a494-e0f1759d4aa7:site:")

    again = process(me, query(106), f'<Identity Id="106" Name="{name}" />', "/sites/a")[2]
    assert again["ServerRelativeUrl"] == "/sites/a"
    assert again["_ObjectIdentity_"] == name
    again = process(me, query(106), f'<Identity Id="106" Name="{name}" />', "/Sites/A")[2]
    assert again["_ObjectIdentity_"] == name


@pytest.mark.observed("csom.identity")
def test_the_context_has_an_identity_of_its_own(me: Mailbox) -> None:
    ask = '<ObjectIdentityQuery Id="2" ObjectPathId="104" />'
    name = process(me, ask, WEB_PATHS)[2]["_ObjectIdentity_"]

    again = process(me, ask, f'<Identity Id="104" Name="{name}" />')[2]
    assert again["_ObjectIdentity_"] == name
    static = f'<StaticProperty Id="104" TypeId="{CONTEXT.upper()}" Name="Current" />'
    assert process(me, ask, static)[2]["_ObjectIdentity_"] == name


@pytest.mark.inferred("csom.address")
def test_the_other_wire_keeps_its_own(me: Mailbox) -> None:
    assert me.get("tasks").status_code == 200
    assert post(me, f"/api{PROCESS_QUERY}", request()).status_code == 400
    assert me.get("/_api/beta/me/tasks").status_code == 404
