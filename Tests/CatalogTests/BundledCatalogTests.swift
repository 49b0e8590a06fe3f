internal import Catalog
internal import Evidence
internal import Patterns
internal import Testing

/// Facts about all of the bundled files together.
@Suite struct BundledCatalogTests {
  let knowledge: Knowledge

  init() throws { knowledge = try Bundled.knowledge.get() }

  @Test("the agents of the reference are all there")
  func agents() {
    let wanted = [
      "claude-code", "codex", "copilot", "amazon-q", "kiro", "cursor", "gemini-cli", "aider", "mistral-vibe",
      "continue",
      "cline", "opencode", "goose", "mini-swe-agent",
    ]
    #expect(Set(wanted).isSubset(of: Set(knowledge.agents.map(\.id))))
  }

  @Test("an agent is found by its name, its command, and a path to it")
  func commands() {
    #expect(knowledge.agent(for: "claude")?.id == "claude-code")
    #expect(knowledge.agent(for: "/usr/bin/codex")?.id == "codex")
    #expect(knowledge.agent(for: "vibe")?.id == "mistral-vibe")
    #expect(knowledge.agent(for: "./mini")?.id == "mini-swe-agent")
    #expect(knowledge.agent(for: "aider")?.id == "aider")
    #expect(knowledge.agent(for: "gemini-cli")?.id == "gemini-cli")
    #expect(knowledge.agent(for: "bash") == nil)
    #expect(knowledge.agent(for: "") == nil)
    #expect(knowledge.agent(for: "/") == nil)
  }

  @Test("every fact has a source with a date, and what was measured has a version")
  func sources() {
    let endpoints = knowledge.vendors.flatMap(\.endpoints) + knowledge.agents.flatMap(\.endpoints)
    let sources =
      endpoints.map(\.source) + knowledge.secrets.map(\.source) + knowledge.agents.flatMap(\.sources)
      + knowledge.vendors.flatMap(\.claims).map(\.source) + knowledge.trustVariables.map(\.source)
    #expect(sources.count > 400)
    for source in sources {
      #expect(source.date.count == 10 && !source.from.isEmpty)
    }
    for agent in knowledge.agents {
      for source in agent.sources where source.evidence == .measured { #expect(source.version != nil, "\(agent.id)") }
    }
  }

  @Test("what is blocked quietly has an answer")
  func quiet() {
    let endpoints = knowledge.vendors.flatMap(\.endpoints) + knowledge.agents.flatMap(\.endpoints)
    for endpoint in endpoints where [.telemetry, .flags].contains(endpoint.purpose) {
      #expect(endpoint.quiet != nil, "\(endpoint.id)")
      if endpoint.quiet?.contentType == "application/json", let body = endpoint.quiet?.body {
        #expect(throws: Never.self, "\(endpoint.id)") { try JSONParser.parse(body) }
      }
    }
  }

  @Test("a key reaches its own vendor's hosts and no telemetry, paste or unlisted host")
  func secrets() throws {
    let wanted = [
      "ANTHROPIC_API_KEY": ["api.anthropic.com"], "OPENAI_API_KEY": ["api.openai.com", "*.api.openai.com"],
      "CODEX_API_KEY": ["api.openai.com", "*.api.openai.com"], "MISTRAL_API_KEY": ["api.mistral.ai"],
      "GEMINI_API_KEY": ["generativelanguage.googleapis.com"], "GOOGLE_API_KEY": ["generativelanguage.googleapis.com"],
      "ANTHROPIC_AUTH_TOKEN": ["api.anthropic.com"], "GITHUB_TOKEN": ["api.github.com", "github.com"],
    ]
    for (name, hosts) in wanted {
      let binding = try #require(knowledge.secrets.first { $0.name == name })
      #expect(binding.hosts.map(\.text) == hosts)
    }
    let strangers = ["chatgpt.com", "chat.mistral.ai", "console.mistral.ai", "webhook.site", "us.i.posthog.com"]
    for secret in knowledge.secrets {
      #expect(!secret.hosts.isEmpty)
      for stranger in strangers {
        #expect(!secret.hosts.contains { $0.matches(Destination(host: stranger, port: 443)) }, "\(secret.name)")
      }
    }
  }

  @Test("a placeholder has the key's form and is another one each time")
  func placeholders() throws {
    let binding = try #require(knowledge.secrets.first { $0.name == "ANTHROPIC_API_KEY" })
    var source = SystemRandomNumberGenerator()
    let one = binding.placeholder(using: &source)
    #expect(one.hasPrefix("sk-ant-api03-") && one.utf8.count == 13 + 95)
    #expect(one != binding.placeholder(using: &source))
    #expect(one.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f })
  }

  @Test("no variable that sounds like a secret passes by a prefix, and no key passes as it is")
  func environment() throws {
    let claude = try #require(knowledge.agent(for: "claude"))
    #expect(claude.passes(variable: "CLAUDE_CODE_USE_BEDROCK"))
    #expect(claude.passes(variable: "CLAUDE_CODE_SHELL"))
    #expect(!claude.passes(variable: "CLAUDE_CODE_OAUTH_TOKEN"))
    #expect(!claude.passes(variable: "CLAUDE_CODE_CLIENT_KEY_PASSPHRASE"))
    #expect(!claude.passes(variable: "ANTHROPIC_API_KEY"))
    #expect(!claude.passes(variable: "AWS_SECRET_ACCESS_KEY"))
    #expect(knowledge.environment.passes(variable: "LC_ALL"))
    for name in [
      "SSH_AUTH_SOCK", "DBUS_SESSION_BUS_ADDRESS", "GITHUB_TOKEN", "LD_PRELOAD", "NODE_OPTIONS", "HTTPS_PROXY",
    ] {
      #expect(!knowledge.environment.passes(variable: name))
      for agent in knowledge.agents { #expect(!agent.passes(variable: name), "\(agent.id) \(name)") }
    }
    for agent in knowledge.agents {
      for secret in knowledge.secrets { #expect(!agent.passes(variable: secret.name), "\(agent.id) \(secret.name)") }
    }
  }

  @Test("no agent is given another's credential store")
  func files() {
    let stores = [
      "~/.ssh", "~/.aws", "~/.netrc", "~/.npmrc", "~/.docker", "~/.config/gcloud", "~/.config/gh", "~/.gnupg",
      "~/.kube",
      "~/.env", "~/.pypirc", "~/.git-credentials", "~/.config", "~/.local", "~/.local/share", "~/.bashrc", "~/.profile",
    ]
    for agent in knowledge.agents {
      #expect(!agent.files.isEmpty)
      for grant in agent.files { #expect(!stores.contains(grant.path), "\(agent.id) \(grant.path)") }
    }
    #expect(knowledge.environment.files.allSatisfy { $0.access == .read })
  }

  @Test("the trust variables say which replace and which add")
  func trust() {
    func value(_ name: String) -> TrustVariable.Value? { knowledge.trustVariables.first { $0.name == name }?.value }
    #expect(value("SSL_CERT_FILE") == .bundle)
    #expect(value("NODE_EXTRA_CA_CERTS") == .authority)
    #expect(value("DENO_TLS_CA_STORE") == .word)
    #expect(knowledge.trustFiles.contains { $0.path == "/etc/ssl/certs/ca-certificates.crt" })
  }

  @Test("this program finds the catalogue beside it")
  func bundled() throws {
    let directory = try #require(Knowledge.bundledDirectory)
    #expect(try Knowledge.load(from: [directory]).agents.count == knowledge.agents.count)
  }
}
