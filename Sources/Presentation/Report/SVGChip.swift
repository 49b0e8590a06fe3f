internal import Evidence

/// A purpose's letter on its colour, in a picture.
struct SVGChip {
  /// `nil` where several are put together.
  let purpose: Purpose?
  let x: Double
  let y: Double

  static let size = 16.0

  @HTMLBuilder var html: HTML {
    let style = purpose?.mark.style ?? "p-mixed"
    element(
      "rect", .class("chip \(style)"), Attribute("x", x), Attribute("y", y), Attribute("width", Self.size),
      Attribute("height", Self.size), Attribute("rx", 3))
    element("text", .class("letter \(style)"), Attribute("x", x + Self.size / 2), Attribute("y", y + 12)) {
      purpose?.mark.letter ?? "+"
    }
  }
}
