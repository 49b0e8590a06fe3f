/// One line of a rendering, without its end.
package struct Line: Sendable, Hashable {
  package var pieces: [Piece]

  package init(_ pieces: [Piece] = []) {
    self.pieces = pieces
  }

  package init(_ pieces: Piece...) {
    self.init(pieces)
  }

  /// In columns of the terminal.
  package var width: Int { pieces.reduce(0) { $0 + $1.width } }

  package mutating func append(_ piece: Piece) { pieces.append(piece) }

  /// The same line in no more than so many columns.
  package func cut(to columns: Int) -> Line {
    var room = columns
    var kept: [Piece] = []
    for piece in pieces {
      let width = piece.width
      if width > room {
        if room > 0 { kept.append(piece.cut(to: room, .atEnd)) }
        break
      }
      kept.append(piece)
      room -= width
    }
    return Line(kept)
  }

  /// Without trailing spaces, so that copying a line from the terminal takes only what is seen.
  package func rendered(_ style: Style) -> String {
    var rest = pieces[...]
    while let last = rest.last, last.text.allSatisfy({ $0 == " " }) { rest = rest.dropLast() }
    return rest.map { style.paint($0.text, $0.tint) }.joined()
  }
}

extension Line: ExpressibleByStringLiteral {
  package init(stringLiteral text: String) { self.init(Piece(text)) }
}

extension [Line] {
  /// The lines as they are written out, each with its end.
  package func rendered(_ style: Style) -> String {
    map { $0.rendered(style) + "\n" }.joined()
  }
}
