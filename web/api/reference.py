"""The page that explains the API, drawn from its OpenAPI document: plain HTML, no script, nothing
from elsewhere."""

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from web.api.problems import MEDIA_TYPE

Json = Mapping[str, Any]


def reference_html(document: Json) -> str:
    info = document["info"]
    server = document["servers"][0]["url"]
    root = server.removesuffix("/api")
    operations = [
        (path, method, operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]
    contents = "".join(
        f'<li><a href="#{_id(operation)}"><code>{escape(server + path)}</code></a></li>'
        for path, _, operation in operations
    )
    sections = "".join(_operation(server, *each) for each in operations)
    schemas = "".join(
        _schema(name, schema) for name, schema in document["components"]["schemas"].items()
    )
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(info['title'])}: API</title>"
        f'<link rel="icon" href="{escape(root)}/static/favicon.svg">'
        f'<link rel="stylesheet" href="{escape(root)}/theme.css">'
        f'<link rel="stylesheet" href="{escape(root)}/static/reference.css">'
        "</head><body><main>"
        f"<h1>{escape(info['title'])}: API</h1>"
        f"<p>{_text(info['summary'])} {_text(info['description'])}</p>"
        f"<p>{_text(document['components']['securitySchemes']['token']['description'])}</p>"
        f'<pre tabindex="0"><code>{escape(_example(server))}</code></pre>'
        f'<p>As a document for tools: <a href="{escape(server)}/openapi.json">openapi.json</a>'
        f" (OpenAPI {escape(document['openapi'])}).</p>"
        f"<nav><ul>{contents}</ul></nav>{sections}<h2>Objects</h2>{schemas}"
        "</main></body></html>"
    )


def _example(server: str) -> str:
    return (
        'curl -H "Authorization: Bearer $TOKEN" \\\n'
        f'  "https://CONSOLE{server}/runners?filter=support:unsupported&limit=10"'
    )


def _operation(server: str, path: str, method: str, operation: Json) -> str:
    parameters = "".join(_row(*_parameter(each)) for each in operation.get("parameters", ()))
    answers = "".join(
        _row(status, _answered(response), _text(response["description"]))
        for status, response in sorted(operation["responses"].items())
    )
    return (
        f'<section id="{_id(operation)}"><h2><code>{method.upper()} {escape(server + path)}</code>'
        f"</h2><p>{_text(operation.get('description', ''))}</p>"
        f"{_table('parameter', 'values', 'meaning', parameters)}"
        f"{_table('status', 'body', 'meaning', answers)}</section>"
    )


def _schema(name: str, schema: Json) -> str:
    fields = "".join(
        _row(f"<code>{escape(field)}</code>", _kind(each), _text(each.get("description", "")))
        for field, each in schema.get("properties", {}).items()
    )
    return (
        f'<section id="object-{escape(name)}"><h3>{escape(name)}</h3>'
        f"<p>{_text(schema.get('description', ''))}</p>"
        f"{_table('field', 'type', 'meaning', fields)}</section>"
    )


def _parameter(parameter: Json) -> tuple[str, str, str]:
    schema = parameter["schema"]
    name = f"<code>{escape(parameter['name'])}</code>"
    said = parameter.get("description") or schema.get("description", "")
    return name, _kind(schema), _text(said)


def _answered(response: Json) -> str:
    for media_type in ("application/json", MEDIA_TYPE):
        if media_type in response.get("content", {}):
            return _kind(response["content"][media_type]["schema"])
    return "–"


def _kind(schema: Json) -> str:
    return " or ".join(_kinds(schema)) + _bounds(schema)


def _kinds(schema: Json) -> Iterator[str]:
    if "$ref" in schema:
        name = escape(schema["$ref"].rpartition("/")[2])
        yield f'<a href="#object-{name}">{name}</a>'
    elif "anyOf" in schema:
        yield from (_kind(each) for each in schema["anyOf"])
    elif "enum" in schema:
        yield ", ".join(f"<code>{escape(str(each))}</code>" for each in schema["enum"])
    elif schema.get("type") == "array":
        yield f"array of {_kind(schema['items'])}"
    else:
        yield {"date-time": "time"}.get(schema.get("format", ""), escape(schema.get("type", "")))


def _bounds(schema: Json) -> str:
    told = [
        f"{schema[key]} {words}"
        for key, words in (
            ("minimum", "at least"),
            ("maximum", "at most"),
            ("maxLength", "letters at most"),
        )
        if key in schema
    ]
    if schema.get("default") not in (None, "", []):
        told.append(f"default {escape(str(schema['default']))}")
    return f" ({', '.join(told)})" if told else ""


def _table(first: str, second: str, third: str, rows: str) -> str:
    if not rows:
        return ""
    head = "".join(f'<th scope="col">{each}</th>' for each in (first, second, third))
    return f'<div class="wide" tabindex="0"><table><tr>{head}</tr>{rows}</table></div>'


def _row(*cells: str) -> str:
    first, *others = cells
    return f'<tr><th scope="row">{first}</th>{"".join(f"<td>{each}</td>" for each in others)}</tr>'


def _text(text: str) -> str:
    """With what stands between backquotes as code."""
    parts = escape(text).split("`")
    return "".join(
        f"<code>{each}</code>" if place % 2 else each for place, each in enumerate(parts)
    )


def _id(operation: Json) -> str:
    return escape(operation["operationId"])
