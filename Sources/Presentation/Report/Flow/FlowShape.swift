internal import Evidence

/// The measures of a picture of flows: labels beside their bars where there is room, else above them.
struct FlowShape {
  let name: String
  let width: Double
  /// The bars' own height, without the gaps.
  let barsHeight: Double
  let leftBar: Double
  let rightBar: Double
  /// Columns of a label, in the fixed pitch that labels are set in: what does not fit is cut at its start.
  private let labelColumns: Int
  private let isAbove: Bool

  static let barWidth = 10.0
  static let gap = 8.0
  /// So that a few bytes can be seen and pointed at.
  static let leastBand = 1.5
  private static let line = 16.0

  /// For a page as wide as a screen.
  static let wide = FlowShape(
    name: "wide", width: 1000, barsHeight: 280, leftBar: 270, rightBar: 700, labelColumns: 33, isAbove: false)
  /// For a telephone.
  static let narrow = FlowShape(
    name: "narrow", width: 340, barsHeight: 200, leftBar: 0, rightBar: 330, labelColumns: 18, isAbove: true)

  /// Beside the bar are two lines at most; above it two lines always.
  func slot(ofBar height: Double) -> Double {
    isAbove ? height + 2 * Self.line + 2 : max(height, 2 * Self.line)
  }

  func barOffset(inSlot slot: Double, bar height: Double) -> Double {
    isAbove ? slot - height : (slot - height) / 2
  }

  /// Where the bands leave their height: between the labels, which stand above the bars in the narrow picture.
  var bend: (start: Double, end: Double) {
    isAbove ? (150, 190) : (leftBar + Self.barWidth + 20, rightBar - 20)
  }

  @HTMLBuilder func label(origin: FlowGraph.Origin, slot: Double, top: Double, height: Double) -> HTML {
    let count = origin.files > 1 ? ", \(origin.files.counted("file"))" : ""
    let figures = ByteCount(rounding: origin.bytes).description + count
    let name = Ellipsis.atStart.cut(Sanitised(origin.label).text, to: labelColumns)
    if isAbove {
      text(name, "name", 0, slot + 12)
      text(figures, "figures", 0, slot + 26)
    } else {
      let middle = top + height / 2
      text(name, "name end", leftBar - 8, middle - 3)
      text(figures, "figures end", leftBar - 8, middle + 12)
    }
  }

  @HTMLBuilder func label(end: FlowGraph.End, slot: Double, top: Double, height: Double) -> HTML {
    let purpose = end.purpose?.rawValue ?? "several purposes"
    let figures = ByteCount(rounding: end.bytes).description + (end.isStopped ? " stopped ✕" : "")
    let columns = labelColumns - (isAbove ? 0 : 2)
    let name = Ellipsis.atStart.cut(Sanitised(end.label).text, to: columns)
    if isAbove {
      // Left of the bars, which reach up beside the labels where they are a wall.
      text(name, "name end", rightBar - 6, slot + 12)
      text("\(end.purpose?.mark.letter ?? "+") \(figures)", "figures end", rightBar - 6, slot + 26)
    } else {
      let middle = top + height / 2
      SVGChip(purpose: end.purpose, x: rightBar + Self.barWidth + 8, y: middle - 14).html
      text(name, "name", rightBar + Self.barWidth + 30, middle - 3)
      text("\(purpose), \(figures)", "figures", rightBar + Self.barWidth + 30, middle + 12)
    }
  }

  private func text(_ words: String, _ style: String, _ x: Double, _ y: Double) -> HTML {
    element("text", .class(style), Attribute("x", x), Attribute("y", y)) { words }
  }
}
