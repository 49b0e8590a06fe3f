"""Trees of public projects, at fixed versions from PyPI, with credentials planted where people leave them.

    repositories.py DIRECTORY        fetches the trees, once

pip fetches source distributions, and asks each one's own set-up code for its name, as it always does.
"""
import base64
import hashlib
import json
import os
import re
import subprocess
import sys
import tarfile
import tempfile
import urllib.parse

import formats
from corpus import File, Planted, chance, part_of, sample

PROJECTS = """
httpie==3.2.4 django-allauth==65.3.0 djangorestframework==3.15.2 flask==3.1.0 celery==5.4.0 stripe==11.3.0 slack_sdk==3.33.5 PyGithub==2.5.0
python-gitlab==5.2.0 paramiko==3.5.0 requests==2.32.3 scrapy==2.12.0 ansible-core==2.18.1 fabric==3.2.2 kombu==5.4.2 redis==5.2.1 sendgrid==6.11.0
python-telegram-bot==21.9 discord.py==2.4.0 tweepy==4.14.0 authlib==1.4.0 pyjwt==2.10.1 oauthlib==3.2.2 social-auth-core==4.5.4 jupyter-server==2.14.2
sentry-sdk==2.19.2 elasticsearch==8.17.0 kubernetes==31.0.0 docker==7.1.0 cookiecutter==2.6.0 starlette==0.41.3 fastapi==0.115.6 openai==1.58.1
anthropic==0.42.0 langchain==0.3.13 gunicorn==23.0.0 supervisor==4.2.5 certbot==3.0.1 chalice==1.31.3
""".split()
MOST_FILES, MOST_BYTES, MOST_TREE = 45, 24_000, 130_000
PLANTED_EACH = 16
SUFFIXES = (".py", ".md", ".rst", ".txt", ".toml", ".cfg", ".ini", ".yml", ".yaml", ".json", ".js", ".ts", ".html", ".sh", ".conf", ".env",
            ".go", ".java", ".tf", ".xml", ".properties", ".pem", ".key", ".php", ".rb")


def fetch(directory: str) -> None:
    for project in PROJECTS:
        target = os.path.join(directory, project.replace("==", "-") + ".tar.gz")
        if os.path.exists(target):
            continue
        os.makedirs(directory, exist_ok=True)
        with tempfile.TemporaryDirectory() as place:
            subprocess.run([sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps",
                            "--no-binary", ":all:", "--no-build-isolation", "--dest", place, project], check=True,
                           stdout=subprocess.DEVNULL, env=dict(os.environ, PATH=os.path.dirname(sys.executable) + ":" + os.environ["PATH"]))
            os.rename(os.path.join(place, os.listdir(place)[0]), target + ".partial")
        os.rename(target + ".partial", target)
        print("fetched", project)


def tree(directory: str, project: str) -> dict[str, bytes]:
    """Some of the project's files, by path; tests and examples among them, as they come."""
    with tarfile.open(os.path.join(directory, project.replace("==", "-") + ".tar.gz")) as archive:
        texts = sorted((member.name, archive.extractfile(member).read()) for member in archive
                       if member.isfile() and member.name.endswith(SUFFIXES) and 80 <= member.size <= MOST_BYTES)
    chance("tree", project).shuffle(texts)
    files, size = {}, 0
    for name, text in texts:
        if b"\0" not in text and size + len(text) <= MOST_TREE and len(files) < MOST_FILES:
            files[name.split("/", 1)[1]] = text
            size += len(text)
    return files


def files(directory: str, parts):
    for project in PROJECTS:
        part = part_of("project " + project)
        if part not in parts:
            continue
        known = [entry for entry in formats.formats() if part_of("format " + entry[0]) == part]
        texts = tree(directory, project)
        planted = {path: [] for path in texts}
        for number in range(PLANTED_EACH):
            plant(texts, planted, project, known, chance("plant", project, number), number)
        for path, text in sorted(texts.items()):
            yield File("repositories", f"{project}/{path}", text, "project " + project, tuple(sorted(planted[path], key=lambda p: p.start)))


NAMES = ("API_KEY SECRET_KEY AUTH_TOKEN JWT_SECRET ENCRYPTION_KEY CLIENT_SECRET WEBHOOK_SECRET SIGNING_KEY SESSION_SECRET ADMIN_TOKEN "
         "ACCESS_TOKEN INTERNAL_API_TOKEN SERVICE_TOKEN BILLING_API_KEY").split()
WORDS = "winter river copper planet anchor falcon maple summit harbor pepper violet thunder granite cobalt meadow".split()


def secret(part_vendors, rng):
    """(name, value, group): a vendor's format, a random value under a telling name, or a password."""
    drawn = rng.random()
    if drawn < 0.4:
        while True:
            _, setting, _, shape = rng.choice(part_vendors)
            value = formats.make(shape, rng)
            if "\n" not in value and '"' not in value and "://" not in value:
                return setting, value, "vendor's format"
    if drawn < 0.75:
        value = rng.choice([
            lambda: base64.urlsafe_b64encode(rng.randbytes(32)).decode().rstrip("="), lambda: rng.randbytes(rng.choice([16, 20, 24, 32])).hex(),
            lambda: base64.b64encode(rng.randbytes(rng.choice([24, 32, 48]))).decode(), lambda: sample("[A-Za-z0-9]{24,40}", rng),
            lambda: formats.make("!uuid", rng)])()
        return rng.choice(NAMES), value, "random value"
    if rng.random() < 0.5:
        value = sample("[A-Za-z0-9!#%*+_.-]{14,20}", rng)
    else:
        value = rng.choice(WORDS).capitalize() + rng.choice(["-", "_", ""]) + rng.choice(WORDS) + str(rng.randint(10, 9999)) + rng.choice("!#*+")
    return rng.choice(["DB_PASSWORD", "PASSWORD", "SMTP_PASSWORD", "ADMIN_PASSWORD", "REDIS_PASSWORD", "LDAP_PASSWORD"]), value, "password"


def plant(texts, planted, project, known, rng, number):
    name, value, group = secret(known, rng)
    low = name.lower()
    camel = re.sub("_(.)", lambda m: m.group(1).upper(), low)
    places = NEW_FILES_PASSWORD + NEW_FILES if group == "password" else NEW_FILES
    if part_of("project " + project) == "reported" and rng.random() < 0.5:
        path, text = rng.choice(REPORTED_ONLY)
        path = os.path.join(f"extra{number}", path)
        texts[path], planted[path] = b"", []
        insert(texts, planted, path, text, name, low, camel, value, group + OWN_PLACE, rng)
        return
    existing = [path for path in sorted(texts) if path.endswith(tuple(INSIDE)) and not path.startswith("planted-")]
    if rng.random() < 0.55 and existing:
        path = rng.choice(existing)
        insert(texts, planted, path, rng.choice(INSIDE[os.path.splitext(path)[1]]), name, low, camel, value, group, rng)
        return
    path, text = rng.choice(places)
    head, tail = os.path.split(path)
    path = os.path.join(head, f"{number}", tail) if path in texts or number % 2 else path
    while path in texts:
        path = os.path.join("more", path)
    texts[path], planted[path] = b"", []
    insert(texts, planted, path, text, name, low, camel, value, group, rng)


def insert(texts, planted, path, template, name, low, camel, value, group, rng):
    """Puts the filled template after the imports of a file, or at its end, and moves what was planted below."""
    spelled = json.dumps(value)[1:-1] if path.endswith(".ipynb") else urllib.parse.quote(value, safe="") if "://" in template else value
    before, after = template.split("@value@")
    names = {"@NAME@": name, "@name@": low, "@camel@": camel}
    for key, text in names.items():
        before, after = before.replace(key, text), after.replace(key, text)
    text = texts[path]
    at = place_for(path, text)
    added = before.encode() + spelled.encode() + after.encode()
    texts[path] = text[:at] + added + text[at:]
    moved = [Planted(p.start + len(added), p.end + len(added), p.kind, p.group) if p.start >= at else p for p in planted[path]]
    start = at + len(before.encode())
    planted[path] = moved + [Planted(start, start + len(spelled.encode()), name, group)]


def place_for(path, text: bytes) -> int:
    if path.endswith(".py"):
        body = re.search(rb"^(?:def|class|@|if |async )", text, re.M)
        imports = list(re.finditer(rb"^(?:import \S+[^\n(\\]*|from \S+ import [^\n(\\]*)\n", text[:body.start()] if body else text, re.M))
        if imports:
            return imports[-1].end()
    return len(text)


INSIDE = {
    ".py": ['\n@NAME@ = "@value@"\n', "\n@NAME@ = os.environ.get('@NAME@', '@value@')\n", '\nDEFAULTS = {"timeout": 30, "@name@": "@value@"}\n',
            '\nclient = build_client(host="api.internal", @name@="@value@")\n', "\n# @name@: @value@ (staging, ask ops for production)\n",
            '\nHEADERS = {"X-Api-Key": "@value@", "Accept": "application/json"}\n', "\nos.environ['@NAME@'] = '@value@'\n"],
    ".md": ["\n## Local set-up\n\n```sh\nexport @NAME@=@value@\nmake run\n```\n", "\nFor staging use @name@ `@value@` until further notice.\n",
            '\n    {"@camel@": "@value@"}\n'],
    ".rst": ["\nLocal set-up\n------------\n\n.. code-block:: sh\n\n    export @NAME@=@value@\n", "\n.. @name@ = @value@\n"],
    ".cfg": ["\n[deploy]\n@name@ = @value@\n"], ".ini": ["\n[deploy]\n@name@ = @value@\n"],
    ".toml": ['\n[tool.deploy]\n@name@ = "@value@"\n'], ".sh": ["\nexport @NAME@=@value@\n", '\ncurl -s -H "X-Auth-Token: @value@" https://api.internal/v1/deploy\n'],
    ".yml": ["\n# @NAME@: @value@\n"], ".yaml": ["\n# @NAME@: @value@\n"],
    ".js": ["\nconst @camel@ = '@value@';\n", "\nwindow.CONFIG = { endpoint: '/v1', @camel@: '@value@' };\n"], ".ts": ["\nexport const @camel@: string = '@value@';\n"],
}

NEW_FILES = [
    (".env", "DEBUG=1\n@NAME@=@value@\nHOST=0.0.0.0\n"),
    ("config/settings.yml", "production:\n  host: app.internal\n  @name@: @value@\n  workers: 4\n"),
    ("docker-compose.override.yml", "services:\n  web:\n    environment:\n      - @NAME@=@value@\n      - TZ=UTC\n"),
    ("deploy/values.yaml", 'app:\n  replicas: 2\n  env:\n    @NAME@: "@value@"\n'),
    ("deploy/deployment.yaml", "spec:\n  containers:\n    - name: web\n      env:\n        - name: @NAME@\n          value: '@value@'\n"),
    ("terraform/prod.tfvars", 'region = "eu-west-1"\n@name@ = "@value@"\n'),
    (".github/workflows/deploy.yml", "jobs:\n  deploy:\n    env:\n      @NAME@: @value@\n    steps:\n      - run: make deploy\n"),
    ("Dockerfile", "FROM python:3.12-slim\nENV @NAME@=@value@\nCOPY . /app\n"),
    ("scripts/deploy.sh", "#!/bin/sh\nset -e\n@NAME@='@value@'\nexport @NAME@\n./run\n"),
    ("appsettings.json", '{\n  "Logging": {"Level": "Warning"},\n  "@camel@": "@value@"\n}\n'),
    ("src/main/resources/application.properties", "server.port=8080\napp.@name@=@value@\n"),
    ("notebooks/explore.ipynb", '{"cells": [{"cell_type": "code", "source": ["import pandas as pd\\n", "@name@ = \\"@value@\\"\\n", "df = load()"]}], "nbformat": 4}\n'),
    ("web/config.js", "export default {\n  apiUrl: 'https://api.internal',\n  @camel@: '@value@',\n};\n"),
    ("cmd/main.go", 'package main\n\nvar @camel@ = "@value@"\n\nfunc main() { run(@camel@) }\n'),
    ("config/app.php", "<?php\nreturn [\n    'debug' => false,\n    '@name@' => '@value@',\n];\n"),
    ("config/initializers/keys.rb", "Rails.configuration.@name@ = '@value@'\n"),
    ("notes/handover.txt", "Hand-over\n\nThe @name@ for staging is @value@\nDashboards are in the wiki.\n"),
    (".bash_history", "ls -la\nexport @NAME@=@value@\npython manage.py migrate\n"),
    ("logs/debug.log", '2026-01-02 03:04:05 DEBUG request headers={"X-Request-Id": "41", "@name@": "@value@"}\n'),
    ("postman.json", '{"values": [{"key": "@name@", "value": "@value@", "enabled": true}]}\n'),
]
NEW_FILES_PASSWORD = [
    (".netrc", "machine api.internal\n  login deploy\n  password @value@\n"),
    (".pgpass", "db.internal:5432:app:app_owner:@value@\n"),
    (".pypirc", "[pypi]\nusername = release\npassword = @value@\n"),
    ("alembic.ini", "[alembic]\nscript_location = migrations\nsqlalchemy.url = postgresql://app_owner:@value@@db.internal/app\n"),
    ("config/database.yml", "production:\n  adapter: postgresql\n  username: app_owner\n  password: @value@\n"),
    ("Web.config", '<add name="Main" connectionString="Server=db.internal;Database=app;User Id=app;Password=@value@;" />\n'),
    ("scripts/backup.sh", "#!/bin/sh\nPGPASSWORD='@value@' pg_dump -h db.internal app > /backup/app.sql\n"),
    ("settings/local.py", "DATABASES = {\n    'default': {'NAME': 'app', 'USER': 'app', 'PASSWORD': '@value@', 'HOST': 'db.internal'},\n}\n"),
    ("pom/settings.xml", "<server><id>releases</id><username>deploy</username><password>@value@</password></server>\n"),
    ("scripts/sync.sh", "mysqldump -h db.internal -u app -p'@value@' app | gzip > app.sql.gz\n"),
]


# Places that the development part does not have, so that not only trees and values are new to a detector.
OWN_PLACE = ", own place"
REPORTED_ONLY = [
    ("Settings.kt", 'object Settings {\n    private const val @NAME@ = "@value@"\n}\n'),
    ("Settings.cs", 'public static class Settings\n{\n    public const string @camel@ = "@value@";\n}\n'),
    ("lib.rs", 'const @NAME@: &str = "@value@";\n\nfn main() {}\n'),
    ("deploy.md", "Deploy with\n\n    helm upgrade web ./chart --set @camel@=@value@ --wait\n"),
    ("run.sh", "docker run --rm -e @NAME@=@value@ -p 8080:8080 web:latest\n"),
    ("web.service", '[Service]\nEnvironment="@NAME@=@value@"\nExecStart=/usr/bin/web\n'),
    ("check.sh", "curl -fsS -u deploy:@value@ https://api.internal/v1/health\n"),
    ("app.config", '<appSettings>\n  <add key="@name@" value="@value@" />\n</appSettings>\n'),
    ("config.xml", "<config>\n  <@name@>@value@</@name@>\n</config>\n"),
    ("index.js", "const @camel@ = process.env.@NAME@ || '@value@';\n"),
    ("settings.py", 'import os\n\n@NAME@ = os.getenv("@NAME@") or "@value@"\n'),
    ("cli.py", 'parser.add_argument("--@name@", default="@value@", help="for the server")\n'),
    ("client.py", 'class Client:\n    def __init__(self):\n        self.@name@ = "@value@"\n        self.timeout = 5\n'),
    ("load.py", 'config = read()\nconfig["@name@"] = "@value@"\nstart(config)\n'),
    ("users.sql", "CREATE USER reporting WITH PASSWORD '@value@';\n"),
    ("group_vars/all.yml", 'app_user: web\n@name@: "@value@"\n'),
    ("wp-config.php", "<?php\ndefine('@NAME@', '@value@');\n"),
    ("chat.txt", "anna: which @name@ do you use?\nben: @name@ = @value@\nanna: thanks\n"),
    ("mail.txt", "Hi Ben,\n\nhere is the @name@: @value@\n\nRegards\n"),
    ("gradle.properties", "org.gradle.jvmargs=-Xmx2g\n@camel@=@value@\n"),
    ("secret.yaml", "apiVersion: v1\nkind: Secret\nstringData:\n  @name@: @value@\n"),
    ("profile.ps1", '$env:@NAME@ = "@value@"\nInvoke-Build\n'),
    ("start.bat", "@echo off\nset @NAME@=@value@\nweb.exe\n"),
    ("config.fish", "set -x @NAME@ @value@\n"),
    ("Makefile", "@NAME@ ?= @value@\n\ndeploy:\n\t./deploy.sh\n"),
    ("nginx.conf", 'location / {\n    proxy_set_header X-Api-Key "@value@";\n    proxy_pass http://app;\n}\n'),
    ("launch.json", '{"configurations": [{"name": "Run", "args": ["--@name@", "@value@"]}]}\n'),
    ("values.csv", "name,value,updated\n@NAME@,@value@,2026-01-07\n"),
]


def line_mark(path: str, line: bytes) -> str:
    """What a hand-made label knows a line by: it does not hold the line."""
    return hashlib.sha256(path.encode() + b"\0" + line.strip()).hexdigest()[:16]


if __name__ == "__main__":
    fetch(sys.argv[1])
