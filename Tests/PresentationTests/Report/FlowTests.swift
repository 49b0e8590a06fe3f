import Evidence
import Testing

@testable import Presentation

@Suite("The picture of flows")
struct FlowTests {
  private func exchange(
    _ host: String, _ purpose: Purpose = .model, bytes: Int, stopped: Bool = false, files: [(String, Int)] = [],
    share: Double = 1
  ) -> Exchange {
    var exchange = Exchange(
      sequence: 1, started: Timestamp(millisecondsSinceEpoch: 0), agent: .unknown,
      destination: Destination(host: host, port: 443), protocolName: .http1, method: "POST", path: "/", endpoint: nil,
      purpose: purpose,
      decision: Decision(action: stopped ? .block : .allow, rule: RuleReference(name: "r", file: "f", line: 1)),
      requestBytes: bytes, inspectedBytes: bytes, forwardedBytes: stopped ? 0 : bytes)
    exchange.attributed = Attributed(
      sources: files.map { SourceRange(path: $0.0, startLine: 1, endLine: 2, bytes: $0.1, isFirstSent: true) },
      share: files.isEmpty ? 0 : share)
    return exchange
  }

  @Test("the bytes of a message are shared among its files, and the rest is nobody's")
  func shares() {
    let graph = FlowGraph([exchange("a.example", bytes: 1000, files: [("x", 300), ("y", 100)], share: 0.4)])
    #expect(graph.origins.map(\.label) == ["x", "y", "not from files"])
    #expect(graph.flows.map { $0.bytes.rounded() } == [300, 100, 600])
    #expect(graph.ends.map(\.label) == ["a.example"])
  }

  @Test("what was stopped ends at the wall, and not a byte is lost or made")
  func conserved() {
    var random = SplitMix(state: 9)
    for _ in 0..<50 {
      let exchanges = (0..<Int.random(in: 1...80, using: &random)).map { _ in
        exchange(
          "host-\(Int.random(in: 0..<30, using: &random)).example",
          Purpose.allCases.randomElement(using: &random) ?? .web,
          bytes: Int.random(in: 0...5000, using: &random), stopped: Bool.random(using: &random),
          files: (0..<Int.random(in: 0...4, using: &random)).map { _ in
            ("d\(Int.random(in: 0..<5, using: &random))/f\(Int.random(in: 0..<20, using: &random))", 10)
          }, share: 0.5)
      }
      let graph = FlowGraph(exchanges)
      for isStopped in [false, true] {
        let wanted = exchanges.filter { $0.isStopped == isStopped }.reduce(0) { $0 + $1.requestBytes }
        let drawn = graph.flows.filter { graph.ends[$0.end].isStopped == isStopped }.reduce(0) { $0 + $1.bytes }
        #expect(abs(drawn - Double(wanted)) < 0.01)
      }
      #expect(graph.origins.count <= FlowGraph.mostOrigins + 1)
      #expect(graph.ends.count <= FlowGraph.mostEnds)
      #expect(Set(graph.flows.map { [$0.origin, $0.end] }).count == graph.flows.count)
    }
  }

  @Test("many files become their directories, and those with most bytes are opened first")
  func grouped() {
    let many = (0..<40).map { ("src/deep/\($0 % 10)/file\($0).swift", 10) } + [("README.md", 5), ("docs/a.md", 5)]
    let graph = FlowGraph([exchange("a.example", bytes: 1000, files: many)])
    let labels = graph.origins.map(\.label)
    #expect(labels.contains("README.md"))
    #expect(labels.contains("docs/a.md"))
    #expect(labels.count <= FlowGraph.mostOrigins + 1)
    #expect(labels.contains("src/deep/3/"))
    #expect(graph.origins.reduce(0) { $0 + $1.files } == 42)
  }

  @Test("of a directory with more files than there is room for, those with most bytes are shown")
  func crowded() {
    let many = (0..<40).map { ("file\($0)", 100 + $0) }
    let graph = FlowGraph([exchange("a.example", bytes: 100_000, files: many)])
    #expect(graph.origins.count == FlowGraph.mostOrigins + 1)
    #expect(graph.origins.map(\.label).contains("file39"))
    #expect(graph.origins.first.map { $0.label } == "others")
    #expect(graph.origins.reduce(0) { $0 + $1.files } == 40)
  }

  @Test("a file and a directory of one name, a path within the workspace and one outside, are told apart")
  func alike() {
    let paths = ["a", "a/b", "/a/b", "/", "", "a//b", "a/"]
    let graph = FlowGraph([exchange("a.example", bytes: 700, files: paths.map { ($0, 10) })])
    #expect(graph.flows.reduce(0) { $0 + $1.bytes } == 700)
    #expect(!graph.origins.contains { $0.label == "not from files" })
  }

  @Test("labels never stand on each other", arguments: [1, 2, 40, 400])
  func labels(count: Int) {
    let exchanges = (0..<count).map {
      exchange("host-\($0).example", bytes: $0 * 7, stopped: $0 % 3 == 0, files: [("f/\($0 % 40)", 10)], share: 0.7)
    }
    for shape in [FlowShape.wide, .narrow] {
      let page = Markup(FlowPicture(FlowGraph(exchanges), shape).picture.html.bytes)
      let texts = page.all("text").filter { !($0.attributes["class"] ?? "").hasPrefix("letter") }
      for side in [true, false] {
        // What is set to its end on the left is a label of an origin.
        let middle = shape.width / 2
        let places = texts.compactMap { text -> Double? in
          guard let x = text.attributes["x"].flatMap({ Double($0) }), (x < middle) == side else { return nil }
          return text.attributes["y"].flatMap { Double($0) }
        }
        #expect(!places.isEmpty)
        #expect(zip(places.sorted(), places.sorted().dropFirst()).allSatisfy { $1 - $0 >= 13 }, "\(places)")
      }
    }
  }
}
