internal import Catalog
internal import Evidence
internal import Sandbox

/// The environment of the agent: an allowlist of the user's, the placeholders, and what makes clients use our door.
enum AgentEnvironment {
  static func make(
    _ settings: RunSettings, placeholders: [String: String], trustBundle: String, authority: String
  ) -> [String: String] {
    var inside: [String: String] = [:]
    for (name, value) in settings.environment where passes(name, settings) {
      inside[name] = value
    }
    inside["PATH"] = settings.environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin"
    inside["TMPDIR"] = "/tmp"
    inside.merge(settings.variables.values) { _, wanted in wanted }
    inside.merge(placeholders) { _, placeholder in placeholder }
    inside["HOME"] = settings.home
    inside["SALLYPORT"] = "1"
    for variable in settings.knowledge.trustVariables {
      inside[variable.name] =
        switch variable.value {
        case .bundle: trustBundle
        case .authority: authority
        case .word: variable.word
        }
    }
    if settings.options.setsProxyVariables { inside.merge(proxies) { _, proxy in proxy } }
    return inside
  }

  /// What nobody else sets.
  static let fixed: Set<String> = ["HOME", "SALLYPORT"]
  static var proxyNames: Set<String> { Set(proxies.keys) }

  private static func passes(_ name: String, _ settings: RunSettings) -> Bool {
    settings.knowledge.environment.passes(variable: name) || settings.profile?.passes(variable: name) == true
  }

  private static var proxies: [String: String] {
    let url = "http://127.0.0.1:\(ConfinedRun.proxyPort)"
    let loopback = "localhost,127.0.0.1,::1"
    return [
      "HTTP_PROXY": url, "HTTPS_PROXY": url, "http_proxy": url, "https_proxy": url,
      "NO_PROXY": loopback, "no_proxy": loopback,
    ]
  }
}
