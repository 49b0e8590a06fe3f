"""Known formats in the places where people put them, and what looks like a credential and is none."""
import base64
import json
import uuid

import formats
import surroundings
from corpus import File, chance, fill, part_of, sample

EACH = 6
LOOKALIKES_EACH = 12


def files(parts):
    for line, (vendor, setting, is_shown, shape) in enumerate(formats.formats()):
        source = "format " + vendor
        if part_of(source) not in parts:
            continue
        for number in range(EACH):
            value = formats.make(shape, chance("value", line, number))
            suffix, template, values = surroundings.placed(f"{line}", number, setting, is_shown, value)
            text, planted = fill(template, values, {"value": (f"{vendor}: {setting}", "known")})
            yield File("known", f"{line:03}-{number}-{vendor}{suffix}", text, source, planted)
    for name, make in LOOKALIKES.items():
        if part_of("lookalike " + name) not in parts:
            continue
        for number in range(LOOKALIKES_EACH):
            text, suffix = make(chance("lookalike", name, number))
            yield File("known", f"x-{name}-{number}{suffix}", text.encode(), "lookalike " + name, lookalike=name)


def _uuid(rng):
    return str(uuid.UUID(int=rng.getrandbits(128), version=4))


def _hex(rng, bytes_):
    return rng.randbytes(bytes_).hex()


def _b64(rng, bytes_):
    return base64.b64encode(rng.randbytes(bytes_)).decode()


def _word(rng):
    return rng.choice("gateway billing invoice search catalog profile report worker ledger cache".split())


def _uuids(rng):
    rows = [{"id": _uuid(rng), "requestId": _uuid(rng), "tenant": _uuid(rng), "name": _word(rng)} for _ in range(4)]
    return json.dumps(rows, indent=2), ".json"


def _commits(rng):
    return "\n".join(f"* {_hex(rng, 20)} Fix {_word(rng)} timeout (#{rng.randint(10, 999)})" for _ in range(6)), ".txt"


def _integrity(rng):
    return (f'<script src="https://cdn.jsdelivr.net/npm/{_word(rng)}@{rng.randint(1, 9)}.2.0/dist/main.js"\n'
            f'  integrity="sha384-{_b64(rng, 48)}" crossorigin="anonymous"></script>\n'), ".html"


def _image(rng):
    data = _b64(rng, 600)
    return f'.{_word(rng)} {{ background: url("data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAA{data}"); }}\n', ".css"


def _npm_lock(rng):
    packages = {f"node_modules/{_word(rng)}-{i}": {
        "version": f"{i}.{rng.randint(0, 9)}.1", "resolved": f"https://registry.npmjs.org/{_word(rng)}/-/{_word(rng)}-{i}.0.1.tgz",
        "integrity": f"sha512-{_b64(rng, 64)}"} for i in range(5)}
    return json.dumps({"lockfileVersion": 3, "packages": packages}, indent=2), ".json"


def _poetry_lock(rng):
    out = ""
    for _ in range(3):
        word = _word(rng)
        out += f'[[package]]\nname = "{word}"\nversion = "2.{rng.randint(0, 9)}.0"\nfiles = [\n'
        out += f'    {{file = "{word}-2.0-py3-none-any.whl", hash = "sha256:{_hex(rng, 32)}"}},\n]\n\n'
    return out, ".lock"


def _go_sum(rng):
    return "".join(f"github.com/{_word(rng)}/{_word(rng)} v1.{i}.0 h1:{_b64(rng, 32)}\n" for i in range(6)), ".sum"


def _minified(rng):
    names = sample("[a-zA-Z_$]{40}", rng)
    body = "".join(f"function {a}({b}){{var {c}={b}.key||\"\";return {c}.token?{a}({c}):null}}" for a, b, c in zip(names, names[1:], names[2:]))
    return f"!function(e,t){{{body};e.password=t.password,e.apiKey=t.apiKey,e.secret=t.secretOrPrivateKey}}(this,window);", ".js"


def _placeholders(rng):
    lines = ["API_KEY=your-api-key-here", "SECRET_KEY=changeme", "TOKEN=<insert token>", "PASSWORD=********",
             "GITHUB_TOKEN=ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "OPENAI_API_KEY=sk-...", "DB_PASSWORD=",
             "STRIPE_SECRET_KEY=sk_live_XXXXXXXXXXXXXXXXXXXXXXXX", "ACCESS_TOKEN=REPLACE_ME", "AUTH=none",
             "CLIENT_SECRET=TO" "DO", "SMTP_PASSWORD=password", "ADMIN_PASSWORD=<your password>", "AWS_SECRET_ACCESS_KEY=xxxx"]
    return "\n".join(rng.sample(lines, 6)) + "\n", ".env"


def _templates(rng):
    lines = ["password: ${DB_PASSWORD}", "token: ${{ secrets.DEPLOY_TOKEN }}", "apiKey: {{ .Values.apiKey | quote }}",
             "secret: !vault-ref secret/data/app#key", "password: ${DB_PASSWORD:-}", "client_secret: $(CLIENT_SECRET)",
             "auth_token: {{ vault_auth_token }}", "key: %API_KEY%", "private_key: file(var.private_key_path)",
             "access_key: data.vault_generic_secret.aws.data[\"access_key\"]", "token: ENV['API_TOKEN']"]
    return "config:\n" + "\n".join("  " + line for line in rng.sample(lines, 6)) + "\n", ".yml"


def _code(rng):
    lines = ["password = os.environ[\"DB_PASSWORD\"]", "token = request.headers.get(\"Authorization\")",
             "api_key = settings.STRIPE_API_KEY", "secret = load_secret_from_vault(path)", "self.password = password",
             "token = jwt.encode(payload, key, algorithm=\"HS256\")", "if password != confirm_password:",
             "PASSWORD_RESET_TIMEOUT_DAYS = 3", "auth_token = generate_token(user.id)", "key = cache_key(user, 'profile')",
             "csrf_token = form.hidden_tag()", "access_token: Optional[str] = None", "secretName = \"web-tls\"",
             "password_hasher = \"django.contrib.auth.hashers.PBKDF2PasswordHasher\"", "tokenizer = AutoTokenizer.from_pretrained(name)"]
    return "\n".join(rng.sample(lines, 8)) + "\n", ".py"


def _documentation(rng):
    lines = ["export AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE",
             "export AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
             "curl -H 'Authorization: Bearer <token>' https://api.host/v1/me", "postgres://user:password@localhost:5432/db",
             "mysql -u root -p", "https://user:pass@example.com/", "Set `apiKey` to the key from your dashboard.",
             "redis://localhost:6379/0", "`token` (string, required): the token that you got from /login"]
    return "# Usage\n\n" + "\n\n".join("    " + line for line in rng.sample(lines, 5)) + "\n", ".md"


def _public_keys(rng):
    ed25519 = base64.b64encode(b"\0\0\0\x0bssh-ed25519\0\0\0\x20" + rng.randbytes(32)).decode()
    rsa = base64.b64encode(b"\0\0\0\x07ssh-rsa\0\0\0\x03\x01\0\x01\0\0\x01\x01\0" + rng.randbytes(256)).decode()
    spki = formats.pem("PUBLIC KEY", bytes.fromhex("302a300506032b6570032100") + rng.randbytes(32))
    return f"ssh-ed25519 {ed25519} deploy@host\nssh-rsa {rsa} ops@host\n{spki}\n", ".pub"


def _certificates(rng):
    return formats.pem("CERTIFICATE", bytes.fromhex("308203") + rng.randbytes(700)) + "\n", ".crt"


def _images_by_digest(rng):
    return "".join(f"  {_word(rng)}:\n    image: registry.host/{_word(rng)}@sha256:{_hex(rng, 32)}\n" for _ in range(4)), ".yaml"


def _headers(rng):
    return (f"HTTP/1.1 200 OK\nETag: \"{_hex(rng, 16)}\"\nX-Request-Id: {_uuid(rng)}\ntraceparent: 00-{_hex(rng, 16)}-{_hex(rng, 8)}-01\n"
            f"Content-MD5: {_b64(rng, 16)}\nContent-Security-Policy: script-src 'nonce-{_b64(rng, 16)}'\n"), ".txt"


def _identifiers(rng):
    return (f"GOOGLE_CLIENT_ID={rng.randint(10**11, 10**12)}-{sample('[a-z0-9]{32}', rng)}.apps.googleusercontent.com\n"
            f"AZURE_TENANT_ID={_uuid(rng)}\nAZURE_CLIENT_ID={_uuid(rng)}\nAWS_ACCOUNT_ID={rng.randint(10**11, 10**12)}\n"
            f"KMS_KEY=arn:aws:kms:eu-west-1:{rng.randint(10**11, 10**12)}:key/{_uuid(rng)}\nSTRIPE_PUBLISHABLE_KEY=pk_live_{sample('[A-Za-z0-9]{24}', rng)}\n"
            f"GTM_ID=GTM-{sample('[A-Z0-9]{7}', rng)}\nSTRIPE_PRICE=price_1{sample('[A-Za-z0-9]{23}', rng)}\n"), ".env"


def _messages(rng):
    lines = {"password": "Password", "passwordPlaceholder": "Enter your password", "tokenExpired": "Your token has expired",
             "secretKey": "Secret key", "apiKeyHelp": "You find the API key under Settings", "forgotPassword": "Forgot your password?",
             "password_confirmation": "Please confirm your new password", "accessToken": "Zugriffstoken"}
    return json.dumps(dict(rng.sample(sorted(lines.items()), 6)), indent=2, ensure_ascii=False), ".json"


def _checksums(rng):
    return "".join(f"{_hex(rng, rng.choice([16, 20, 32, 64]))}  {_word(rng)}-{i}.tar.gz\n" for i in range(6)), ".txt"


def _too_short(rng):
    lines = [f"branch: ghp_{sample('[a-z]{8}', rng)}", f"slug: sk-{sample('[a-z]{6}-[a-z]{5}', rng)}", f"table: npm_{_word(rng)}_{_word(rng)}",
             f"css: hf_{_word(rng)}", f"class: xoxb-{_word(rng)}", f"route: glpat-{_word(rng)}", f"id: AKIA{sample('[A-Z]{6}', rng)}",
             f"file: key-{_word(rng)}-{_word(rng)}.pem", f"job: dapi-{_word(rng)}", f"sku: SG.{rng.randint(1, 99)}.{rng.randint(1, 99)}"]
    return "\n".join(rng.sample(lines, 6)) + "\n", ".yml"


def _notebook(rng):
    cell = {"cell_type": "code", "id": _hex(rng, 4), "outputs": [{"data": {"image/png": "iVBORw0KGgo" + _b64(rng, 900)}}], "source": ["df.plot()"]}
    return json.dumps({"cells": [cell], "nbformat": 4}), ".ipynb"


def _source_map(rng):
    return json.dumps({"version": 3, "file": "main.js", "names": ["token", "password"], "mappings": sample("([A-Z]{4},){60}", rng)}), ".map"


LOOKALIKES = {
    "uuids": _uuids, "commits": _commits, "integrity": _integrity, "image": _image, "npm-lock": _npm_lock,
    "poetry-lock": _poetry_lock, "go-sum": _go_sum, "minified": _minified, "placeholders": _placeholders, "templates": _templates,
    "code": _code, "documentation": _documentation, "public-keys": _public_keys, "certificates": _certificates,
    "images-by-digest": _images_by_digest, "headers": _headers, "identifiers": _identifiers, "messages": _messages,
    "checksums": _checksums, "too-short": _too_short, "notebook": _notebook, "source-map": _source_map,
}
