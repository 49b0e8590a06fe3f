/// A body without the things that were found in it.
package struct Redacted: Sendable, Hashable {
  /// In the same content codings as before.
  package let bytes: [UInt8]
  /// Places that were replaced.
  package let replaced: Int
}
