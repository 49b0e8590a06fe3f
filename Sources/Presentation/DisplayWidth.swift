/// How many columns of a terminal text takes.
///
/// - Source: UAX #11, East_Asian_Width `W` and `F` take two columns (Unicode 15); combining marks none.
package enum DisplayWidth {
  package static func of(_ text: some StringProtocol) -> Int {
    text.reduce(0) { $0 + of($1) }
  }

  package static func of(_ character: Character) -> Int {
    // A character with an emoji presentation selector is drawn as a picture, two columns wide.
    if character.unicodeScalars.contains(where: { $0.value == 0xfe0f }) { return 2 }
    return character.unicodeScalars.reduce(0) { max($0, of($1)) }
  }

  package static func of(_ scalar: Unicode.Scalar) -> Int {
    if scalar.value < 0x20 || scalar.value == 0x7f { return 0 }
    if scalar.value < 0x300 { return 1 }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .control: return 0
    default: return isWide(scalar.value) ? 2 : 1
    }
  }

  private static func isWide(_ value: UInt32) -> Bool {
    var low = 0
    var high = wide.count
    while low < high {
      let middle = (low + high) / 2
      if wide[middle].upperBound < value { low = middle + 1 } else { high = middle }
    }
    return low < wide.count && wide[low].contains(value)
  }
}
