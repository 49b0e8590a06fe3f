/// Where a line's text stands, without the white space around it.
struct TextLine {
  /// The first byte that is not white space, or the line's end.
  let start: Int
  /// After the last byte that is not white space.
  let end: Int
  /// Whether nothing goes on across this line's end: the text was cut there by an encoding.
  let isCut: Bool
}
