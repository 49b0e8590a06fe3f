internal import Catalog
internal import Evidence
internal import Testing

@Suite struct RecognitionTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let request: String
    let agent: String
    let endpoint: String?
    let purpose: Purpose
    var testDescription: String { "\(agent): \(request)" }

    init(_ request: String, _ endpoint: String?, _ purpose: Purpose, by agent: String = "unknown") {
      self.request = request
      self.agent = agent
      self.endpoint = endpoint
      self.purpose = purpose
    }
  }

  /// What the five recorded agents did, call by call.
  static let measured: [Case] = [
    Case("POST api.anthropic.com/v1/messages?beta=true", "anthropic/messages", .model, by: "claude-code"),
    Case("POST api.anthropic.com/api/event_logging/v2/batch", "anthropic/event-logging", .telemetry, by: "claude-code"),
    Case("POST api.anthropic.com/api/event_logging/batch", "anthropic/event-logging", .telemetry, by: "claude-code"),
    Case("POST api.anthropic.com/api/eval/sdk-zAZezfDKGoZuXXKe", "anthropic/flags", .flags, by: "claude-code"),
    Case(
      "GET api.anthropic.com/api/claude_code/organizations/metrics_enabled", "anthropic/metrics-enabled", .telemetry,
      by: "claude-code"),
    Case(
      "GET api.anthropic.com/api/claude_cli/bootstrap?entrypoint=x&model=y", "anthropic/bootstrap", .config,
      by: "claude-code"),
    Case("GET api.anthropic.com/api/claude_code_penguin_mode", "anthropic/fast-mode", .config, by: "claude-code"),
    Case("GET api.anthropic.com/api/directory/server-urls", "anthropic/directory", .config, by: "claude-code"),
    Case("GET api.anthropic.com/api/claude_code/settings", "anthropic/managed-settings", .config, by: "claude-code"),
    Case("GET api.anthropic.com/api/claude_code/policy_limits", "anthropic/policy-limits", .config, by: "claude-code"),
    Case("HEAD api.anthropic.com/api/hello", "anthropic/hello", .config, by: "claude-code"),
    Case("POST api.openai.com/v1/responses", "openai/responses", .model, by: "codex"),
    Case(
      "GET chatgpt.com/backend-api/codex/models?client_version=0.163.0", "openai/codex-models", .config, by: "codex"),
    Case("GET chatgpt.com/backend-api/plugins/featured", "openai/codex-plugins", .registry, by: "codex"),
    Case("GET chatgpt.com/backend-api/plugins/export/curated", "openai/codex-plugins", .registry, by: "codex"),
    Case(
      "GET github.com/openai/plugins.git/info/refs?service=git-upload-pack", "codex/plugins", .registry, by: "codex"),
    Case("GET api.github.com/repos/openai/plugins", "codex/plugin-list", .registry, by: "codex"),
    Case("POST ab.chatgpt.com/otlp/v1/metrics", "openai/metrics", .telemetry, by: "codex"),
    Case("POST api.mistral.ai/v1/chat/completions", "mistral/chat", .model, by: "mistral-vibe"),
    Case("POST api.mistral.ai/v1/datalake/events", "mistral/events", .telemetry, by: "mistral-vibe"),
    Case("GET api.mistral.ai/v1/users/me", "mistral/account", .auth, by: "mistral-vibe"),
    Case("GET api.mistral.ai/v1/connectors/bootstrap", "mistral/connectors", .config, by: "mistral-vibe"),
    Case("GET chat.mistral.ai/api/v1/code/managed-config", "mistral/managed-config", .config, by: "mistral-vibe"),
    Case("GET console.mistral.ai/api/vibe/whoami", "mistral/whoami", .auth, by: "mistral-vibe"),
    Case("POST experiments.mistral.services/api/eval/x", "mistral/experiments", .flags, by: "mistral-vibe"),
    Case(
      "GET raw.githubusercontent.com/BerriAI/litellm/main/model_prices_and_context_window.json", "litellm/prices",
      .config, by: "aider"),
    Case("GET pypi.org/pypi/aider-chat/json", "aider/update-check", .update, by: "aider"),
    Case("POST api.openai.com/v1/chat/completions", "openai/chat", .model, by: "mini-swe-agent"),
  ]

  /// The same hosts asked for another purpose, and what must stay unknown.
  static let others: [Case] = [
    Case("GET pypi.org/pypi/aider-chat/json", "pypi/index", .registry, by: "codex"),
    Case("GET pypi.org/simple/aider-chat/", "pypi/index", .registry, by: "aider"),
    Case("GET files.pythonhosted.org/packages/a/b.whl", "pypi/files", .registry),
    Case("POST upload.pypi.org/legacy/", "pypi/publish", .web),
    Case("GET registry.npmjs.org/@types%2fnode", "npm/packages", .registry),
    Case("GET registry.npmjs.org/@anthropic-ai/claude-code", "npm/packages", .registry, by: "codex"),
    Case("GET registry.npmjs.org/@anthropic-ai%2Fclaude-code", "claude-code/update-check", .update, by: "claude-code"),
    Case("PUT registry.npmjs.org/left-pad", "npm/publish", .web),
    Case("POST registry.npmjs.org/-/npm/v1/security/advisories/bulk", "npm/audit", .registry),
    Case("GET index.crates.io/se/rd/serde", "crates.io/index", .registry),
    Case("GET deb.debian.org:80/debian/dists/stable/InRelease", "debian/packages", .registry),
    Case("GET github.com/a/b.git/info/refs?service=git-upload-pack", "github/git-fetch", .registry),
    Case("POST github.com/a/b/git-upload-pack", "github/git-fetch-pack", .registry),
    Case("GET github.com/a/b.git/info/refs?service=git-receive-pack", "github/git-push", .web),
    Case("POST github.com/a/b.git/git-receive-pack", "github/git-push-pack", .web),
    Case("GET git.example.com/a/b.git/info/refs?service=git-receive-pack", "git/git-push", .web),
    Case("GET git.example.com/a/b.git/info/refs?service=git-upload-pack", "git/git-fetch", .web),
    Case("POST git.example.com/a/git-upload-pack", nil, .unknown),
    Case("POST api.github.com/gists", "github/gists", .web),
    Case("GET api.github.com/user", "github-copilot/account", .auth, by: "copilot"),
    Case("POST github.com/login/device/code", "github-copilot/sign-in", .auth, by: "copilot"),
    Case("POST api.business.githubcopilot.com/chat/completions", "github-copilot/chat", .model, by: "copilot"),
    Case(
      "POST telemetry.business.githubcopilot.com/telemetry", "github-copilot/plan-telemetry", .telemetry, by: "copilot"),
    Case(
      "POST copilot-telemetry.githubusercontent.com/telemetry", "github-copilot/telemetry", .telemetry, by: "copilot"),
    Case("GET default.exp-tas.com/vscode/ab", "github-copilot/experiments", .flags, by: "copilot"),
    Case(
      "POST cloudcode-pa.googleapis.com/v1internal:streamGenerateContent?alt=sse", "google/code-assist", .model,
      by: "gemini-cli"),
    Case(
      "POST cloudcode-pa.googleapis.com/v1internal:recordCodeAssistMetrics", "google/code-assist-metrics", .telemetry,
      by: "gemini-cli"),
    Case(
      "POST cloudcode-pa.googleapis.com/v1internal:listExperiments", "google/code-assist-experiments", .flags,
      by: "gemini-cli"),
    Case("POST play.googleapis.com/log?format=json&hasfast=true", "google/clearcut", .telemetry, by: "gemini-cli"),
    Case(
      "POST generativelanguage.googleapis.com/v1beta/models/gemini-3:streamGenerateContent?alt=sse", "google/generate",
      .model, by: "gemini-cli"),
    Case("GET generativelanguage.googleapis.com/v1beta/models", "google/models", .config, by: "gemini-cli"),
    Case(
      "POST europe-west1-aiplatform.googleapis.com/v1/projects/p/locations/l/publishers/anthropic/models/c:streamRawPredict",
      "google-vertex/anthropic", .model),
    Case(
      "POST bedrock-runtime.eu-west-1.amazonaws.com/model/anthropic.claude%3A0/invoke-with-response-stream",
      "amazon-bedrock/invoke", .model),
    Case("POST q.us-east-1.amazonaws.com/", "amazon-q/service", .model, by: "amazon-q"),
    Case("POST client-telemetry.us-east-1.amazonaws.com/metrics", "amazon-q/telemetry", .telemetry, by: "amazon-q"),
    Case("GET d-123.awsapps.com/start", "amazon-q/sign-in", .auth, by: "amazon-q"),
    Case("GET prod.download.cli.kiro.dev/stable/latest/manifest.json", "amazon-q/releases", .update, by: "kiro"),
    Case("POST agentn.us.api5.cursor.sh/agent.v1.AgentService/Run", "cursor/service", .model, by: "cursor"),
    Case("POST api2.cursor.sh/aiserver.v1.AnalyticsService/Batch", "cursor/api2-analytics", .telemetry, by: "cursor"),
    Case("POST repo42.cursor.sh/aiserver.v1.RepositoryService/SyncMerkle", "cursor/indexing", .web, by: "cursor"),
    Case("POST data.cline.bot/decide/?v=3", "cline/flags", .flags, by: "cline"),
    Case("POST data.cline.bot/batch", "cline/telemetry", .telemetry, by: "cline"),
    Case("POST us.i.posthog.com/capture/", "posthog/events", .telemetry, by: "goose"),
    Case("POST opencode.ai/zen/v1/chat/completions", "opencode/zen", .model, by: "opencode"),
    Case("GET models.dev/api.json", "opencode/models", .config, by: "opencode"),
    Case("POST api.continue.dev/model-proxy/v1/chat/completions", "continue/model-proxy", .model, by: "continue"),
    Case(
      "POST myorg.openai.azure.com/openai/deployments/d/chat/completions?api-version=1", "azure-openai/chat", .model),
    Case("POST o1.ingest.us.sentry.io/api/1/envelope/", "sentry/events", .telemetry),
    Case("POST http-intake.logs.us5.datadoghq.com/api/v2/logs", "datadog/logs", .telemetry),
    Case("POST localhost:11434/api/chat", "ollama/chat", .model),
    Case("POST [::1]:443/api/chat", nil, .unknown),
    Case("GET dns.google/resolve?name=x", "dns-over-https/resolver", .web),
    Case("GET 1.1.1.1/dns-query?dns=AAAB", "dns-over-https/resolver", .web),
    Case("GET innocent.example.com/dns-query?dns=AAAB", "dns-over-https/query", .web),
    Case("POST pastebin.com/api/api_post.php", "paste/site", .web),
    Case("GET abc.oast.fun/x", "webhook/catcher", .web),
    Case("GET developer.mozilla.org/en-US/docs/Web", "documentation/site", .web),
    Case("GET www.example.com/index.html", nil, .unknown),
    Case("POST www.example.com/v1/messages", nil, .unknown),
    Case("POST api.anthropic.com/v1/something_new", nil, .unknown, by: "claude-code"),
    Case("GET api.anthropic.com/v1/messages", nil, .unknown, by: "claude-code"),
    Case("POST api.anthropic.com.example.com/v1/messages", nil, .unknown),
    Case("POST xapi.anthropic.com/v1/messages", nil, .unknown),
  ]

  @Test("every call of the recorded agents has its purpose", arguments: measured)
  func recorded(_ c: Case) throws {
    let found = try Bundled.recognise(c.request, by: c.agent)
    #expect(found.endpoint == c.endpoint)
    #expect(found.purpose == c.purpose)
    #expect(found.source.contains(".yaml:"))
  }

  @Test("hosts that purposes share are told apart, and nothing is guessed", arguments: others)
  func described(_ c: Case) throws {
    let found = try Bundled.recognise(c.request, by: c.agent)
    #expect(found.endpoint == c.endpoint)
    #expect(found.purpose == c.purpose)
  }

  @Test("the WebSocket to the Responses API is a model's, without the upgrade it is not")
  func webSocket() throws {
    let socket = try Bundled.recognise("GET api.openai.com/v1/responses", by: "codex", upgrade: "WebSocket")
    #expect(socket.endpoint == "openai/responses-socket")
    #expect(socket.dialect == .openAIResponses)
    #expect(try Bundled.recognise("GET api.openai.com/v1/responses", by: "codex").endpoint == "openai/response")
    #expect(
      try Bundled.recognise("GET chatgpt.com/backend-api/codex/responses", by: "codex", upgrade: "websocket").purpose
        == .model)
  }

  @Test("a body tells telemetry from prompts where both share one path")
  func body() throws {
    let events = #"{"clientToken":"x","telemetryEvent":{"chatAddMessageEvent":{}}}"#
    #expect(
      try Bundled.recognise("POST q.us-east-1.amazonaws.com/", by: "amazon-q", body: events).purpose == .telemetry)
    let nested = #"{"conversationState":{"telemetryEvent":1}}"#
    #expect(try Bundled.recognise("POST q.us-east-1.amazonaws.com/", by: "amazon-q", body: nested).purpose == .model)
  }

  @Test("DNS messages are recognised on any host")
  func dnsMessage() throws {
    let found = try Bundled.recognise("POST quiet.example.com/x", contentType: "application/dns-message")
    #expect(found.endpoint == "dns-over-https/message")
  }

  @Test("a path that servers read differently is unknown, but the host's vendor is still known")
  func disguised() throws {
    for path in [
      "/v1/../api/event_logging/batch", "/api/event_logging/%2e%2e/../v1/messages", "//v1/messages",
      "/v1/messages/..%2f",
    ] {
      let found = try Bundled.recognise("POST api.anthropic.com\(path)", by: "claude-code")
      #expect(found.purpose == .unknown, "\(path)")
      #expect(found.vendor == "anthropic")
    }
    #expect(try Bundled.recognise("POST api.anthropic.com/api/event%5Flogging/batch").purpose == .telemetry)
  }

  @Test("whose model it is depends on the agent")
  func ownVendor() throws {
    let request = "POST api.openai.com/v1/chat/completions"
    #expect(try Bundled.recognise(request, by: "codex").isOwnVendor)
    #expect(try Bundled.recognise(request, by: "aider").isOwnVendor)
    #expect(try !Bundled.recognise(request, by: "claude-code").isOwnVendor)
    #expect(try !Bundled.recognise(request, by: "unknown").isOwnVendor)
    #expect(try Bundled.recognise("POST api.anthropic.com/v1/new", by: "claude-code").isOwnVendor)
  }

  @Test("a call costs microseconds")
  func fast() throws {
    let knowledge = try Bundled.knowledge.get()
    let facts = RequestFacts(host: "api.anthropic.com", method: "POST", path: "/api/event_logging/v2/batch")
    let unknown = RequestFacts(host: "a.b.c.d.example.com", method: "GET", path: "/some/page/that/nobody/knows.html")
    let duration = ContinuousClock().measure {
      for _ in 0..<500 {
        _ = knowledge.recognise(facts, by: "claude-code")
        _ = knowledge.recognise(unknown, by: "claude-code")
      }
    }
    // 5 µs is the aim in a release build; an unoptimised one on a busy machine is some fifty times slower.
    #expect(duration < .milliseconds(1000))
  }

  @Test("no request makes it crash")
  func hostile() throws {
    let knowledge = try Bundled.knowledge.get()
    var state: UInt64 = 5
    func byte() -> UInt8 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return UInt8(truncatingIfNeeded: state >> 33)
    }
    let hosts = [
      "api.anthropic.com", "", ".", "..", "*", "a" + String(repeating: ".", count: 5000), "[::1]", "q..amazonaws.com",
    ]
    for round in 0..<2000 {
      let noise = (0..<Int(byte() % 40)).map { _ in byte() }
      let text = String(decoding: noise, as: UTF8.self)
      _ = knowledge.recognise(
        RequestFacts(
          host: round % 2 == 0 ? hosts[Int(byte()) % hosts.count] : text, port: UInt16(byte()), method: text,
          path: "/" + text, contentType: text, upgrade: text, bodyPrefix: Array("{\"".utf8) + noise),
        by: round % 3 == 0 ? "codex" : text)
    }
  }
}
