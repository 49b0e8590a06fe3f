/// A half-open range of byte offsets, `start ..< end`, in the bytes as they were sent.
package struct Span: Sendable, Hashable {
  package let start: Int
  package let end: Int

  /// - Precondition: `0 <= start <= end`.
  package init(_ start: Int, _ end: Int) {
    precondition(0 <= start && start <= end, "a span runs forward from a non-negative offset")
    self.start = start
    self.end = end
  }

  package var count: Int { end - start }
}
