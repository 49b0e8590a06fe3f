internal import Evidence

/// The files of which something left, and to whom: the bill of egress.
///
/// Only what was let go counts. A line is counted once for each destination, when it went there first; that a
/// conversation repeats it is told apart.
struct SentFiles {
  /// By path.
  let files: [File]

  /// One file, whatever its content was when it was sent.
  struct File: Hashable {
    let path: String
    /// Different lines that left, to anybody.
    let lines: Int
    /// All lines that it has; of several contents that were sent, the longest. `nil` where that is not known.
    let fileLines: Int?
    /// The one that most went to first.
    let destinations: [Part]
  }

  /// What of a file went to one destination for one purpose.
  struct Part: Hashable {
    let destination: Destination
    let purpose: Purpose
    /// Sent there for the first time.
    let lines: Int
    /// Sent there again.
    let repeatedLines: Int
    /// Of the file's text, repeats included.
    let bytes: Int
    /// Different lines in their order, neighbours joined; of several contents of the file, the numbers in each.
    let ranges: [ClosedRange<Int>]
    /// The sequence numbers of the exchanges, in order.
    let exchanges: [Int]
  }

  /// - Parameter lineCounts: how long files are, by path.
  init(_ exchanges: [Exchange], lineCounts: [String: Int] = [:]) {
    var paths: [String: [PartKey: [Sent]]] = [:]
    for exchange in exchanges where exchange.decision.action != .block && exchange.forwardedBytes > 0 {
      let key = PartKey(destination: exchange.destination, purpose: exchange.purpose)
      for source in exchange.attributed.sources {
        paths[source.path, default: [:]][key, default: []].append(Sent(source: source, sequence: exchange.sequence))
      }
    }
    files = paths.map { File(path: $0.key, parts: $0.value, fileLines: lineCounts[$0.key]) }.sorted {
      $0.path < $1.path
    }
  }

  struct PartKey: Hashable {
    let destination: Destination
    let purpose: Purpose
  }

  struct Sent {
    let source: SourceRange
    let sequence: Int
  }
}

extension SentFiles.File {
  fileprivate init(path: String, parts: [SentFiles.PartKey: [SentFiles.Sent]], fileLines: Int?) {
    self.path = path
    self.fileLines = fileLines
    let first = parts.values.joined().map(\.source).filter(\.isFirstSent)
    lines = Dictionary(grouping: first, by: \.version).values
      .reduce(0) { $0 + LineSet($1.map { $0.startLine...$0.endLine }).count }
    destinations = parts.map { SentFiles.Part($0.key, $0.value) }.sorted {
      ($1.lines, $0.destination.host, $0.purpose.rawValue) < ($0.lines, $1.destination.host, $1.purpose.rawValue)
    }
  }
}

extension SentFiles.Part {
  fileprivate init(_ key: SentFiles.PartKey, _ sent: [SentFiles.Sent]) {
    destination = key.destination
    purpose = key.purpose
    lines = sent.reduce(0) { $0 + ($1.source.isFirstSent ? $1.source.lineCount : 0) }
    repeatedLines = sent.reduce(0) { $0 + ($1.source.isFirstSent ? 0 : $1.source.lineCount) }
    bytes = sent.reduce(0) { $0 + $1.source.bytes }
    ranges = LineSet(sent.map { $0.source.startLine...$0.source.endLine }).ranges
    exchanges = Set(sent.map(\.sequence)).sorted()
  }
}

extension SentFiles {
  /// First sent, to whichever destination.
  var lines: Int { files.reduce(0) { $0 + $1.destinations.reduce(0) { $0 + $1.lines } } }

  /// The form of `files[]` in `report.json`.
  var json: JSONValue { .array(files.map(\.json)) }
}

extension SentFiles.File: JSONRepresentable {
  var json: JSONValue {
    var members: [String: JSONValue] = [
      "path": .string(path), "lines": .integer(lines), "destinations": .array(destinations.map(\.json)),
    ]
    members["fileLines"] = fileLines.map { .integer($0) }
    return .object(members)
  }
}

extension SentFiles.Part: JSONRepresentable {
  var json: JSONValue {
    [
      "host": .string(destination.host), "port": .integer(Int(destination.port)),
      "purpose": .string(purpose.rawValue), "lines": .integer(lines), "repeatedLines": .integer(repeatedLines),
      "bytes": .integer(bytes),
      "ranges": .array(ranges.map { [.integer($0.lowerBound), .integer($0.upperBound)] }),
      "exchanges": .array(exchanges.map { .integer($0) }),
    ]
  }
}
