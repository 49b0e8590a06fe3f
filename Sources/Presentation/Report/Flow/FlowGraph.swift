internal import Evidence

/// The bytes of a run, from the files that they came from to where they went or were stopped.
struct FlowGraph {
  var origins: [Origin]
  var ends: [End]
  /// Not more than one for each pair.
  var flows: [Flow]

  /// Files, or what is no file's.
  struct Origin {
    let label: String
    /// 0 for the rest.
    let files: Int
    var bytes: Double
  }

  /// A destination and a purpose, or the wall before it.
  struct End {
    let label: String
    /// `nil` where several are put together.
    let purpose: Purpose?
    let isStopped: Bool
    var bytes: Double
  }

  struct Flow {
    let origin: Int
    let end: Int
    let bytes: Double
  }

  /// Origins with names of their own.
  static let mostOrigins = 16
  /// Ends with names of their own.
  static let mostEnds = 12

  private struct EndKey: Hashable {
    let group: ExchangeGroup.Key
    let isStopped: Bool
  }

  /// The bytes of each file; of none at `nil`.
  private typealias Sums = [String?: Double]

  init(_ exchanges: [Exchange]) {
    var sums: [EndKey: Sums] = [:]
    for exchange in exchanges {
      let group = ExchangeGroup.Key(purpose: exchange.purpose, destination: exchange.destination)
      if exchange.forwardedBytes > 0 || !exchange.isStopped {
        Self.add(exchange, exchange.forwardedBytes, to: &sums[EndKey(group: group, isStopped: false), default: [:]])
      }
      if exchange.isStopped {
        Self.add(exchange, exchange.stoppedBytes, to: &sums[EndKey(group: group, isStopped: true), default: [:]])
      }
    }
    let (origins, position) = Self.origins(sums)
    self.origins = origins
    (ends, flows) = Self.ends(sums, position, rest: origins.count - 1)
    straighten()
    // Nobody sent anything that is no file's: then there is nothing to show of it.
    if let last = self.origins.last, last.bytes == 0, !flows.contains(where: { $0.origin == origins.count - 1 }) {
      self.origins.removeLast()
    }
  }

  /// Puts the files in the order of where their bytes go, so that fewer bands cross; the rest stays last.
  private mutating func straighten() {
    var weights = Array(repeating: 0.0, count: origins.count)
    for flow in flows { weights[flow.origin] += flow.bytes * Double(flow.end) }
    let order =
      origins.indices.dropLast().sorted { left, right in
        let (first, second) = (
          weights[left] / max(1, origins[left].bytes), weights[right] / max(1, origins[right].bytes)
        )
        return first == second ? left < right : first < second
      } + [origins.count - 1]
    var places = order
    for (place, origin) in order.enumerated() { places[origin] = place }
    origins = order.map { origins[$0] }
    flows = flows.map { Flow(origin: places[$0.origin], end: $0.end, bytes: $0.bytes) }
  }

  /// The body's share that came from files, by their bytes; the rest is nobody's. In whole bytes, so that no sum
  /// depends on the order of its parts.
  private static func add(_ exchange: Exchange, _ bytes: Int, to sums: inout Sums) {
    let whole = Double(bytes)
    let sources = exchange.attributed.sources
    let inside = sources.reduce(0.0) { $0 + Double($1.bytes) }
    let body = exchange.requestBodyBytes > 0 ? min(whole, Double(exchange.requestBodyBytes)) : whole
    // Of a body that was sent compressed the share may not be known: then the text's own size has to do.
    let share = exchange.attributed.share > 0 ? exchange.attributed.share : body > 0 ? min(1, inside / body) : 0
    var rest = whole
    for source in sources where inside > 0 {
      let part = (body * share * Double(source.bytes) / inside).rounded(.down)
      sums[source.path, default: 0] += part
      rest -= part
    }
    sums[nil, default: 0] += max(0, rest)
  }

  private static func origins(_ sums: [EndKey: Sums]) -> ([Origin], [String: Int]) {
    var files: [String: Double] = [:]
    var rest = 0.0
    for (path, bytes) in sums.values.joined() {
      if let path { files[path, default: 0] += bytes } else { rest += bytes }
    }
    var tree = PathTree()
    for (path, bytes) in files.sorted(by: { $0.key < $1.key }) { tree.add(path, bytes: bytes) }
    let (groups, position) = files.isEmpty ? ([], [:]) : tree.groups(limit: mostOrigins)
    let named = groups.map { Origin(label: $0.label, files: $0.files, bytes: $0.bytes) }
    return (named + [Origin(label: "not from files", files: 0, bytes: rest)], position)
  }

  private static func ends(
    _ sums: [EndKey: Sums], _ position: [String: Int], rest: Int
  ) -> ([End], [Flow]) {
    let sorted = sums.map { (key: $0.key, sums: $0.value, bytes: $0.value.values.reduce(0, +)) }
      .sorted { ($1.bytes, $0.key.group) < ($0.bytes, $1.key.group) }
    var ends: [End] = []
    var flows: [Flow] = []
    for isStopped in [false, true] {
      let those = sorted.filter { $0.key.isStopped == isStopped }
      // Those stopped and those let go share the room.
      let most = max(mostEnds / 2, mostEnds - sorted.count { $0.key.isStopped != isStopped })
      let named = those.count > most ? those.prefix(most - 1) : those[...]
      for end in named {
        ends.append(
          End(
            label: end.key.group.destination.shortText, purpose: end.key.group.purpose, isStopped: isStopped,
            bytes: end.bytes))
        flows += Self.flows([end.sums], to: ends.count - 1, position, rest)
      }
      let others = those.dropFirst(named.count)
      guard !others.isEmpty else { continue }
      ends.append(
        End(
          label: "\(others.count.grouped) others", purpose: nil, isStopped: isStopped,
          bytes: others.reduce(0) { $0 + $1.bytes }))
      flows += Self.flows(others.map(\.sums), to: ends.count - 1, position, rest)
    }
    return (ends, flows)
  }

  private static func flows(
    _ sums: [Sums], to end: Int, _ position: [String: Int], _ rest: Int
  ) -> [Flow] {
    var bytes: [Int: Double] = [:]
    for (path, count) in sums.joined() { bytes[path.flatMap { position[$0] } ?? rest, default: 0] += count }
    // What is no file's is left out where a file has it all, and shown where nobody has anything.
    let flows = bytes.filter { $0.value > 0 }
    return (flows.isEmpty ? [rest: 0] : flows).sorted { $0.key < $1.key }
      .map { Flow(origin: $0.key, end: end, bytes: $0.value) }
  }
}
