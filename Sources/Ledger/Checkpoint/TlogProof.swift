/// Everything an auditor needs to check one entry offline (C2SP tlog-proof): the file to hand out.
package struct TlogProof: Sendable, Hashable {
  private static let header = "c2sp.org/tlog-proof@v1"

  /// Not authenticated by anything.
  package let extra: [UInt8]?
  package let inclusion: InclusionProof
  /// The signed checkpoint, byte for byte.
  package let checkpoint: [UInt8]

  package init(inclusion: InclusionProof, checkpoint: [UInt8], extra: [UInt8]? = nil) {
    self.inclusion = inclusion
    self.checkpoint = checkpoint
    self.extra = extra
  }

  package var bytes: [UInt8] {
    var lines = [Self.header]
    if let extra { lines.append("extra \(Base64.encode(extra))") }
    lines.append("index \(inclusion.index)")
    lines += inclusion.hashes.map(\.base64)
    return Array((lines.joined(separator: "\n") + "\n\n").utf8) + checkpoint
  }

  /// Reads a `.tlog-proof` file.
  package init(_ bytes: [UInt8]) throws(LedgerError) {
    guard bytes.count <= LedgerLimits.noteBytes else {
      throw LedgerError(.tooLarge, place: "proof", "a proof of \(bytes.count) bytes is past \(LedgerLimits.noteBytes)")
    }
    // The first empty line ends the proof; the checkpoint behind it has one of its own.
    guard let end = bytes.indices.dropFirst().first(where: { bytes[$0] == 0x0a && bytes[$0 - 1] == 0x0a }) else {
      throw Self.malformed("no empty line ends the proof")
    }
    guard let head = String(validating: bytes[..<(end - 1)], as: UTF8.self) else { throw Self.malformed("not UTF-8") }
    var lines = head.utf8.split(separator: 0x0a, omittingEmptySubsequences: false).map { String(Substring($0)) }[...]
    guard lines.popFirst() == Self.header else { throw Self.malformed("the first line is not \(Self.header)") }
    extra = try Self.field("extra", of: &lines).map { text throws(LedgerError) in
      guard let bytes = Base64.decode(text) else { throw Self.malformed("the extra data is not base64") }
      return bytes
    }
    guard let index = try Self.field("index", of: &lines).flatMap({ Decimal.parse($0) }) else {
      throw Self.malformed("no index of an entry")
    }
    guard lines.count <= LedgerLimits.proofHashes else { throw Self.malformed("too many hashes") }
    let hashes = lines.compactMap { TreeHash(base64: $0) }
    guard hashes.count == lines.count else { throw Self.malformed("a line of the proof is no hash") }
    inclusion = InclusionProof(index: index, hashes: hashes)
    checkpoint = Array(bytes[(end + 1)...])
  }

  private static func field(_ name: String, of lines: inout ArraySlice<String>) throws(LedgerError) -> Substring? {
    guard let line = lines.first, line.hasPrefix(name + " ") else { return nil }
    lines.removeFirst()
    return line.dropFirst(name.count + 1)
  }

  /// Checks that `entry` stands in the log that `key` signs for, at the proof's index.
  ///
  /// - Returns: the checkpoint that covers it.
  package func verify(entry: [UInt8], with key: VerifierKey) throws(LedgerError) -> Verified<Checkpoint> {
    let verified = try Verified(checkpoint, with: key)
    guard inclusion.proves(.leaf(entry), size: verified.value.size, root: verified.value.root) else {
      throw LedgerError(
        .proofFails, place: "proof", "the entry does not stand at index \(inclusion.index) of this log",
        remedy: "compare the entry byte for byte with the one that was exported")
    }
    return verified
  }

  private static func malformed(_ sentence: String) -> LedgerError {
    LedgerError(.malformed, place: "proof", sentence)
  }
}
