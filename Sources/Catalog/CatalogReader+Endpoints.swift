internal import Documents
internal import Evidence
internal import Patterns

extension CatalogReader {
  /// - Parameters:
  ///   - owner: the part of an endpoint's name before the slash.
  ///   - vendor: who runs the hosts, unless an endpoint says otherwise.
  mutating func endpoints(_ node: DocumentNode?, owner: String, vendor: String) -> [Endpoint] {
    guard let node else { return [] }
    var endpoints: [Endpoint] = []
    var ids: Set<String> = []
    for node in reading.list(node, of: "endpoints") {
      guard let endpoint = endpoint(node, owner: owner, vendor: vendor) else { continue }
      if !ids.insert(endpoint.id).inserted {
        reading.report(node.place, found: "a second endpoint '\(endpoint.id)'", expected: "another id")
      }
      endpoints.append(endpoint)
    }
    return endpoints
  }

  private mutating func endpoint(_ node: DocumentNode, owner: String, vendor: String) -> Endpoint? {
    let fields = reading.fields(
      node, keys: CatalogKeys.endpoint, required: ["id", "hosts", "purpose", "source"], of: "an endpoint")
    let id = identifier(fields["id"], as: "an id")
    let named = identifier(fields["vendor"], as: "a vendor")
    let hosts = endpointHosts(fields)
    let purpose = fields["purpose"].flatMap { reading.word($0, of: Purpose.self, as: "a purpose") }
    let dialect = fields["dialect"].flatMap { reading.word($0, of: Dialect.self, as: "a dialect") }
    let quiet = fields["quiet"].flatMap { self.quiet($0) }
    if let purpose, [.telemetry, .flags].contains(purpose), fields["quiet"] == nil {
      reading.report(
        node.place, found: "a \(purpose.rawValue) endpoint without 'quiet'",
        expected: "'quiet', the answer that keeps the tool from trying again")
    }
    let methods = methods(fields["methods"])
    let paths = fields["paths"].map { reading.values($0, as: "paths such as /v1/messages or /v1/**", PathPattern.init) }
    let upgrade = fields["upgrade"].flatMap { reading.text($0, as: "a protocol such as websocket") }
    let contentType = fields["content-type"].flatMap { reading.text($0, as: "a media type") }
    let bodyKeys = fields["body"].map { reading.texts($0, as: "a member of the body's JSON object") } ?? []
    guard let id, let purpose, let source = source(fields), !hosts.isEmpty else { return nil }
    return Endpoint(
      id: owner + "/" + id, vendor: named ?? vendor, purpose: purpose, dialect: dialect, quiet: quiet,
      place: "\(file):\(node.place.line)", source: source, hosts: hosts, methods: methods, paths: paths ?? [],
      upgrade: upgrade?.lowercased(), contentType: contentType?.lowercased(), bodyKeys: bodyKeys)
  }

  /// Hosts of many owners are one endpoint only by something else that they have in common.
  private mutating func endpointHosts(_ fields: [String: DocumentNode]) -> [DestinationPattern] {
    guard let node = fields["hosts"] else { return [] }
    let form = "hosts such as api.example.com or \"*.example.com\""
    let hosts = reading.values(node, as: form, DestinationPattern.init)
    let isNarrowed = ["paths", "upgrade", "content-type", "body"].contains { fields[$0] != nil }
    if !isNarrowed, let host = hosts.first(where: \.spansDomains) {
      reading.report(
        node.place, found: "'\(host.text)' alone",
        expected: "hosts, or paths, upgrade, content-type or body beside them")
    }
    return hosts
  }

  private mutating func methods(_ node: DocumentNode?) -> Set<String> {
    guard let node else { return [] }
    return Set(
      reading.values(node, as: "methods in capitals, such as POST") { text in
        text.utf8.allSatisfy { (0x41...0x5a).contains($0) || $0 == 0x2d } ? text : nil
      })
  }

  private mutating func quiet(_ node: DocumentNode) -> QuietAnswer? {
    let fields = reading.fields(node, keys: CatalogKeys.quiet, required: ["status"], of: "a quiet answer")
    let status = fields["status"].flatMap { reading.integer($0, in: 200...599, as: "a status") }
    let type = fields["type"].flatMap { reading.text($0, as: "a media type") }
    let body = fields["body"].flatMap { reading.text($0, as: "a body") } ?? ""
    if body.utf8.count > CatalogLimits.quietBytes {
      reading.report(
        node.place, found: "a body of \(body.utf8.count) bytes", expected: "at most \(CatalogLimits.quietBytes)")
    }
    guard let status else { return nil }
    if type == nil, !body.isEmpty {
      reading.report(node.place, found: "a body without 'type'", expected: "'type', such as application/json")
    }
    return QuietAnswer(status: status, contentType: type, body: body)
  }
}
