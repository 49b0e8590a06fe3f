internal import Enforcement
internal import Evidence
internal import NIOCore
internal import Synchronization

/// Answers every name asked inside the sandbox, from inside: no question ever leaves, so none can carry anything out.
///
/// Questions that look like a tunnel are recorded, one for each domain.
final class ResolverDesk: Sendable {
  private let names: NameBook
  private let chamber: Chamber
  private let origin: Origin
  private let loop: any EventLoop
  private let recorded = Mutex<Set<String>>([])

  /// Domains recorded at most; a tunnel uses one.
  private static let recordedDomains = 256

  init(names: NameBook, chamber: Chamber, origin: Origin, loop: any EventLoop) {
    self.names = names
    self.chamber = chamber
    self.origin = origin
    self.loop = loop
  }

  /// - Returns: the message to send back; `nil` where an answer would itself be an abuse.
  func answer(_ message: ByteBuffer) -> ByteBuffer? {
    do throws(DNSError) {
      let query = try DNSQuery.read(message)
      let facts = DNSQuestionFacts(query)
      if let suspicion = TunnelSuspicion(facts) { record(facts, suspicion) }
      return query.response(names.answer(to: query))
    } catch {
      return error.reply
    }
  }

  private func record(_ facts: DNSQuestionFacts, _ suspicion: TunnelSuspicion) {
    let domain = facts.name.split(separator: ".").suffix(2).joined(separator: ".")
    let isNew = recorded.withLock { domains in
      domains.count < Self.recordedDomains && domains.insert(domain).inserted
    }
    guard isNew else { return }
    let captured = Captured(
      origin: origin, destination: Destination(host: domain, port: 53), protocolName: .dns,
      method: facts.type.description, target: "/\(facts.name)")
    let objection = Chamber.Objection(
      status: 403, statement: "\(suspicion.statement); it was answered inside and nothing left",
      rule: "names are answered inside")
    loop.execute { self.chamber.object(to: captured, objection, on: self.loop) { _ in } }
  }
}

/// Why a question looks like a way out rather than like a name.
struct TunnelSuspicion {
  let statement: String

  /// Bytes of one label: host names that people choose stay below.
  private static let longLabel = 40
  /// Freely chosen bytes before the registered domain.
  private static let longName = 60
  /// Bytes, and bits in each, from which chosen text looks encoded.
  private static let denseName = (bytes: 24, bitsPerByte: 4.2)

  /// Types that a program asks for to connect somewhere, or to be told of services.
  private static let ordinaryTypes: Set<DNSRecordType> = [
    .a, .aaaa, .ptr, .https, .svcb, .srv, .soa, .ns, .cname, .mx,
  ]

  init?(_ facts: DNSQuestionFacts) {
    if facts.longestLabel >= Self.longLabel || facts.freeBytes >= Self.longName {
      statement = "a name of \(facts.freeBytes) chosen bytes in \(facts.labelCount) labels was asked, as a tunnel does"
    } else if facts.freeBytes >= Self.denseName.bytes, facts.entropy >= Self.denseName.bitsPerByte {
      statement = "a name that looks encoded was asked, as a tunnel does"
    } else if !Self.ordinaryTypes.contains(facts.type) {
      statement = "a \(facts.type) record was asked, which can carry data back"
    } else {
      return nil
    }
  }
}
