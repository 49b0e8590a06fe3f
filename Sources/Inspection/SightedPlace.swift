internal import Decoding

/// Where something stands, as it is told: under those encodings alone that had to be taken off to see it.
struct SightedPlace {
  /// The number of the view.
  let view: Int
  /// In the view.
  let range: Range<Int>
  /// In the message as it was sent.
  let span: Range<Int>
  /// Whether ``span`` is that of a whole compressed text.
  let isCoarse: Bool
  let layers: [String]

  /// - Parameters:
  ///   - range: in the view.
  ///   - turn: how the text there was turned.
  ///   - layers: encodings that were in it.
  init(_ range: Range<Int>, in view: DecodedView, turn: Turn? = nil, beneath layers: [String] = []) {
    let told = Self.told(range, in: view)
    self.view = told.view.id
    self.range = told.range
    span = view.originalSpan(range)
    isCoarse = view.isCoarse
    self.layers = told.layers + (turn.map { [$0.rawValue] } ?? []) + layers
  }

  /// Of a text that is read beneath itself, without its escapes, what has none is told as standing in the text.
  private static func told(
    _ range: Range<Int>, in view: DecodedView
  ) -> (view: DecodedView, range: Range<Int>, layers: [String]) {
    var told = (view: view, range: range)
    var inner = told
    var layers: [String] = []
    while let parent = inner.view.parentView {
      let outer = inner.view.parentSpan(inner.range)
      if parent.isReadBeneath, outer.count == inner.range.count {
        if told.view === inner.view { told = (parent, outer) }
      } else {
        layers += inner.view.layers.dropFirst(parent.layers.count)
      }
      inner = (parent, outer)
    }
    return (told.view, told.range, layers.reversed())
  }

  /// The encodings over all of a view: none of those that a text is read beneath itself without.
  static func layers(of view: DecodedView) -> [String] {
    var inner = view
    var layers: [String] = []
    while let parent = inner.parentView {
      if !parent.isReadBeneath { layers += inner.layers.dropFirst(parent.layers.count) }
      inner = parent
    }
    return layers.reversed()
  }
}
