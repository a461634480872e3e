"""Calls about templates, on the wire."""

import pytest
from cloud_api import errors
from cloud_api.templates.calls import CreatedTemplate
from cloud_api.templates.model import Body, Template
from cloud_api.templates.read import TEMPLATE_FIELDS
from cloud_api.templates.write import create_payload, edit_payload

from tests.unit.conftest import TOKEN
from tests.unit.graph_server import Answer
from tests.unit.template_samples import row

DONE = {"success": True}
NEW = Template("order_ready", "en_US", "utility", (Body("Your order is ready."),))
PDF = b"%PDF-1.7 example"


def refusal(code=100, subcode=0, message="Invalid parameter", user_msg=""):
    error = {"code": code, "message": message, "error_subcode": subcode, "error_user_msg": user_msg}
    return {"error": error}


def test_all_templates_come_from_all_pages(graph, client):
    cursors = {"cursors": {"before": "a", "after": "CURSOR"}, "next": "https://graph/leaky"}
    graph.script_json({"data": [row("hello_world__plain")], "paging": cursors})
    graph.script_json({"data": [row("survey__flow")], "paging": {"cursors": {"after": "END"}}})
    assert [found.name for found in client.templates("9")] == ["hello_world", "survey"]
    first, second = graph.requests
    assert (first.method, first.path) == ("GET", "/v26.0/9/message_templates")
    assert first.query["fields"] == [",".join(TEMPLATE_FIELDS)]
    assert first.query["limit"] == ["100"]
    assert second.query["after"] == ["CURSOR"]


def test_one_page_of_templates(graph, client):
    cursors = {"cursors": {"after": "CURSOR"}, "next": "https://graph/leaky"}
    graph.script_json({"data": [row("survey__flow")], "paging": cursors})
    graph.script_json({"data": []})
    page = client.template_page("9", limit=5)
    assert (len(page.templates), page.after) == (1, "CURSOR")
    assert client.template_page("9", page.after, name="surv").after == ""
    first, second = graph.requests
    assert (first.query["limit"], "after" in first.query, "name" in first.query) == (
        ["5"],
        False,
        False,
    )
    assert (second.query["after"], second.query["name"]) == (["CURSOR"], ["surv"])


def test_a_template_is_found_by_its_name_on_any_page(graph, client):
    cursors = {"cursors": {"after": "CURSOR"}, "next": "https://graph/leaky"}
    survey, other = row("survey__flow"), row("survey__flow") | {"language": "xx"}
    for answer in ({"data": [other], "paging": cursors}, {"data": [survey]}):
        graph.script_json(answer)
    found = client.template_named("9", "survey", survey["language"])
    assert (found.uid, found.language) == (survey["id"], survey["language"])
    graph.script_json({"data": [other], "paging": cursors})
    graph.script_json({"data": [other], "paging": cursors})
    assert client.template_named("9", "survey", survey["language"]) is None
    assert [request.query["name"] for request in graph.requests] == [["survey"]] * 4


def test_a_template_that_is_gone_is_none_and_trouble_is_not(graph, client):
    graph.script_json(refusal(100, 33), 400)
    assert client.template_or_none("77") is None
    graph.script_json(refusal(190), 401)
    with pytest.raises(errors.AuthError):
        client.template_or_none("77")


def test_one_template(graph, client):
    graph.script_json(row("order_update__rejected"))
    found = client.template("594425479261598")
    assert (found.status, found.rejected_reason) == ("rejected", "INVALID_FORMAT")
    assert graph.requests[0].path == "/v26.0/594425479261598"


def test_a_template_is_created(graph, client):
    graph.script_json({"id": "77", "status": "PENDING", "category": "UTILITY"})
    graph.script_json({"id": 78, "status": "APPROVED", "category": "MARKETING"})
    payload = create_payload(NEW)
    assert client.create_template("9", payload) == CreatedTemplate("77", "pending", "utility")
    assert client.create_template("9", payload) == CreatedTemplate("78", "approved", "marketing")
    (request, _second) = graph.requests
    assert (request.method, request.path) == ("POST", "/v26.0/9/message_templates")
    assert request.json == payload
    assert request.headers["Authorization"] == f"Bearer {TOKEN}"


@pytest.mark.parametrize(
    ("answer", "status", "expected"),
    [
        (refusal(100, 2388299, user_msg="Variables can't be at the end"), 400, "TemplateError"),
        (refusal(100, 2388019), 400, "TemplateError"),
        (refusal(100, 2388293), 400, "TemplateError"),
        (refusal(100), 400, "InvalidRequest"),
        (refusal(100, 33), 400, "AuthError"),
        (refusal(190, 463), 401, "AuthError"),
        (refusal(200), 403, "AuthError"),
        (refusal(80007), 400, "RateLimited"),
        (refusal(80008), 400, "RateLimited"),
        (refusal(1), 500, "OutcomeUnknown"),
        ({"status": "PENDING"}, 200, "OutcomeUnknown"),
    ],
)
def test_what_may_come_instead_of_a_new_template(graph, client, answer, status, expected):
    graph.script_json(answer, status)
    with pytest.raises(errors.CloudApiError) as caught:
        client.create_template("9", create_payload(NEW))
    assert type(caught.value).__name__ == expected


def test_metas_words_for_the_author_are_kept(graph, client):
    graph.script_json(refusal(100, 2388299, user_msg="Variables can't be at the end"), 400)
    with pytest.raises(errors.TemplateError) as caught:
        client.create_template("9", create_payload(NEW))
    error = caught.value
    assert (error.code, error.subcode, error.scope) == (100, 2388299, "message")
    assert error.details == "Variables can't be at the end"


def test_a_lost_answer_to_a_new_template_is_not_tried_again_blindly(graph, client):
    graph.script(Answer(reset=True), Answer(reset=True), Answer(reset=True))
    with pytest.raises(errors.OutcomeUnknown):
        client.create_template("9", create_payload(NEW))
    with pytest.raises(errors.OutcomeUnknown):
        client.edit_template("77", {"components": []})
    with pytest.raises(errors.TransientError):
        client.templates("9")


def test_a_template_is_edited(graph, client):
    graph.script_json(DONE)
    payload = edit_payload(NEW, NEW)
    client.edit_template("77", payload)
    (request,) = graph.requests
    assert (request.method, request.path) == ("POST", "/v26.0/77")
    assert request.json == {"components": [{"type": "BODY", "text": "Your order is ready."}]}


def test_a_template_is_unpaused(graph, client):
    graph.script_json(DONE)
    client.unpause_template("77")
    assert (graph.requests[0].method, graph.requests[0].path) == ("POST", "/v26.0/77/unpause")


@pytest.mark.parametrize(
    "call",
    [
        lambda client: client.edit_template("77", {"components": []}),
        lambda client: client.template("77"),
        lambda client: client.unpause_template("77"),
    ],
)
def test_a_template_that_is_gone_does_not_stop_the_number(graph, client, call):
    graph.script_json(refusal(100, 33, "Object does not exist"), 400)
    graph.script_json(refusal(190, 463, "Session has expired"), 401)
    with pytest.raises(errors.TemplateError) as caught:
        call(client)
    assert (caught.value.code, caught.value.scope) == (100, "message")
    with pytest.raises(errors.AuthError):
        call(client)


def test_templates_are_deleted_by_name_or_one_by_one(graph, client):
    graph.script_json(DONE)
    graph.script_json(DONE)
    client.delete_template("9", "order_ready")
    client.delete_template("9", "order_ready", "77")
    first, second = graph.requests
    assert (first.method, first.path) == ("DELETE", "/v26.0/9/message_templates")
    assert first.query == {"name": ["order_ready"]}
    assert second.query == {"name": ["order_ready"], "hsm_id": ["77"]}


def test_no_name_deletes_nothing(graph, client):
    with pytest.raises(errors.InvalidRequest):
        client.delete_template("9", "")
    assert graph.requests == []


def test_a_no_is_no_success(graph, client):
    for call in (
        lambda: client.delete_template("9", "order_ready"),
        lambda: client.edit_template("77", {"components": []}),
    ):
        graph.script_json({"success": False})
        with pytest.raises(errors.CloudApiError, match="gave no reason"):
            call()


def test_an_example_is_uploaded(graph, client):
    graph.script_json({"id": "upload:abc?sig=def"})
    graph.script_json({"h": "4::handle"})
    assert client.upload_sample("900", PDF, "application/pdf", "a.pdf") == "4::handle"
    session, upload = graph.requests
    assert (session.method, session.path) == ("POST", "/v26.0/900/uploads")
    assert session.query["file_name"] == ["a.pdf"]
    assert session.query["file_length"] == [str(len(PDF))]
    assert session.query["file_type"] == ["application/pdf"]
    assert (upload.path, upload.query) == ("/v26.0/upload%3Aabc", {"sig": ["def"]})
    assert upload.headers["Authorization"] == f"OAuth {TOKEN}"
    assert upload.body == PDF


@pytest.mark.parametrize(
    ("content", "mime_type", "limit"),
    [
        (b"GIF89a", "image/gif", "SAMPLE_KINDS"),
        (b"", "image/png", "IMAGE_BYTES"),
        (b"x" * (5 * 1024 * 1024 + 1), "image/jpeg", "IMAGE_BYTES"),
        (b"x", "application/msword", "SAMPLE_KINDS"),
    ],
)
def test_examples_that_meta_would_not_take(graph, client, content, mime_type, limit):
    with pytest.raises(errors.InvalidRequest) as caught:
        client.upload_sample("900", content, mime_type, "a")
    assert caught.value.limit == limit
    assert graph.requests == []
