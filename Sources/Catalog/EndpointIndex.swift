internal import Evidence
internal import Patterns

/// Endpoints by host, most specific first.
///
/// - Complexity: a look-up hashes the host and its parent domains, then tries that host's few candidates.
struct EndpointIndex: Sendable {
  private var exact: [String: [Candidate]] = [:]
  /// By the part behind the last wildcard, with its leading dot.
  private var suffix: [String: [Candidate]] = [:]
  /// Address ranges and `*`.
  private var anywhere: [Candidate] = []

  /// One endpoint under one host and one path pattern of it. A class, because look-ups pass many of them by.
  private final class Candidate: Sendable {
    let host: DestinationPattern
    let path: PathPattern?
    let specificity: Int
    let endpoint: Endpoint

    init(host: DestinationPattern, path: PathPattern?, specificity: Int, endpoint: Endpoint) {
      self.host = host
      self.path = path
      self.specificity = specificity
      self.endpoint = endpoint
    }
  }

  init(_ endpoints: [Endpoint]) {
    for endpoint in endpoints {
      let paths: [PathPattern?] = endpoint.paths.isEmpty ? [nil] : endpoint.paths
      for (host, path) in endpoint.hosts.flatMap({ host in paths.map { (host, $0) } }) {
        let candidate = Candidate(
          host: host, path: path, specificity: Self.specificity(of: endpoint, host: host, path: path),
          endpoint: endpoint)
        switch host.host {
        case .name(let name): exact[name, default: []].append(candidate)
        case .suffix(let domain): suffix[domain, default: []].append(candidate)
        case .glob: suffix[Self.domain(of: host.text), default: []].append(candidate)
        case .any, .addresses: anywhere.append(candidate)
        }
      }
    }
    // A stable order: equals stay in the order of the files.
    let bySpecificity: ([Candidate]) -> [Candidate] = { candidates in
      candidates.enumerated().sorted { one, other in
        (other.element.specificity, one.offset) < (one.element.specificity, other.offset)
      }.map(\.element)
    }
    exact = exact.mapValues(bySpecificity)
    suffix = suffix.mapValues(bySpecificity)
    anywhere = bySpecificity(anywhere)
  }

  /// What describes a request best, and else an endpoint of the same host that at least tells whose it is.
  func lookUp(_ request: PreparedRequest) -> (match: Endpoint?, neighbour: Endpoint?) {
    var neighbour: Candidate?
    func first(in candidates: [Candidate]?) -> Endpoint? {
      for candidate in candidates ?? [] where candidate.host.matches(request.destination) {
        if Self.matches(candidate, request) { return candidate.endpoint }
        if neighbour == nil, candidate.host.host != .any { neighbour = candidate }
      }
      return nil
    }
    if let match = first(in: exact[request.facts.host]) { return (match, nil) }
    for domain in request.domains {
      if let match = first(in: suffix[domain]) { return (match, nil) }
    }
    return (first(in: anywhere), neighbour?.endpoint)
  }

  private static func matches(_ candidate: Candidate, _ request: PreparedRequest) -> Bool {
    let (endpoint, facts) = (candidate.endpoint, request.facts)
    if !endpoint.methods.isEmpty, !endpoint.methods.contains(facts.method) { return false }
    if let upgrade = endpoint.upgrade, facts.upgrade?.lowercased() != upgrade { return false }
    if let path = candidate.path, !path.matches(request.target) { return false }
    if let type = endpoint.contentType, facts.contentType?.lowercased().hasPrefix(type) != true { return false }
    return endpoint.bodyKeys.isEmpty || JSONTopKeys(facts.bodyPrefix).contains(all: endpoint.bodyKeys)
  }

  /// The host's literal bytes count before the path's, and those before the other conditions.
  private static func specificity(of endpoint: Endpoint, host: DestinationPattern, path: PathPattern?) -> Int {
    let conditions = [!endpoint.bodyKeys.isEmpty, endpoint.upgrade != nil, endpoint.contentType != nil]
    let rest = conditions.reduce(0) { $0 * 2 + ($1 ? 1 : 0) } * 2 + (endpoint.methods.isEmpty ? 0 : 1)
    let hostBytes = host.text.utf8.count { $0 != UInt8(ascii: "*") }
    return (hostBytes * (1 << 16) + (path?.specificity ?? 0)) * 16 + rest
  }

  /// `.amazonaws.com` for `q.*.amazonaws.com`; a wildcard in the last label stands under the empty text.
  private static func domain(of pattern: String) -> String {
    let host = pattern.lowercased().split(separator: ":").first ?? ""
    guard let star = host.lastIndex(of: "*"), let dot = host[star...].firstIndex(of: ".") else { return "" }
    return String(host[dot...])
  }
}
