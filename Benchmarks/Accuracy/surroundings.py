"""Where people put a credential: the files, and how each spells a value."""
import json

from corpus import chance


def plain(value):
    return value


def in_json(value):
    return json.dumps(value)[1:-1]


def twice_in_json(value):
    return in_json(in_json(value))


def camel(name):
    first, *rest = name.lower().split("_")
    return first + "".join(word.capitalize() for word in rest)


# (name, suffix, how the value is spelled, text): @NAME@ as documented, @name@ in small letters, @camel@, @value@.
PLACES = [
    ("env", ".env", plain, "# local\nDEBUG=false\n@NAME@=@value@\nPORT=8080\n"),
    ("env-quoted", ".env", plain, 'APP_ENV=production\nexport @NAME@="@value@"\nLOG_LEVEL=info\n'),
    ("yaml", ".yaml", in_json, 'service:\n  replicas: 2\n  env:\n    - name: @NAME@\n      value: "@value@"\n  image: web:1.4.2\n'),
    ("yaml-plain", ".yml", in_json, 'default:\n  timeout: 30\n  @name@: "@value@"\n  region: eu-central-1\n'),
    ("json", ".json", in_json, '{\n  "version": 3,\n  "@camel@": "@value@",\n  "retries": 5\n}\n'),
    ("python", ".py", in_json, 'import os\nimport requests\n\n@NAME@ = "@value@"\n\n\ndef main():\n    return requests.get(URL, timeout=5)\n'),
    ("python-call", ".py", in_json, 'from sdk import Client\n\nclient = Client(region="eu", @name@="@value@")\nclient.ping()\n'),
    ("javascript", ".js", in_json, "const express = require('express');\n\nconst @camel@ = \"@value@\";\n\nmodule.exports = { @camel@ };\n"),
    ("go", ".go", in_json, 'package config\n\nconst (\n\tTimeout = 30\n\t@camel@ = "@value@"\n)\n'),
    ("java", ".java", in_json, 'public final class Settings {\n    private static final String @NAME@ = "@value@";\n}\n'),
    ("terraform", ".tf", in_json, 'variable "@name@" {\n  type    = string\n  default = "@value@"\n}\n'),
    ("markdown", ".md", in_json, "## Setup\n\nBefore you start, run:\n\n```sh\nexport @NAME@='@value@'\nmake deploy\n```\n"),
    ("history", ".sh_history", in_json, "cd src\ngit pull\nexport @NAME@=@value@\n./deploy.sh staging\n"),
    ("chat", ".json", twice_in_json, '{"model":"m-1","max_tokens":1024,"messages":[{"role":"user","content":"why does this fail?\\n\\n@NAME@=@value@\\n\\nIt says 401."}]}'),
    ("tool-result", ".json", twice_in_json, '{"messages":[{"role":"user","content":[{"type":"tool_result","tool_use_id":"t1","content":"     1\\t{\\n     2\\t  \\"@camel@\\": \\"@value@\\",\\n     3\\t  \\"port\\": 80\\n     4\\t}"}]}]}'),
    ("ini", ".ini", in_json, "[remote]\nhost = api.internal\n@name@ = @value@\ntimeout = 10\n"),
]


def placed(source, number, setting, is_shown, value):
    """(suffix, template, values) of one place; a value that shows what it is gets a plain name half the time."""
    rng = chance("place", source, number)
    _, suffix, spell, template = PLACES[rng.randrange(len(PLACES))]
    if is_shown and rng.random() < 0.4:
        setting = rng.choice(["API_TOKEN", "CREDENTIAL", "SERVICE_KEY", "UPSTREAM_AUTH", "REMOTE_ACCESS"])
    values = {"NAME": setting, "name": setting.lower(), "camel": camel(setting), "value": spell(value)}
    return suffix, template, values
