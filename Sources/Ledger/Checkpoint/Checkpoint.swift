/// One statement that the log named `origin` held `size` entries with root `root` (C2SP tlog-checkpoint).
package struct Checkpoint: Sendable, Hashable {
  package let origin: String
  /// Grows, never shrinks.
  package let size: Int
  package let root: TreeHash
  /// Lines after the third; ours has none.
  package let extensions: [String]

  package init(origin: String, size: Int, root: TreeHash, extensions: [String] = []) {
    self.origin = origin
    self.size = size
    self.root = root
    self.extensions = extensions
  }

  /// The body that is signed.
  package var text: String {
    ([origin, String(size), root.base64] + extensions).map { $0 + "\n" }.joined()
  }

  /// Reads a note's text.
  package init(_ text: String) throws(LedgerError) {
    var lines = text.utf8.split(separator: 0x0a, omittingEmptySubsequences: false).map { String(Substring($0)) }
    guard lines.count >= 4, lines.removeLast().isEmpty else {
      throw Self.malformed("expected at least three lines, each ended by a newline")
    }
    guard !lines.contains("") else { throw Self.malformed("a line is empty") }
    guard let size = Decimal.parse(lines[1]) else { throw Self.malformed("the second line is no tree size") }
    guard let root = TreeHash(base64: lines[2]) else { throw Self.malformed("the third line is no root hash") }
    guard size > 0 || root == Merkle.emptyRoot else {
      throw Self.malformed("the root of the empty tree is not SHA-256 of nothing")
    }
    self.init(origin: lines[0], size: size, root: root, extensions: Array(lines[3...]))
  }

  private static func malformed(_ sentence: String) -> LedgerError {
    LedgerError(.malformed, place: "checkpoint", sentence)
  }
}
