internal import Evidence

/// The graph of flows as a picture: bars as high as their bytes, bands between them, a wall where they were stopped.
struct FlowPicture {
  let graph: FlowGraph
  let shape: FlowShape
  private let origins: [Bar]
  private let ends: [Bar]
  private let bands: [Band]
  private let height: Double

  /// Where a node stands.
  private struct Bar {
    var slot = 0.0
    var top = 0.0
    var height = 0.0
  }

  private struct Band {
    let flow: FlowGraph.Flow
    let thickness: Double
    var from = 0.0
    var to = 0.0
  }

  init(_ graph: FlowGraph, _ shape: FlowShape) {
    self.graph = graph
    self.shape = shape
    let total = graph.flows.reduce(0) { $0 + $1.bytes }
    let scale = total > 0 ? shape.barsHeight / total : 0
    var bands = graph.flows.map { Band(flow: $0, thickness: max(FlowShape.leastBand, $0.bytes * scale)) }
    var (origins, originsHeight) = Self.bars(graph.origins.count, bands.map { ($0.flow.origin, $0.thickness) }, shape)
    var (ends, endsHeight) = Self.bars(graph.ends.count, bands.map { ($0.flow.end, $0.thickness) }, shape)
    height = max(originsHeight, endsHeight)
    Self.move(&origins, by: (height - originsHeight) / 2)
    Self.move(&ends, by: (height - endsHeight) / 2)
    var left = origins.map(\.top)
    var right = ends.map(\.top)
    for index in bands.indices {
      bands[index].from = left[bands[index].flow.origin]
      left[bands[index].flow.origin] += bands[index].thickness
    }
    // At the end they arrive in the order of where they come from, so that fewer cross.
    for index in bands.indices.sorted(by: { bands[$0].flow.origin < bands[$1].flow.origin }) {
      bands[index].to = right[bands[index].flow.end]
      right[bands[index].flow.end] += bands[index].thickness
    }
    self.bands = bands
    self.origins = origins
    self.ends = ends
  }

  private static func bars(_ count: Int, _ bands: [(Int, Double)], _ shape: FlowShape) -> ([Bar], Double) {
    var bars = Array(repeating: Bar(), count: count)
    for (index, thickness) in bands { bars[index].height += thickness }
    var y = 0.0
    for index in bars.indices {
      let slot = shape.slot(ofBar: bars[index].height)
      bars[index].slot = y
      bars[index].top = y + shape.barOffset(inSlot: slot, bar: bars[index].height)
      y += slot + FlowShape.gap
    }
    return (bars, max(0, y - FlowShape.gap))
  }

  private static func move(_ bars: inout [Bar], by distance: Double) {
    for index in bars.indices {
      bars[index].slot += distance
      bars[index].top += distance
    }
  }

  var picture: SVGPicture {
    SVGPicture(
      id: "flow-\(shape.name)", title: "Bytes from files to destinations",
      description: "Bands as wide as their bytes, coloured by purpose; those that end at a wall were stopped. "
        + "The table below has the same figures.",
      width: shape.width, height: height + 2, style: "picture \(shape.name)", content: content)
  }

  @HTMLBuilder private var content: HTML {
    for band in bands { html(band) }
    wall
    for (origin, bar) in zip(graph.origins, origins) {
      rectangle("origin", shape.leftBar, bar.top, FlowShape.barWidth, bar.height)
      shape.label(origin: origin, slot: bar.slot, top: bar.top, height: bar.height)
    }
    for (end, bar) in zip(graph.ends, ends) {
      if !end.isStopped {
        rectangle("end \(Self.style(end))", shape.rightBar, bar.top, FlowShape.barWidth, bar.height)
      }
      shape.label(end: end, slot: bar.slot, top: bar.top, height: bar.height)
    }
  }

  private static func style(_ end: FlowGraph.End) -> String { end.purpose?.mark.style ?? "p-mixed" }

  /// One wall before all that was stopped.
  private var wall: HTML? {
    let stopped = zip(graph.ends, ends).filter { $0.0.isStopped }.map(\.1)
    guard let first = stopped.first, let last = stopped.last else { return nil }
    let x = shape.rightBar + FlowShape.barWidth / 2
    return element(
      "line", .class("wall"), Attribute("x1", x), Attribute("x2", x), Attribute("y1", first.top - 4),
      Attribute("y2", last.top + last.height + 4))
  }

  private func html(_ band: Band) -> HTML {
    let end = graph.ends[band.flow.end]
    let (left, right) = (shape.leftBar + FlowShape.barWidth, shape.rightBar)
    let (bendStart, bendEnd) = shape.bend
    let middle = (bendStart + bendEnd) / 2
    var path = SVGPath()
    path.move(left, band.from)
    path.line(bendStart, band.from)
    path.curve(middle, band.from, middle, band.to, to: bendEnd, band.to)
    path.line(right, band.to)
    path.line(right, band.to + band.thickness)
    path.line(bendEnd, band.to + band.thickness)
    path.curve(
      middle, band.to + band.thickness, middle, band.from + band.thickness, to: bendStart, band.from + band.thickness)
    path.line(left, band.from + band.thickness)
    path.close()
    let origin = graph.origins[band.flow.origin]
    return element(
      "path", .class("band \(Self.style(end))\(end.isStopped ? " stopped" : "")"), Attribute("d", path.text)
    ) {
      element("title") {
        "\(origin.label) to \(end.label): \(ByteCount(rounding: band.flow.bytes))\(end.isStopped ? ", stopped" : "")"
      }
    }
  }

  private func rectangle(_ style: String, _ x: Double, _ y: Double, _ width: Double, _ height: Double) -> HTML {
    element(
      "rect", .class(style), Attribute("x", x), Attribute("y", y), Attribute("width", width),
      Attribute("height", height))
  }
}

extension ByteCount {
  init(rounding bytes: Double) {
    self.init(Int(exactly: min(bytes, 9e15).rounded()) ?? 0)
  }
}
