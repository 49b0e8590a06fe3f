internal import Wire

extension [HTTPField] {
  /// Whether every value is text as it was sent: reading puts U+FFFD where bytes were not UTF-8, and a value that was
  /// sent with that character in it is refused along with those.
  var areReadable: Bool {
    allSatisfy { field in
      // The character's first byte, which is rare, before the character.
      !field.value.utf8.contains(0xef) || !field.value.unicodeScalars.contains("\u{FFFD}")
    }
  }
}
