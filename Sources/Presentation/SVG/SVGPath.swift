/// The outline of a shape.
///
/// - Source: SVG 2 §9.3.
struct SVGPath {
  private(set) var text = ""

  mutating func move(_ x: Double, _ y: Double) { add("M", [x, y]) }
  mutating func line(_ x: Double, _ y: Double) { add("L", [x, y]) }
  mutating func close() { text += "Z" }

  mutating func curve(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, to x: Double, _ y: Double) {
    add("C", [x1, y1, x2, y2, x, y])
  }

  private mutating func add(_ command: String, _ numbers: [Double]) {
    text += command + numbers.map { SVGNumber($0).description }.joined(separator: " ")
  }
}
