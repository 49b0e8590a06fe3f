package import Evidence

extension TextPlace {
  /// Lines and columns of offsets in a text.
  package static func places(of offsets: [Int], in bytes: [UInt8]) -> [Int: TextPlace] {
    var places = TextPlaces(of: offsets)
    bytes.withUnsafeBytes { places.receive($0) }
    places.finish()
    return places.places
  }
}
