/// Text that somebody else than a detector has found in a body, such as the organisation's own code, and which is to be
/// taken out with all of the lines that it is in.
package struct FoundPassage: Sendable, Hashable {
  package let kind: RedactedKind
  /// In the body without its content codings: what is known to belong to it.
  package let range: Range<Int>
  /// Letters before and behind ``range`` that may belong to it, too.
  package let margin: Int

  package init(kind: RedactedKind, range: Range<Int>, margin: Int) {
    self.kind = kind
    self.range = range
    self.margin = margin
  }
}
