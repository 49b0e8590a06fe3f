/// Takes encodings off whatever of a view is in them.
protocol ViewDecoder {
  /// Whether all that is in the view is read in the views beneath it. Asked once, when its first bytes are there.
  mutating func readsBeneath(_ view: DecodedView) -> Bool

  /// Goes on to `end`; bytes may be left for later where an encoding is cut there, unless the view is at its end.
  mutating func decode(_ view: DecodedView, upTo end: Int, isLast: Bool)

  /// Decodes what waits for bytes that may never come, as if the view ended here, into views that are then let go.
  func preview(_ view: DecodedView)

  /// The lowest offset that is still needed in the view's window and map.
  var needed: Int { get }

  /// One that stands where this one does, for the copy of its view.
  ///
  /// - Returns: `nil` where that cannot be.
  func copy(_ copies: TreeCopy) -> Self?
}

extension ViewDecoder {
  mutating func readsBeneath(_ view: DecodedView) -> Bool { false }

  func preview(_ view: DecodedView) {}
}
