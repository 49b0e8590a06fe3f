/// One JSON text in its canonical form (RFC 8785): the bytes that anybody would write for the same value.
package struct CanonicalText: Sendable, Hashable {
  package let bytes: [UInt8]

  /// - Throws: ``CanonicalJSONError/notFinite`` for a number that JSON cannot hold.
  package init(_ value: JSONValue) throws(CanonicalJSONError) { bytes = try CanonicalJSON.encode(value) }

  /// - Parameter write: writes one value.
  package init(_ write: (inout CanonicalWriter) -> Void) {
    var writer = CanonicalWriter()
    write(&writer)
    bytes = writer.bytes
  }
}
