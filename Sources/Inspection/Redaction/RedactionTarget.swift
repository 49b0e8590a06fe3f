internal import Decoding

/// Something that is to be taken out, where it was seen.
struct RedactionTarget {
  let kind: RedactedKind
  /// In ``view``.
  private(set) var range: Range<Int>
  let view: DecodedView
  /// In the message.
  private(set) var span: Range<Int>
  /// Strings of JSON around it.
  private(set) var depth = 0
  /// Whether it is a number of JSON: what stands for it is a string.
  private(set) var isBare = false
  /// Whether it is whole lines, with whatever else is in them.
  private(set) var isPassage = false

  /// In which order those that overlap count: first whole lines; then who reads the text as it is, with all escapes of the
  /// strings around it taken off, since with one too few `\ngrace@…` begins with an n; then the fewest encodings.
  var order: (Int, Int, Int, Int) {
    guard !isPassage else { return (-1, 0, span.lowerBound, -span.count) }
    let count = view.layers.count
    return (isText ? 0 : 1, isText ? -count : count, span.lowerBound, -span.count)
  }

  /// Whether nothing but escapes of the strings around it was taken off.
  private var isText: Bool { view.layers.count <= depth && view.layers.allSatisfy { $0 == "json" } }

  /// Whether the other has escapes in it that this one has not, and is nothing but this one, or begins within the escape
  /// before it.
  func isReadFurther(than other: RedactionTarget) -> Bool {
    guard isText, other.isText, view.layers.count > other.view.layers.count else { return false }
    let before = max(range.lowerBound - 1, 0)..<range.lowerBound
    let start = before.isEmpty ? span.lowerBound : min(span.lowerBound, view.originalSpan(before).lowerBound)
    return start <= other.span.lowerBound && other.span.upperBound <= span.upperBound
  }

  /// Both, which overlap; `nil` where neither has all of the other and they are in different views.
  func joined(with other: RedactionTarget) -> RedactionTarget? {
    guard view !== other.view else {
      let first = span.lowerBound <= other.span.lowerBound ? self : other
      return first.reaching(max(range.upperBound, other.range.upperBound), max(span.upperBound, other.span.upperBound))
    }
    if span.holds(other.span) { return self }
    return other.span.holds(span) ? other : nil
  }

  func reaching(_ end: Int, _ spanEnd: Int) -> RedactionTarget {
    var longer = self
    longer.range = range.lowerBound..<end
    longer.span = span.lowerBound..<spanEnd
    return longer
  }

  /// Passages with all that reaches out of them: the rest of what is cut in two would stay, and nobody might know it.
  static func joined(_ targets: [RedactionTarget]) -> [RedactionTarget] {
    guard targets.contains(where: \.isPassage) else { return targets }
    var joined: [RedactionTarget] = []
    var run: [RedactionTarget] = []
    var end = 0
    for target in targets.sorted(by: { $0.span.lowerBound < $1.span.lowerBound }) {
      if target.span.lowerBound >= end {
        joined += Self.whole(run)
        run = []
      }
      run.append(target)
      end = max(end, target.span.upperBound)
    }
    return joined + Self.whole(run)
  }

  /// - Parameter run: each overlaps one before it; in order.
  private static func whole(_ run: [RedactionTarget]) -> [RedactionTarget] {
    guard let first = run.first, var passage = run.first(where: \.isPassage) else { return run }
    passage.range = first.span.lowerBound..<run.reduce(0) { max($0, $1.span.upperBound) }
    passage.span = passage.range
    return [passage]
  }

  /// What was seen in a dump goes with its lines, which often have it once more in clear.
  var withItsLines: RedactionTarget {
    var view = view
    var isInDump = false
    while let parent = view.parentView {
      if view.isDump { isInDump = true } else if isInDump, !view.isUnescapedText { return self }
      view = parent
    }
    return isInDump ? RedactionTarget(passage: span, kind, in: view) : self
  }

  /// - Returns: `nil` where nothing of it is left outside of the escape that it began in.
  func beginning(_ beginning: EditedJSON.Beginning?) -> RedactionTarget? {
    guard let beginning else { return self }
    var target = self
    target.depth = beginning.depth
    target.isBare = beginning.isBare
    guard view.parentView == nil, beginning.start > range.lowerBound else { return target }
    guard beginning.start < range.upperBound else { return nil }
    target.range = beginning.start..<range.upperBound
    target.span = target.range
    return target
  }

  init(_ sighting: Sighting, in view: DecodedView) {
    kind = RedactedKind(sighting)
    range = sighting.secret
    self.view = view
    span = sighting.span
  }

  /// - Parameter range: of the message, which the view is.
  init(passage range: Range<Int>, _ kind: RedactedKind, in view: DecodedView) {
    self.kind = kind
    self.range = range
    self.view = view
    span = range
    isPassage = true
  }

  init(_ range: Range<Int>, _ kind: RedactedKind, in view: DecodedView) {
    self.kind = kind
    self.range = range
    self.view = view
    span = view.originalSpan(range)
  }
}

extension Range<Int> {
  fileprivate func holds(_ other: Range<Int>) -> Bool {
    lowerBound <= other.lowerBound && other.upperBound <= upperBound
  }
}
