/// What is tried on a text that came in one piece: a message, or what a compressed one holds.
struct WholeTextDecoder: ViewDecoder {
  private var json: JSONTextDecoder?
  /// For what is no JSON.
  private var decoders: OrdinaryDecoders

  init(_ decoders: OrdinaryDecoders) { self.decoders = decoders }

  mutating func readsBeneath(_ view: DecodedView) -> Bool {
    guard JSONLexer.begins(view.bytes.buffer) == true, view.canHaveChild else { return false }
    json = JSONTextDecoder()
    return true
  }

  var needed: Int { json?.needed ?? decoders.needed }

  mutating func decode(_ view: DecodedView, upTo end: Int, isLast: Bool) {
    if json == nil {
      decoders.decode(view, upTo: end, isLast: isLast)
    } else {
      json?.decode(view, upTo: end, isLast: isLast)
    }
  }

  func preview(_ view: DecodedView) {
    if json == nil { decoders.preview(view) }
  }

  func copy(_ copies: TreeCopy) -> Self? {
    guard let decoders = decoders.copy(copies) else { return nil }
    var copy = self
    copy.decoders = decoders
    guard copy.json != nil else { return copy }
    return copy.json?.move(to: copies) == true ? copy : nil
  }
}
