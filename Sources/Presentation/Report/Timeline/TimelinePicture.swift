internal import Evidence

/// The timeline as a picture.
struct TimelinePicture {
  let timeline: Timeline
  let shape: Shape

  /// Its measures.
  struct Shape {
    let name: String
    let width: Double
    /// Places that a mark can stand at.
    let columns: Int
    let mostTicks: Int
    let labelColumns: Int
    /// Where the tracks begin: to the right of their labels, or beneath them.
    let trackStart: Double
    /// Above each track.
    let labelHeight: Double

    static let wide = Shape(
      name: "wide", width: 1000, columns: 120, mostTicks: 8, labelColumns: 31, trackStart: 280, labelHeight: 0)
    static let narrow = Shape(
      name: "narrow", width: 340, columns: 52, mostTicks: 4, labelColumns: 38, trackStart: 0, labelHeight: 20)
  }

  private static let margin = 10.0
  private static let trackHeight = 22.0
  private static let gap = 6.0
  private static let axis = 22.0

  private var laneHeight: Double { shape.labelHeight + Self.trackHeight + Self.gap }
  private var height: Double { Double(timeline.lanes.count) * laneHeight + Self.axis }

  var picture: SVGPicture {
    SVGPicture(
      id: "time-\(shape.name)", title: "Exchanges over the run's time",
      description:
        "A lane for each purpose and destination; a dot is an exchange that was let go, a cross one that was stopped. "
        + "The table below has the same figures.",
      width: shape.width, height: height, style: "picture \(shape.name)", content: content)
  }

  private func x(_ place: Double) -> Double {
    shape.trackStart + Self.margin + place * (shape.width - shape.trackStart - 2 * Self.margin)
  }

  @HTMLBuilder private var content: HTML {
    let bottom = height - Self.axis
    for tick in timeline.ticks(most: shape.mostTicks) {
      element(
        "line", .class("grid"), Attribute("x1", x(tick.place)), Attribute("x2", x(tick.place)), Attribute("y1", 0),
        Attribute("y2", bottom))
      element(
        "text", .class("tick" + (tick.place < 0.03 ? "" : tick.place > 0.97 ? " end" : " middle")),
        Attribute("x", x(tick.place)), Attribute("y", bottom + 15)
      ) { tick.label }
    }
    for (index, lane) in timeline.lanes.enumerated() { html(lane, top: Double(index) * laneHeight) }
  }

  @HTMLBuilder private func html(_ lane: Timeline.Lane, top: Double) -> HTML {
    let track = top + shape.labelHeight
    let baseline = shape.labelHeight > 0 ? top + 14 : track + 15
    SVGChip(purpose: lane.purpose, x: 0, y: baseline - 12).html
    element("text", .class("name"), Attribute("x", 22), Attribute("y", baseline)) {
      Ellipsis.atStart.cut(Sanitised(lane.label).text, to: shape.labelColumns)
    }
    element(
      "rect", .class("lane"), Attribute("x", shape.trackStart), Attribute("y", track),
      Attribute("width", shape.width - shape.trackStart), Attribute("height", Self.trackHeight), Attribute("rx", 3))
    for (mark, count, first) in timeline.marks(lane, columns: shape.columns) {
      let place = x(Double(mark.column) / Double(shape.columns))
      sign(mark, count: count, x: place, y: track + Self.trackHeight / 2, title: title(mark, count, first))
    }
  }

  private func title(_ mark: Timeline.Mark, _ count: Int, _ first: Exchange) -> String {
    let outcome = mark.isStopped ? "stopped" : "let go"
    return "\(first.started.clock), #\(first.sequence)\(count > 1 ? " and \((count - 1).grouped) more" : ""): "
      + "\(mark.purpose.rawValue), \(outcome)"
  }

  /// More exchanges make a larger sign, but never one that reaches the next lane.
  private func sign(_ mark: Timeline.Mark, count: Int, x: Double, y: Double, title: String) -> HTML {
    let radius = count == 1 ? 4.5 : count < 5 ? 5.5 : count < 25 ? 7 : 8.5
    if mark.isStopped {
      var cross = SVGPath()
      cross.move(x - radius, y - radius)
      cross.line(x + radius, y + radius)
      cross.move(x - radius, y + radius)
      cross.line(x + radius, y - radius)
      return element("path", .class("cross \(mark.purpose.mark.style)"), Attribute("d", cross.text)) {
        element("title") { title }
      }
    }
    return element(
      "circle", .class("dot \(mark.purpose.mark.style)"), Attribute("cx", x), Attribute("cy", y),
      Attribute("r", radius)
    ) { element("title") { title } }
  }
}
