internal import Attribution
internal import Decoding
internal import Evidence
internal import Glibc
internal import Synchronization

/// What attribution costs, beside its bars.
struct Cost {
  private static let requestBytes = 60_000
  private static let mostMicroseconds = 150.0
  private static let mostSeconds = 5.0
  private static let mostMegabytes = 150.0

  private static func verdict(_ value: Double, _ bar: Double) -> String {
    "bar \(Int(bar))\(value > bar ? "  missed" : "")"
  }

  private static func rounded(_ value: Double) -> Double { (value * 100).rounded() / 100 }

  /// Processor time of this process, user and system, all threads.
  private static func processorSeconds() -> Double {
    var usage = rusage()
    getrusage(Int32(RUSAGE_SELF.rawValue), &usage)
    return [usage.ru_utime, usage.ru_stime].reduce(0) { $0 + Double($1.tv_sec) + Double($1.tv_usec) / 1e6 }
  }

  /// The workspace of this folder, indexed in the background as in a run.
  static func index(_ folder: String) -> Bool {
    let index = SourceIndex()
    let indexer = WorkspaceIndexer(workspace: folder, into: index)
    let isReady = Atomic(false)
    let begin = ContinuousClock.now
    indexer.start()
    indexer.whenReady(within: .seconds(120)) { isReady.store($0, ordering: .releasing) }
    while !isReady.load(ordering: .acquiring), ContinuousClock.now - begin < .seconds(120) { usleep(1000) }
    let wall = (ContinuousClock.now - begin) / .seconds(1)
    let contents = index.contents
    let megabytes = residentMegabytes()
    print(
      "index of \(contents.lines) lines in \(contents.files) files, \(contents.bytes) bytes (\(contents.leftOutCount) left out):",
      "\(rounded(wall)) s (\(verdict(wall, mostSeconds))), \(rounded(processorSeconds())) s of CPU,",
      "\(rounded(megabytes)) MB resident at most (\(verdict(megabytes, mostMegabytes)))")
    indexer.stop()
    return wall <= mostSeconds && megabytes <= mostMegabytes
  }

  private static func residentMegabytes() -> Double {
    var usage = rusage()
    getrusage(Int32(RUSAGE_SELF.rawValue), &usage)
    return Double(usage.ru_maxrss) / 1024
  }

  /// Requests of 60 KB against an index of all trees.
  static func requests(_ trees: String, only: String? = nil) -> Bool {
    let workspace = SourceTree(trees + "/workspace")
    let others = SourceTree(trees + "/others")
    let index = SourceIndex()
    for file in workspace.files + others.files.dropLast(60) {
      file.text.withUnsafeBytes { index.take(file.path, text: $0) }
    }
    let contents = index.contents
    print("index of \(contents.files) files, \(contents.lines) lines")
    let unknown = SourceTree(trees + "/others").files.suffix(60)
    var worst = 0.0
    for (name, share) in [("all code of the workspace", 1.0), ("half of it", 0.5), ("none of it", 0.0)]
    where only.map({ name.hasPrefix($0) }) ?? true {
      let bodies = (0..<64).map { body(workspace, Array(unknown), share: share, seed: UInt64($0)) }
      let (alone, found) = measure(bodies, nil)
      let (both, lines) = measure(bodies, index)
      let cost = both - alone
      worst = max(worst, cost)
      _ = found
      print(
        "request of \(Self.requestBytes / 1000) KB, \(name): decoding \(rounded(alone)) µs, attribution \(rounded(cost)) µs",
        "(\(verdict(cost, mostMicroseconds))), \(lines) lines found in each")
    }
    return worst <= mostMicroseconds
  }

  /// Microseconds of CPU for each body, and lines found in each.
  private static func measure(_ bodies: [[UInt8]], _ index: SourceIndex?) -> (Double, Int) {
    let rounds = 12
    var lines = 0
    var least = Double.infinity
    for _ in 0..<5 {
      let begin = processorSeconds()
      for round in 0..<rounds {
        // As in a run, which remembers what went before.
        let sent = SentLines()
        for body in bodies {
          let attributor = index.map { MessageAttributor($0, to: "model", sent: sent) }
          let nobody = Nobody()
          let tree = DecodingTree(
            ContentDescription(contentType: "application/json"), limits: .standard, observer: attributor ?? nobody)
          body.withUnsafeBytes { tree.receive($0) }
          tree.finish()
          if let attributor {
            // As the chamber does: once to decide, then settled.
            let attributed = attributor.soFar().markSent()
            if round == 0 { lines += attributed.sources.reduce(0) { $0 + $1.lineCount } }
          }
          withExtendedLifetime(nobody) {}
        }
      }
      least = min(least, (processorSeconds() - begin) * 1e6 / Double(rounds * bodies.count))
    }
    return (least, lines / 5 / bodies.count)
  }

  private final class Nobody: ViewObserver {
    func view(_ view: DecodedView, received range: Range<Int>, isLast: Bool) -> Int { range.upperBound }
  }

  /// A conversation as agents send it: a prompt, tools, and code in what tools gave.
  private static func body(_ tree: SourceTree, _ unknown: [SourceTree.File], share: Double, seed: UInt64) -> [UInt8] {
    var generator = Seeded(seed + 99)
    var body = Array(#"{"model":"m-1","max_tokens":32000,"stream":true,"system":[{"type":"text","text":"#.utf8)
    var prompt: [UInt8] = []
    while prompt.count < 8000 {
      for _ in 0..<Int.random(in: 1...4, using: &generator) { prompt += Filler.sentence(&generator) + [0x20] }
      prompt.append(0x0a)
    }
    body += Encoded.json(prompt) + Array(#"}],"messages":["#.utf8)
    while body.count < requestBytes - 200 {
      let isOurs = Double.random(in: 0..<1, using: &generator) < share
      guard let file = isOurs ? tree.files.randomElement(using: &generator) : unknown.randomElement(using: &generator)
      else { break }
      let room = (requestBytes - body.count) * 9 / 10
      let start = Int.random(in: 0..<max(1, file.lines.count / 2), using: &generator)
      let text = Array(file.lines.dropFirst(start).prefix(300).joined(separator: [0x0a]).prefix(min(room, 12_000)))
      body += Array(
        #"{"role":"user","content":[{"type":"tool_result","tool_use_id":"toolu_\#(body.count)","content":"#.utf8)
      body += Encoded.json(text) + Array("}]},".utf8)
    }
    return body + Array("{}]}".utf8)
  }
}
