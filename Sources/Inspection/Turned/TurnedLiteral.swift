internal import Evidence

/// What a credential begins with, turned: where it stands, its pattern is tried on the text turned back.
struct TurnedLiteral: Sendable {
  /// Among the detectors' patterns.
  let pattern: Int
  let turn: Turn
  let bytes: [UInt8]

  private init(pattern: Int, turn: Turn, bytes: [UInt8]) {
    self.pattern = pattern
    self.turn = turn
    self.bytes = bytes
  }

  /// Those of all patterns of credentials that begin with something certain.
  static func all(of patterns: [CompiledPattern]) -> [TurnedLiteral] {
    var literals: [TurnedLiteral] = []
    for (index, pattern) in patterns.enumerated()
    where pattern.owners.contains(where: { $0.rule.dataClass == .credential && !$0.rule.isGeneric }) {
      for beginning in pattern.beginnings where beginning.count >= InspectionLimits.shortestBeginning {
        for turn in Turn.allCases {
          let bytes = turn.turned(beginning)
          if bytes != beginning { literals.append(TurnedLiteral(pattern: index, turn: turn, bytes: bytes)) }
        }
      }
    }
    return literals
  }

  var hyperscanText: String { PatternNode.hyperscanText(of: bytes) }
}

extension TurnedLiteral: ArchivedValue {
  init(from archive: inout ArchiveReader) throws(DamagedArchive) {
    pattern = try archive.read()
    turn = try archive.oneOf()
    bytes = try archive.elements()
  }

  func write(to archive: inout ArchiveWriter) {
    archive.write(pattern)
    archive.write(oneOf: turn)
    archive.write(elements: bytes)
  }
}
