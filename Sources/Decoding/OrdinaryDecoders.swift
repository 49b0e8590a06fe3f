/// What is tried on every view that nobody says anything about.
struct OrdinaryDecoders: ViewDecoder {
  private var escapes = SparseDecoder(.backslash)
  private var percents: SparseDecoder
  private var equals = SparseDecoder(.quotedPrintable)
  private var entities = SparseDecoder(.entity)
  private var disguises = SparseDecoder(.disguise)
  private var concatenations = SparseDecoder(.concatenation)
  private var wide = WideTextDecoder()
  private var tokens = TokenDecoder()
  private var spaced = SpacedTokenDecoder()
  private var deltas = DeltaDecoder()
  private var joins = JoinDecoder()
  private var armor = ArmorDecoder()
  private var dumps = DumpDecoder()
  private var base85 = Base85Decoder()
  private var ascii85 = Ascii85Decoder()
  private var carving = CarvingDecoder()
  private let carves: Bool

  /// - Parameters:
  ///   - percents: how percent signs are read, and plus signs.
  ///   - carves: whether compressed texts and archives are looked for.
  init(percents: SparseDecoder.Kind, carves: Bool = true) {
    self.carves = carves
    self.percents = SparseDecoder(percents)
  }

  var needed: Int {
    min(
      min(escapes.needed, percents.needed, equals.needed, entities.needed, disguises.needed),
      min(concatenations.needed, wide.needed, tokens.needed, spaced.needed),
      min(dumps.needed, joins.needed, armor.needed),
      min(base85.needed, ascii85.needed, deltas.needed, carves ? carving.needed : .max))
  }

  /// Where a decoder has been after an escape, those after it need no look: its view gets all of them itself.
  mutating func decode(_ view: DecodedView, upTo end: Int, isLast: Bool) {
    escapes.decode(view, upTo: end, isLast: isLast) { _ in .none }
    percents.decode(view, upTo: end, isLast: isLast) { escapes.look(at: $0, isLast: isLast) }
    equals.decode(view, upTo: end, isLast: isLast) {
      escapes.look(at: $0, isLast: isLast) ?? percents.look(at: $0, isLast: isLast)
    }
    entities.decode(view, upTo: end, isLast: isLast) {
      escapes.look(at: $0, isLast: isLast) ?? percents.look(at: $0, isLast: isLast)
        ?? equals.look(at: $0, isLast: isLast)
    }
    disguises.decode(view, upTo: end, isLast: isLast) {
      escapes.look(at: $0, isLast: isLast) ?? percents.look(at: $0, isLast: isLast)
        ?? equals.look(at: $0, isLast: isLast) ?? entities.look(at: $0, isLast: isLast)
    }
    concatenations.decode(view, upTo: end, isLast: isLast) {
      escapes.look(at: $0, isLast: isLast) ?? percents.look(at: $0, isLast: isLast)
        ?? equals.look(at: $0, isLast: isLast) ?? entities.look(at: $0, isLast: isLast)
        ?? disguises.look(at: $0, isLast: isLast)
    }
    wide.decode(view, upTo: end, isLast: isLast)
    tokens.decode(view, upTo: end, isLast: isLast)
    spaced.decode(view, upTo: end, isLast: isLast) { escapes.coveredEnd($0) }
    base85.decode(view, upTo: end, isLast: isLast) { escapes.coveredEnd($0) }
    ascii85.decode(view, upTo: end, isLast: isLast)
    deltas.decode(view, upTo: end, isLast: isLast)
    joins.decode(view, upTo: end, isLast: isLast)
    armor.decode(view, upTo: end, isLast: isLast)
    dumps.decode(view, upTo: end, isLast: isLast)
    if carves { carving.decode(view, upTo: end, isLast: isLast) }
  }

  func preview(_ view: DecodedView) {
    tokens.preview(view)
    spaced.preview(view)
    base85.preview(view)
    ascii85.preview(view)
    dumps.preview(view)
  }

  func copy(_ copies: TreeCopy) -> Self? {
    var copy = self
    guard copy.escapes.move(to: copies), copy.percents.move(to: copies), copy.equals.move(to: copies),
      copy.entities.move(to: copies), copy.disguises.move(to: copies), copy.concatenations.move(to: copies),
      copy.wide.move(to: copies), copy.tokens.move(to: copies), copy.spaced.move(to: copies),
      copy.base85.move(to: copies), copy.ascii85.move(to: copies), copy.deltas.move(to: copies),
      copy.joins.move(to: copies), copy.armor.move(to: copies), copy.dumps.move(to: copies),
      let carving = carving.copy(copies)
    else { return nil }
    copy.carving = carving
    return copy
  }
}
