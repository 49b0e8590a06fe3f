/// A stretch of text of one meaning. Whatever it is made from becomes safe for a terminal here, so that nothing
/// in this room can forget to.
package struct Piece: Sendable, Hashable {
  package let text: String
  package let tint: Tint?

  package init(_ foreign: String, _ tint: Tint? = nil) {
    text = Sanitised(foreign).text
    self.tint = tint
  }

  private init(safe text: String, tint: Tint?) {
    self.text = text
    self.tint = tint
  }

  /// In columns of the terminal.
  package var width: Int { DisplayWidth.of(text) }

  /// The same piece in no more than so many columns.
  package func cut(to columns: Int, _ ellipsis: Ellipsis) -> Piece {
    Piece(safe: ellipsis.cut(text, to: columns), tint: tint)
  }
}

extension Piece: ExpressibleByStringLiteral {
  package init(stringLiteral text: String) { self.init(text) }
}
