internal import Evidence

/// One pattern, ready to be confirmed, with the detectors that look for it.
// A class, since each hit leads to one: a copy would count references to all that it is made of.
final class CompiledPattern: Sendable {
  /// Those whose pattern this is; several, where things have one shape and are told apart by checks and context.
  let owners: [PatternOwner]
  let program: PatternProgram
  /// Words lead to it.
  let isLed: Bool
  /// Bytes that a secret has at least.
  let secretWidth: Int
  /// Bytes that a match can begin with.
  let first: ByteSet
  /// Bytes that cannot stand before a match.
  let notBefore: ByteSet
  /// What each match begins with, as far as that is certain.
  let literalBeginning: [UInt8]
  /// The same where it may be one of a few.
  let beginnings: [[UInt8]]
  /// Bytes that a match has at most, as far as it is looked at turned.
  let longestTurned: Int
  /// Whether an owner wants words near.
  let hasContext: Bool

  init(_ node: PatternNode, _ owners: [PatternOwner], isLed: Bool) {
    self.owners = owners
    self.isLed = isLed
    hasContext = owners.contains { $0.context != nil }
    program = PatternProgram(node)
    secretWidth = (node.captured ?? node).width.lowerBound
    first = node.first
    notBefore = node.notBefore
    literalBeginning = node.literalBeginning
    beginnings = node.beginnings
    longestTurned = min(node.width.upperBound, InspectionLimits.longestTurned)
  }

  /// - Parameter rules: among which its owners are.
  /// - Throws: ``DamagedArchive``.
  init(from archive: inout ArchiveReader, _ rules: [DetectorRule]) throws(DamagedArchive) {
    owners = try archive.list { archive throws(DamagedArchive) in try PatternOwner(from: &archive, rules) }
    program = try archive.value()
    isLed = try archive.read()
    secretWidth = try archive.read()
    first = try archive.read()
    notBefore = try archive.read()
    literalBeginning = try archive.elements()
    beginnings = try archive.list { archive throws(DamagedArchive) in try archive.elements() }
    longestTurned = try archive.read()
    hasContext = try archive.read()
  }

  func write(to archive: inout ArchiveWriter) {
    archive.write(owners) { $1.write(to: &$0) }
    archive.write(program)
    archive.write(isLed)
    archive.write(secretWidth)
    archive.write(first)
    archive.write(notBefore)
    archive.write(elements: literalBeginning)
    archive.write(beginnings) { $0.write(elements: $1) }
    archive.write(longestTurned)
    archive.write(hasContext)
  }
}
