internal import Evidence
internal import Patterns

/// A request with what the index asks of it.
struct PreparedRequest {
  let facts: RequestFacts
  let destination: Destination
  let target: RequestTarget
  init(_ facts: RequestFacts) {
    self.facts = facts
    self.destination = Destination(host: facts.host, port: facts.port)
    self.target = RequestTarget(facts.path)
  }

  /// The host's parent domains with their leading dots, longest first, and the empty text.
  var domains: [String] {
    var domains: [String] = []
    let host = facts.host.utf8
    var index = host.startIndex
    // No name has more than 127 labels; what has more is nobody's.
    while domains.count < 127, let dot = host[index...].firstIndex(of: UInt8(ascii: ".")) {
      domains.append(String(facts.host[dot...]))
      index = host.index(after: dot)
    }
    domains.append("")
    return domains
  }
}
