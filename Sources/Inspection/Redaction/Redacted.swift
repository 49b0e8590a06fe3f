/// A body without the things that were found in it.
package struct Redacted: Sendable, Hashable {
  /// In the same content codings as before.
  package let bytes: [UInt8]
  /// The same without content codings.
  package let text: [UInt8]
  /// Where in ``text`` placeholders stand, in ascending order.
  package let places: [Range<Int>]

  /// Places that were replaced.
  package var replaced: Int { places.count }
}
