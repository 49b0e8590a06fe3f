"""Known formats of credentials, made by recipe from what their issuers document, with their checksums right.

A line of TABLE: vendor | the setting that its documentation names | `own` where the value shows by itself what it is, or
`named` where only its setting tells | how a value looks. `!name` is a function below, for what no pattern describes.
Written from issuers' documentation and public rule files, without a look at Sallyport's detectors.
"""
import base64
import json
import string
import uuid
import zlib

from corpus import sample

TABLE = r"""
github | GITHUB_TOKEN | own | !github_ghp
github | GH_TOKEN | own | !github_gho
github | GITHUB_APP_TOKEN | own | !github_ghs
github | GITHUB_PAT | own | github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}
npm | NPM_TOKEN | own | !npm
gitlab | GITLAB_TOKEN | own | glpat-[A-Za-z0-9_-]{20}
gitlab | GITLAB_RUNNER_TOKEN | own | glrt-[A-Za-z0-9_-]{20}
gitlab | GITLAB_DEPLOY_TOKEN | own | gldt-[A-Za-z0-9_-]{20}
gitlab | GITLAB_TRIGGER_TOKEN | own | glptt-[0-9a-f]{40}
aws | AWS_ACCESS_KEY_ID | own | AKIA[A-Z2-7]{16}
aws | AWS_ACCESS_KEY_ID | own | ASIA[A-Z2-7]{16}
aws | AWS_SECRET_ACCESS_KEY | named | [A-Za-z0-9/+]{40}
google | GOOGLE_API_KEY | own | AIza[A-Za-z0-9_-]{35}
google | GOOGLE_CLIENT_SECRET | own | GOCSPX-[A-Za-z0-9_-]{28}
google | GOOGLE_OAUTH_ACCESS_TOKEN | own | ya29\.a0[A-Za-z0-9_-]{150,200}
google | GOOGLE_APPLICATION_CREDENTIALS_JSON | own | !service_account
azure | AZURE_STORAGE_CONNECTION_STRING | own | !azure_storage
azure | AZURE_CLIENT_SECRET | own | [A-Za-z0-9_~]{3}8Q~[A-Za-z0-9_~.-]{34}
azure | AZURE_SERVICE_BUS | own | !azure_service_bus
openai | OPENAI_API_KEY | own | sk-[A-Za-z0-9]{20}T3BlbkFJ[A-Za-z0-9]{20}
openai | OPENAI_API_KEY | own | sk-proj-[A-Za-z0-9_-]{74}T3BlbkFJ[A-Za-z0-9_-]{74}
openai | OPENAI_API_KEY | own | sk-svcacct-[A-Za-z0-9_-]{74}T3BlbkFJ[A-Za-z0-9_-]{74}
anthropic | ANTHROPIC_API_KEY | own | sk-ant-api03-[A-Za-z0-9_-]{93}AA
anthropic | ANTHROPIC_ADMIN_KEY | own | sk-ant-admin01-[A-Za-z0-9_-]{93}AA
hugging-face | HF_TOKEN | own | hf_[A-Za-z]{34}
groq | GROQ_API_KEY | own | gsk_[A-Za-z0-9]{52}
xai | XAI_API_KEY | own | xai-[A-Za-z0-9]{80}
replicate | REPLICATE_API_TOKEN | own | r8_[A-Za-z0-9]{37}
perplexity | PERPLEXITY_API_KEY | own | pplx-[A-Za-z0-9]{48}
nvidia | NVIDIA_API_KEY | own | nvapi-[A-Za-z0-9_-]{64}
openrouter | OPENROUTER_API_KEY | own | sk-or-v1-[0-9a-f]{64}
deepseek | DEEPSEEK_API_KEY | named | sk-[0-9a-f]{32}
mistral | MISTRAL_API_KEY | named | [A-Za-z0-9]{32}
cohere | COHERE_API_KEY | named | [A-Za-z0-9]{40}
together | TOGETHER_API_KEY | named | [0-9a-f]{64}
fireworks | FIREWORKS_API_KEY | own | fw_[A-Za-z0-9]{24}
elevenlabs | ELEVENLABS_API_KEY | own | sk_[0-9a-f]{48}
pinecone | PINECONE_API_KEY | own | pcsk_[A-Za-z0-9]{6}_[A-Za-z0-9]{63}
langsmith | LANGSMITH_API_KEY | own | lsv2_pt_[0-9a-f]{32}_[0-9a-f]{10}
langfuse | LANGFUSE_SECRET_KEY | own | !langfuse
wandb | WANDB_API_KEY | named | [0-9a-f]{40}
tavily | TAVILY_API_KEY | own | tvly-dev-[A-Za-z0-9]{32}
firecrawl | FIRECRAWL_API_KEY | own | fc-[0-9a-f]{32}
e2b | E2B_API_KEY | own | e2b_[0-9a-f]{40}
cerebras | CEREBRAS_API_KEY | own | csk-[a-z0-9]{48}
jina | JINA_API_KEY | own | jina_[0-9a-f]{32}[A-Za-z0-9_-]{28}
voyage | VOYAGE_API_KEY | own | pa-[A-Za-z0-9_-]{43}
slack | SLACK_BOT_TOKEN | own | xoxb-[0-9]{12}-[0-9]{13}-[A-Za-z0-9]{24}
slack | SLACK_USER_TOKEN | own | xoxp-[0-9]{12}-[0-9]{13}-[0-9]{13}-[0-9a-f]{32}
slack | SLACK_APP_TOKEN | own | xapp-1-A[A-Z0-9]{10}-[0-9]{13}-[0-9a-f]{64}
slack | SLACK_WEBHOOK_URL | own | https://hooks\.slack\.com/services/T[A-Z0-9]{10}/B[A-Z0-9]{10}/[A-Za-z0-9]{24}
stripe | STRIPE_SECRET_KEY | own | sk_live_[A-Za-z0-9]{24}
stripe | STRIPE_SECRET_KEY | own | sk_live_51[A-Za-z0-9]{97}
stripe | STRIPE_RESTRICTED_KEY | own | rk_live_51[A-Za-z0-9]{97}
stripe | STRIPE_WEBHOOK_SECRET | own | whsec_[A-Za-z0-9]{32}
twilio | TWILIO_AUTH_TOKEN | named | [0-9a-f]{32}
sendgrid | SENDGRID_API_KEY | own | SG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}
shopify | SHOPIFY_ACCESS_TOKEN | own | shpat_[0-9a-f]{32}
shopify | SHOPIFY_API_SECRET | own | shpss_[0-9a-f]{32}
digitalocean | DIGITALOCEAN_TOKEN | own | dop_v1_[0-9a-f]{64}
digitalocean | DIGITALOCEAN_REFRESH_TOKEN | own | dor_v1_[0-9a-f]{64}
databricks | DATABRICKS_TOKEN | own | dapi[0-9a-f]{32}
vault | VAULT_TOKEN | own | hvs\.[A-Za-z0-9_-]{92}
doppler | DOPPLER_TOKEN | own | dp\.pt\.[A-Za-z0-9]{43}
terraform-cloud | TFE_TOKEN | own | [A-Za-z0-9]{14}\.atlasv1\.[A-Za-z0-9_-]{67}
telegram | TELEGRAM_BOT_TOKEN | own | [1-9][0-9]{9}:AA[A-Za-z0-9_-]{33}
square | SQUARE_ACCESS_TOKEN | own | EAAA[A-Za-z0-9_-]{60}
square | SQUARE_APPLICATION_SECRET | own | sq0csp-[A-Za-z0-9_-]{43}
atlassian | ATLASSIAN_API_TOKEN | own | ATATT3xFfGF0[A-Za-z0-9_-]{171}=[0-9A-F]{8}
bitbucket | BITBUCKET_APP_PASSWORD | own | ATBB[A-Za-z0-9]{24}[0-9A-F]{8}
discord | DISCORD_TOKEN | own | !discord
discord | DISCORD_WEBHOOK | own | https://discord\.com/api/webhooks/1[0-9]{18}/[A-Za-z0-9_-]{68}
mailchimp | MAILCHIMP_API_KEY | own | [0-9a-f]{32}-us[1-9]
mailgun | MAILGUN_API_KEY | own | key-[0-9a-f]{32}
brevo | BREVO_API_KEY | own | xkeysib-[0-9a-f]{64}-[A-Za-z0-9]{16}
postmark | POSTMARK_SERVER_TOKEN | named | !uuid
resend | RESEND_API_KEY | own | re_[A-Za-z0-9]{8}_[A-Za-z0-9]{24}
pypi | PYPI_TOKEN | own | !pypi
rubygems | RUBYGEMS_API_KEY | own | rubygems_[0-9a-f]{48}
nuget | NUGET_API_KEY | own | oy2[a-z0-9]{43}
crates | CARGO_REGISTRY_TOKEN | own | cio[A-Za-z0-9]{32}
docker | DOCKER_HUB_TOKEN | own | dckr_pat_[A-Za-z0-9_-]{27}
artifactory | ARTIFACTORY_API_KEY | own | AKCp[A-Za-z0-9]{69}
linear | LINEAR_API_KEY | own | lin_api_[A-Za-z0-9]{40}
notion | NOTION_TOKEN | own | ntn_[0-9]{11}[A-Za-z0-9]{35}
notion | NOTION_API_KEY | own | secret_[A-Za-z0-9]{43}
figma | FIGMA_TOKEN | own | figd_[A-Za-z0-9_-]{40}
postman | POSTMAN_API_KEY | own | PMAK-[0-9a-f]{24}-[0-9a-f]{34}
new-relic | NEW_RELIC_API_KEY | own | NRAK-[A-Z0-9]{27}
new-relic | NEW_RELIC_LICENSE_KEY | own | [0-9a-f]{36}NRAL
grafana | GRAFANA_SERVICE_ACCOUNT_TOKEN | own | !grafana
sentry | SENTRY_AUTH_TOKEN | own | sntryu_[0-9a-f]{64}
datadog | DD_API_KEY | named | [0-9a-f]{32}
datadog | DATADOG_APP_KEY | named | [0-9a-f]{40}
pagerduty | PAGERDUTY_API_KEY | named | [A-Za-z0-9_+-]{20}
rollbar | ROLLBAR_ACCESS_TOKEN | named | [0-9a-f]{32}
snyk | SNYK_TOKEN | named | !uuid
sonar | SONAR_TOKEN | own | squ_[0-9a-f]{40}
sonar | SONAR_TOKEN | own | sqp_[0-9a-f]{40}
dynatrace | DYNATRACE_TOKEN | own | dt0c01\.[A-Z0-9]{24}\.[A-Z0-9]{64}
pulumi | PULUMI_ACCESS_TOKEN | own | pul-[0-9a-f]{40}
planetscale | PLANETSCALE_SERVICE_TOKEN | own | pscale_tkn_[A-Za-z0-9_-]{43}
supabase | SUPABASE_ACCESS_TOKEN | own | sbp_[0-9a-f]{40}
netlify | NETLIFY_AUTH_TOKEN | own | nfp_[A-Za-z0-9]{36}
heroku | HEROKU_API_KEY | own | HRKU-AA[A-Za-z0-9_-]{58}
heroku | HEROKU_API_KEY | named | !uuid
cloudflare | CLOUDFLARE_API_TOKEN | named | [A-Za-z0-9_-]{40}
cloudflare | CLOUDFLARE_API_KEY | named | [0-9a-f]{37}
cloudflare | CLOUDFLARE_ORIGIN_CA_KEY | own | v1\.0-[0-9a-f]{24}-[0-9a-f]{146}
tailscale | TS_AUTHKEY | own | tskey-auth-[A-Za-z0-9]{12}CNTRL-[A-Za-z0-9]{32}
circleci | CIRCLECI_TOKEN | own | CCIPAT_[A-Za-z0-9]{22}_[0-9a-f]{40}
buildkite | BUILDKITE_API_TOKEN | own | bkua_[0-9a-f]{40}
linode | LINODE_TOKEN | named | [0-9a-f]{64}
vultr | VULTR_API_KEY | named | [A-Z0-9]{36}
hetzner | HCLOUD_TOKEN | named | [A-Za-z0-9]{64}
scaleway | SCW_SECRET_KEY | named | !uuid
fly | FLY_API_TOKEN | own | fo1_[A-Za-z0-9_-]{43}
airtable | AIRTABLE_TOKEN | own | pat[A-Za-z0-9]{14}\.[0-9a-f]{64}
asana | ASANA_TOKEN | own | 1/[0-9]{16}:[0-9a-f]{32}
contentful | CONTENTFUL_MANAGEMENT_TOKEN | own | CFPAT-[A-Za-z0-9_-]{43}
dropbox | DROPBOX_ACCESS_TOKEN | own | sl\.[A-Za-z0-9_-]{136}
easypost | EASYPOST_API_KEY | own | EZAK[A-Za-z0-9]{54}
facebook | FACEBOOK_ACCESS_TOKEN | own | EAAC[A-Za-z0-9]{160}
facebook | FACEBOOK_APP_SECRET | named | [0-9a-f]{32}
flutterwave | FLUTTERWAVE_SECRET_KEY | own | FLWSECK-[0-9a-f]{32}-X
hubspot | HUBSPOT_ACCESS_TOKEN | own | !hubspot
launchdarkly | LAUNCHDARKLY_SDK_KEY | own | !launchdarkly
mapbox | MAPBOX_SECRET_TOKEN | own | !mapbox
prefect | PREFECT_API_KEY | own | pnu_[A-Za-z0-9]{36}
readme | README_API_KEY | own | rdme_[a-z0-9]{70}
scalingo | SCALINGO_API_TOKEN | own | tk-us-[A-Za-z0-9_-]{48}
shippo | SHIPPO_API_TOKEN | own | shippo_live_[0-9a-f]{40}
typeform | TYPEFORM_TOKEN | own | tfp_[A-Za-z0-9_-]{44}
yandex | YANDEX_API_KEY | own | AQVN[A-Za-z0-9_-]{36}
duffel | DUFFEL_ACCESS_TOKEN | own | duffel_live_[A-Za-z0-9_-]{43}
plaid | PLAID_ACCESS_TOKEN | own | !plaid
braintree | BRAINTREE_ACCESS_TOKEN | own | access_token\$production\$[a-z0-9]{16}\$[0-9a-f]{32}
mercado-pago | MERCADO_PAGO_ACCESS_TOKEN | own | APP_USR-[0-9]{16}-[0-9]{6}-[0-9a-f]{32}-[0-9]{9}
razorpay | RAZORPAY_KEY_SECRET | named | [A-Za-z0-9]{24}
twitter | TWITTER_BEARER_TOKEN | own | AAAAAAAAAAAAAAAAAAAAA[A-Za-z0-9]{40}%3D[A-Za-z0-9]{44}
okta | OKTA_API_TOKEN | named | 00[A-Za-z0-9_-]{40}
auth0 | AUTH0_CLIENT_SECRET | named | [A-Za-z0-9_-]{64}
onepassword | OP_SECRET_KEY | own | A3-[A-Z0-9]{6}-[A-Z0-9]{6}-[A-Z0-9]{5}-[A-Z0-9]{5}-[A-Z0-9]{5}-[A-Z0-9]{5}
algolia | ALGOLIA_ADMIN_API_KEY | named | [0-9a-f]{32}
confluent | CONFLUENT_API_SECRET | named | [A-Za-z0-9/+]{64}
splunk | SPLUNK_HEC_TOKEN | named | !uuid
travis | TRAVIS_API_TOKEN | named | [A-Za-z0-9_-]{22}
launchpad-jwt | AUTH_TOKEN | own | !jwt
pem | PRIVATE_KEY | own | !pem_ec
pem-pkcs8 | TLS_KEY | own | !pem_pkcs8
openssh | DEPLOY_KEY | own | !openssh
age | AGE_KEY | own | !age
wireguard | PrivateKey | named | !wireguard
postgresql-url | DATABASE_URL | own | postgres://[a-z]{6}_app:[A-Za-z0-9]{18}@db[0-9]\.[a-z]{7}\.net:5432/[a-z]{7}
mysql-url | MYSQL_URL | own | mysql://[a-z]{7}:[A-Za-z0-9]{16}@mysql\.[a-z]{8}\.io/[a-z]{6}
mongodb-url | MONGODB_URI | own | mongodb\+srv://[a-z]{7}:[A-Za-z0-9]{16}@cluster0\.[a-z0-9]{5}\.mongodb\.net/[a-z]{6}
redis-url | REDIS_URL | own | redis://:[A-Za-z0-9]{24}@cache\.[a-z]{8}\.net:6379/0
amqp-url | AMQP_URL | own | amqps://[a-z]{8}:[A-Za-z0-9_-]{32}@[a-z]{6}\.[a-z]{7}\.com/[a-z]{8}
"""

BASE62 = string.digits + string.ascii_uppercase + string.ascii_lowercase


def formats():
    """(vendor, setting, whether the value is known without its setting, its description) of every line."""
    for line in TABLE.strip().split("\n"):
        vendor, setting, shown, shape = (part.strip() for part in line.split(" | "))
        yield vendor, setting, shown == "own", shape


def make(shape: str, rng) -> str:
    while True:
        value = globals()["_" + shape[1:]](rng) if shape.startswith("!") else sample(shape, rng)
        # One that says EXAMPLE by chance would be a documentation sample.
        if "example" not in value.lower():
            return value


def base62_crc(prefix: str, rng) -> str:
    """GitHub's: 30 characters, then their CRC-32 as six digits of base 62 (its blog, 2021-04-05)."""
    body = "".join(rng.choices(BASE62, k=30))
    checksum, rest = "", zlib.crc32(body.encode())
    for _ in range(6):
        rest, digit = divmod(rest, 62)
        checksum = BASE62[digit] + checksum
    return prefix + body + checksum


def _github_ghp(rng):
    return base62_crc("ghp_", rng)


def _github_gho(rng):
    return base62_crc("gho_", rng)


def _github_ghs(rng):
    return base62_crc("ghs_", rng)


def _npm(rng):
    return base62_crc("npm_", rng)


def _uuid(rng):
    return str(uuid.UUID(int=rng.getrandbits(128), version=4))


def _langfuse(rng):
    return "sk-lf-" + _uuid(rng)


def _hubspot(rng):
    return "pat-na1-" + _uuid(rng)


def _launchdarkly(rng):
    return "sdk-" + _uuid(rng)


def _plaid(rng):
    return "access-production-" + _uuid(rng)


def _grafana(rng):
    """Grafana's satokengen: CRC-32 of all before it, the lowest byte first."""
    key = "glsa_" + sample("[A-Za-z0-9]{32}", rng)
    return key + "_" + zlib.crc32(key.encode()).to_bytes(4, "little").hex()


def _azure_storage(rng):
    key = base64.b64encode(rng.randbytes(64)).decode()
    account = sample("[a-z]{6}store[0-9]{2}", rng)
    return f"DefaultEndpointsProtocol=https;AccountName={account};AccountKey={key};EndpointSuffix=core.windows.net"


def _azure_service_bus(rng):
    key = base64.b64encode(rng.randbytes(32)).decode()
    return f"Endpoint=sb://{sample('[a-z]{8}', rng)}.servicebus.windows.net/;SharedAccessKeyName=Root;SharedAccessKey={key}"


def _discord(rng):
    snowflake = base64.urlsafe_b64encode(str(rng.randint(10**17, 2 * 10**18)).encode()).decode().rstrip("=")
    return f"{snowflake}.G{sample('[A-Za-z0-9_-]{5}', rng)}.{sample('[A-Za-z0-9_-]{38}', rng)}"


def _base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _jwt(rng):
    claims = {"sub": _uuid(rng), "iss": f"https://login.{sample('[a-z]{7}', rng)}.io/", "iat": 1_760_000_000}
    head = _base64url(b'{"alg":"HS256","typ":"JWT"}')
    return f"{head}.{_base64url(json.dumps(claims).encode())}.{_base64url(rng.randbytes(32))}"


def _mapbox(rng):
    claims = {"u": sample("[a-z]{8}", rng), "a": "c" + sample("[a-z0-9]{24}", rng)}
    return f"sk.{_base64url(json.dumps(claims, separators=(',', ':')).encode())}.{sample('[A-Za-z0-9_-]{22}', rng)}"


def _pypi(rng):
    """A version 2 macaroon for pypi.org."""
    identifier = _uuid(rng).encode()
    body = b"\x02\x01\x08pypi.org\x02\x24" + identifier + b"\x00\x00\x06\x20" + rng.randbytes(80)
    return "pypi-" + _base64url(body)


def pem(label: str, der: bytes) -> str:
    text = base64.b64encode(der).decode()
    lines = [text[i:i + 64] for i in range(0, len(text), 64)]
    return "\n".join([f"-----BEGIN {label}-----", *lines, f"-----END {label}-----"])


def _pem_ec(rng):
    """RFC 5915 on P-256, without its public key, which may be left out."""
    return pem("EC PRIVATE " + "KEY", bytes.fromhex("30310201010420") + rng.randbytes(32) + bytes.fromhex("a00a06082a8648ce3d030107"))


def _pem_pkcs8(rng):
    """RFC 8410: an Ed25519 key in PKCS #8."""
    return pem("PRIVATE " + "KEY", bytes.fromhex("302e020100300506032b657004220420") + rng.randbytes(32))


def _openssh(rng):
    def field(data):
        return len(data).to_bytes(4, "big") + data

    public = rng.randbytes(32)
    check = rng.randbytes(4)
    inner = check + check + field(b"ssh-ed25519") + field(public) + field(rng.randbytes(32) + public) + field(b"deploy")
    inner += bytes(range(1, 1 + -len(inner) % 8))
    outer = b"openssh-key-v1\0" + field(b"none") + field(b"none") + field(b"") + (1).to_bytes(4, "big")
    outer += field(field(b"ssh-ed25519") + field(public)) + field(inner)
    return pem("OPENSSH PRIVATE " + "KEY", outer)


def _wireguard(rng):
    key = bytearray(rng.randbytes(32))
    key[0] &= 248
    key[31] = key[31] & 127 | 64
    return base64.b64encode(bytes(key)).decode()


def _service_account(rng):
    return json.dumps({
        "type": "service_account", "project_id": sample("[a-z]{6}-prod-[0-9]{4}", rng),
        "private_key_id": sample("[0-9a-f]{40}", rng), "private_key": _pem_pkcs8(rng) + "\n",
        "client_email": sample("[a-z]{6}@[a-z]{6}-prod", rng) + ".iam.gserviceaccount.com",
    })


def _age(rng):
    """BIP-173 over 32 bytes, in capitals."""
    letters = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
    bits = "".join(f"{byte:08b}" for byte in rng.randbytes(32)) + "0000"
    data = [int(bits[i:i + 5], 2) for i in range(0, 260, 5)]
    label = "age-secret-key-"
    values = [ord(c) >> 5 for c in label] + [0] + [ord(c) & 31 for c in label] + data + [0] * 6
    remainder = 1
    for value in values:
        top = remainder >> 25
        remainder = (remainder & 0x1FFFFFF) << 5 ^ value
        for i, generator in enumerate((0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)):
            remainder ^= generator if top >> i & 1 else 0
    data += [(remainder ^ 1) >> 5 * (5 - i) & 31 for i in range(6)]
    return (label + "1" + "".join(letters[d] for d in data)).upper()
