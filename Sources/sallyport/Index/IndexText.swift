internal import Evidence
internal import Fingerprints
internal import Presentation

/// What was indexed, for people and for machines.
enum IndexText {
  static func json(_ outcome: RootIndexing.Outcome) -> JSONValue {
    guard case .object(var members) = outcome.root.json else { return outcome.root.json }
    members["filesRead"] = .integer(outcome.progress.read)
    members["indexBytes"] = .integer(outcome.bytes.count)
    return .object(members)
  }

  static func lines(_ outcome: RootIndexing.Outcome) -> [Line] {
    let root = outcome.root
    let read =
      outcome.progress.read == root.files ? "" : ", \(outcome.progress.read.grouped) of them read"
    let left = IndexedRoot.LeftOut.allCases.compactMap { reason in
      root.leftOut[reason].map { "\($0.grouped) \(words(reason))" }
    }
    return [
      Line(
        Piece(Sanitised(root.path).text, .strong),
        Piece(
          ": \(root.files.counted("file"))\(read), \(root.lines.counted("line")), \(ByteCount(root.bytes)): "
            + "\(root.fingerprints.counted("fingerprint")), \(ByteCount(outcome.bytes.count))"))
    ] + (left.isEmpty ? [] : [Line(Piece("  left out: " + left.joined(separator: ", "), .muted))])
  }

  private static func words(_ reason: IndexedRoot.LeftOut) -> String {
    switch reason {
    case .binary: "binary"
    case .tooLarge: "over 4 MiB"
    case .unreadable: "unreadable"
    case .generated: "generated"
    case .licence: "licences"
    case .others: "folders of others' code"
    }
  }

  static func table(_ roots: [IndexedRoot], columns: Int) -> [Line] {
    var table = Table([
      .init("name", ellipsis: .atEnd), .init("path", ellipsis: .atStart), .init("files", .trailing),
      .init("lines", .trailing), .init("size", .trailing), .init("fingerprints", .trailing), .init("indexed"),
    ])
    table.rows = roots.map { root in
      [
        Piece(Sanitised(root.name).text), Piece(Sanitised(root.path).text), Piece(root.files.grouped),
        Piece(root.lines.grouped), Piece("\(ByteCount(root.bytes))"), Piece(root.fingerprints.grouped),
        Piece(String("\(root.indexed)".prefix(16)) + "Z", .muted),
      ]
    }
    return table.lines(columns: columns)
  }
}
