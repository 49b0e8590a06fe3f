internal import Attribution
internal import Decoding
internal import Evidence
internal import Glibc
internal import Synchronization

/// What attribution costs, beside its bars.
struct Cost {
  private static let requestBytes = 60_000
  /// Bytes of a request that were not in the one before: what a tool gave.
  private static let newBytes = 4_000
  private static let mostMicroseconds = 150.0
  private static let mostSeconds = 5.0
  private static let mostMegabytes = 150.0

  private static func verdict(_ value: Double, _ bar: Double) -> String {
    "bar \(Int(bar))\(value > bar ? "  missed" : "")"
  }

  private static func rounded(_ value: Double) -> Double { (value * 100).rounded() / 100 }

  /// Processor time of this process, user and system, all threads.
  private static func processorSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
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
      let requests = (0..<64).map { Request(workspace, Array(unknown), share: share, seed: UInt64($0)) }
      let alone = measure(requests, nil)
      let both = measure(requests, index)
      worst = max(worst, both.next - alone.next)
      print(
        "request of \(Self.requestBytes / 1000) KB, \(name), \(both.lines) lines found in each:",
        "decoding \(rounded(alone.next)) µs,",
        "attribution \(rounded(both.next - alone.next)) µs (\(verdict(both.next - alone.next, mostMicroseconds))),",
        "\(rounded(both.first - alone.first)) µs where nothing of it went before")
    }
    return worst <= mostMicroseconds
  }

  /// Microseconds of CPU for each request, as an agent sends it and as the first of a conversation, and lines found.
  private static func measure(_ requests: [Request], _ index: SourceIndex?) -> (next: Double, first: Double, lines: Int)
  {
    let rounds = 12
    var lines = 0
    var (next, first) = (Double.infinity, Double.infinity)
    for _ in 0..<12 {
      var (nextSum, firstSum) = (0.0, 0.0)
      for _ in 0..<rounds {
        // As in a run, which remembers what went before.
        let sent = SentLines()
        lines = 0
        for request in requests {
          let begin = processorSeconds()
          _ = attribute(request.before, index, sent)
          let middle = processorSeconds()
          lines += attribute(request.bytes, index, sent)
          let end = processorSeconds()
          firstSum += (middle - begin) * Double(request.bytes.count) / Double(request.before.count)
          nextSum += end - middle
        }
      }
      next = min(next, nextSum * 1e6 / Double(rounds * requests.count))
      first = min(first, firstSum * 1e6 / Double(rounds * requests.count))
    }
    return (next, first, lines / requests.count)
  }

  /// - Returns: the lines that were found.
  private static func attribute(_ body: [UInt8], _ index: SourceIndex?, _ sent: SentLines) -> Int {
    let attributor = index.map { MessageAttributor($0, to: "model", sent: sent) }
    let nobody = Nobody()
    let tree = DecodingTree(
      ContentDescription(contentType: "application/json"), limits: .standard, observer: attributor ?? nobody)
    body.withUnsafeBytes { tree.receive($0) }
    tree.finish()
    // As the chamber does: once to decide, then settled.
    let attributed = attributor?.soFar().markSent()
    withExtendedLifetime(nobody) {}
    return attributed?.sources.reduce(0) { $0 + $1.lineCount } ?? 0
  }

  private final class Nobody: ViewObserver {
    func view(_ view: DecodedView, received range: Range<Int>, isLast: Bool) -> Int { range.upperBound }
  }

  /// A conversation as agents send it: a prompt, what was said so far with code in what tools gave, and the tools.
  private struct Request {
    /// The request before it, without the last message.
    let before: [UInt8]
    let bytes: [UInt8]

    init(_ tree: SourceTree, _ unknown: [SourceTree.File], share: Double, seed: UInt64) {
      var generator = Seeded(seed + 99)
      let head = Array(
        (#"{"model":"m-1","max_tokens":32000,"stream":true,"messages":[{"role":"user","content":""#
          + #"<conversation \#(seed)>"},"#).utf8)
      let tail = Array(#"{}],"system":[{"type":"text","text":"#.utf8) + Encoded.json(Self.prompt()) + Array("}]}".utf8)
      var messages: [UInt8] = []
      var last: [UInt8] = []
      while head.count + messages.count + tail.count < requestBytes - newBytes - 200 {
        let room = requestBytes - newBytes - head.count - messages.count - tail.count
        messages += Self.message(tree, unknown, share, room, &generator)
      }
      last = Self.message(tree, unknown, share, newBytes, &generator)
      before = head + messages + tail
      bytes = head + messages + last + tail
    }

    private static func prompt() -> [UInt8] {
      var generator = Seeded(98)
      var prompt: [UInt8] = []
      while prompt.count < 8000 {
        for _ in 0..<Int.random(in: 1...4, using: &generator) { prompt += Filler.sentence(&generator) + [0x20] }
        prompt.append(0x0a)
      }
      return prompt
    }

    private static func message(
      _ tree: SourceTree, _ unknown: [SourceTree.File], _ share: Double, _ room: Int, _ generator: inout Seeded
    ) -> [UInt8] {
      let isOurs = Double.random(in: 0..<1, using: &generator) < share
      guard let file = isOurs ? tree.files.randomElement(using: &generator) : unknown.randomElement(using: &generator)
      else { return [] }
      let start = Int.random(in: 0..<max(1, file.lines.count / 2), using: &generator)
      let text = file.lines.dropFirst(start).prefix(300).joined(separator: [0x0a]).prefix(min(room * 9 / 10, 12_000))
      return Array(
        (#"{"role":"assistant","content":[{"type":"tool_use","id":"toolu_\#(start)","name":"Read","input":"#
          + #"{"file_path":"/workspace/\#(start)"}}]},"#
          + #"{"role":"user","content":[{"type":"tool_result","tool_use_id":"toolu_\#(start)","content":"#).utf8)
        + Encoded.json(Array(text)) + Array("}]},".utf8)
    }
  }
}
