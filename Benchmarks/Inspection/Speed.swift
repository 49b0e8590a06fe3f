internal import Attribution
internal import Catalog
internal import Decoding
internal import Evidence
internal import Glibc
internal import Inspection

/// What inspection costs, of one thread.
struct Speed {
  private let detectors: DetectorSet
  private let bodies: [[UInt8]]
  private let index = SourceIndex()

  /// What TCP brings at a time, over Ethernet.
  private static let segmentBytes = 1_448
  private static let rounds = 5
  private static let openStreams = 1_000
  private static let content = ContentDescription(contentType: "application/json")
  private static let classes: Set<DataClass> = [.credential, .personal, .financial]

  init(detectors folder: String, bodies: String, cache: String) throws {
    let key = Secret([UInt8](repeating: 7, count: 32))
    detectors = try DetectorSet(
      rules: try DetectorRules.load(from: folder, classes: Self.classes),
      canaries: [Array("canary-of-the-benchmark-0001".utf8)], fingerprintKey: key, cacheDirectory: cache)
    self.bodies = FolderOfBodies(bodies).bodies
  }

  func print() {
    let bytes = bodies.reduce(0) { $0 + $1.count }
    report("bodies", Double(bodies.count))
    report("bytes", Double(bytes))
    report("kilobytes of an open stream", kilobytesOfAnOpenStream(after: 8 * 1024))
    report("kilobytes of a long open stream", kilobytesOfAnOpenStream(after: 48 * 1024))
    let block = Self.least { for body in bodies { inspect(body, by: body.count) } }
    let stream = Self.least { for body in bodies { inspect(body, by: Self.segmentBytes) } }
    let decoding = Self.least { for body in bodies { decode(body) } }
    report("block megabytes a second", Double(bytes) / 1e6 / block)
    report("stream over block", stream / block)
    report("decoding alone megabytes a second", Double(bytes) / 1e6 / decoding)
    report("request microseconds", microsecondsOfARequest())
  }

  private func report(_ name: String, _ value: Double) { Swift.print("\(name)\t\(value)") }

  /// Processor time of this process.
  private static func processorSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  private static func least(_ body: () -> Void) -> Double {
    (0..<rounds).reduce(Double.infinity) { least, _ in
      let begin = processorSeconds()
      body()
      return min(least, processorSeconds() - begin)
    }
  }

  private func inspect(_ body: [UInt8], by step: Int, alongside attributor: MessageAttributor? = nil) {
    var inspector = MessageInspector(detectors, content: Self.content, place: .body, alongside: attributor)
    body.withUnsafeBytes { bytes in
      for start in stride(from: 0, to: bytes.count, by: max(1, step)) {
        inspector.inspect(UnsafeRawBufferPointer(rebasing: bytes[start..<min(bytes.count, start + step)]))
      }
    }
    _ = inspector.finish()
  }

  private final class Nobody: ViewObserver {
    func view(_ view: DecodedView, received range: Range<Int>, isLast: Bool) -> Int { range.upperBound }
  }

  private func decode(_ body: [UInt8]) {
    let nobody = Nobody()
    let tree = DecodingTree(Self.content, limits: .standard, observer: nobody)
    body.withUnsafeBytes { tree.receive($0) }
    tree.finish()
    withExtendedLifetime(nobody) {}
  }

  /// Decoded, searched, and its lines told by the files they are from: nothing of it went before.
  private func microsecondsOfARequest() -> Double {
    for (number, body) in bodies.enumerated() { body.withUnsafeBytes { index.take("file-\(number)", text: $0) } }
    let seconds = Self.least {
      for body in bodies {
        let attributor = MessageAttributor(index, to: "model", sent: SentLines())
        inspect(body, by: body.count, alongside: attributor)
        _ = attributor.soFar()
      }
    }
    return seconds * 1e6 / Double(bodies.count)
  }

  /// By what the process grows for each that is opened beside as many others, which take the memory that lies about.
  private func kilobytesOfAnOpenStream(after bytes: Int) -> Double {
    let others = openStreams(after: bytes)
    let before = Self.residentKilobytes()
    let streams = openStreams(after: bytes)
    let after = Self.residentKilobytes()
    withExtendedLifetime((others, streams)) {}
    return Double(after - before) / Double(Self.openStreams)
  }

  private func openStreams(after bytes: Int) -> [OpenStream] {
    (0..<Self.openStreams).map { number in
      OpenStream(detectors, Self.content, bodies[number % bodies.count].prefix(bytes))
    }
  }

  private final class OpenStream {
    private var inspector: MessageInspector

    init(_ detectors: DetectorSet, _ content: ContentDescription, _ beginning: ArraySlice<UInt8>) {
      inspector = MessageInspector(detectors, content: content, place: .body)
      beginning.withUnsafeBytes { bytes in
        for start in stride(from: 0, to: bytes.count, by: Speed.segmentBytes) {
          let end = min(bytes.count, start + Speed.segmentBytes)
          inspector.inspect(UnsafeRawBufferPointer(rebasing: bytes[start..<end]))
        }
      }
    }
  }

  private static func residentKilobytes() -> Int {
    guard let file = fopen("/proc/self/statm", "r") else { return 0 }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 128)
    guard fgets(&line, Int32(line.count), file) != nil else { return 0 }
    let text = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return text.split(separator: " ").dropFirst().first.flatMap { Int($0) }.map { $0 * 4 } ?? 0
  }
}
