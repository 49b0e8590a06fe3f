internal import Attribution
internal import Decoding
internal import Evidence
internal import Testing

/// What a message repeats of the one before it is not compared again, and is told all the same.
@Suite struct RepeatedTextTests {
  private struct Place: Hashable, CustomStringConvertible {
    var description: String { "\(path) \(version):\(line)" }
    let path: String
    let version: Int
    let line: Int
  }

  private static func places(_ attributed: Attributed) -> Set<Place> {
    Set(
      attributed.sources.flatMap { source in
        (source.startLine...source.endLine).map { Place(path: source.path, version: source.version, line: $0) }
      })
  }

  private static func code(_ source: inout Seeded, lines: Int) -> [String] {
    (0..<lines).map { line in
      // None is blank: such lines belong to a source only where both sides of them went at once.
      guard line % 7 != 6 else { return "  }" }
      let words = (0..<Int.random(in: 2...6, using: &source)).map { _ in
        String(UInt32.random(in: 0 ... .max, using: &source), radix: 36)
      }
      return String(repeating: "  ", count: line % 4) + words.joined(separator: line % 3 == 0 ? "(" : ".")
    }
  }

  private static func excerpt(_ lines: [String], _ source: inout Seeded) -> String {
    let start = Int.random(in: 0..<lines.count - 3, using: &source)
    let end = min(lines.count, start + Int.random(in: 3...60, using: &source))
    let style = Int.random(in: 0..<4, using: &source)
    return lines[start..<end].enumerated().map { number, line in
      switch style {
      case 0: "\(String(repeating: " ", count: 4))\(start + number + 1)\t\(line)"
      case 1: (number % 9 == 4 ? "-" : " ") + line
      default: line
      }
    }.joined(separator: "\n")
  }

  private static func body(_ messages: [String], system: String) throws -> [UInt8] {
    try CanonicalJSON.encode(
      .object([
        "messages": .array(messages.map { .object(["content": .string($0), "role": .string("user")]) }),
        "system": .string(system),
      ]))
  }

  @Test("a conversation that carries its history has the sources that each request has by itself", arguments: 0..<8)
  func conversation(_ seed: UInt64) throws {
    var source = Seeded(seed)
    var files = (0..<6).map { _ in Self.code(&source, lines: 120) }
    let index = SourceIndex([:])
    for (number, file) in files.enumerated() { index.take("f\(number).swift", file.joined(separator: "\n")) }
    let system = (0..<80).map { "Rule \($0): say \(Sample.filler.dropFirst($0 * 7).prefix(60)) and\ngo on." }
    let sent = SentLines()
    var messages = ["Begin with \(seed): " + Sample.filler]
    for step in 0..<20 {
      switch Int.random(in: 0..<10, using: &source) {
      case 0 where messages.count > 3: messages.remove(at: Int.random(in: 1..<messages.count, using: &source))
      case 1 where messages.count > 3:
        messages[Int.random(in: 1..<messages.count, using: &source)] += "\n" + Self.excerpt(files[0], &source)
      case 2:
        let file = Int.random(in: 0..<files.count, using: &source)
        files[file].insert(contentsOf: Self.code(&source, lines: 3), at: 40)
        index.take("f\(file).swift", files[file].joined(separator: "\n"))
      default:
        let file = files[Int.random(in: 0..<files.count, using: &source)]
        messages.append("It says:\n" + Self.excerpt(file, &source) + "\nand what now?")
      }
      let body = try Self.body(messages, system: system.joined())
      let message = Message(index, sent: sent)
      message.receive(body)
      let found = message.finish()
      message.attributor.markSent()
      let (repeated, alone) = (Self.places(found), Self.places(attribute(body, index)))
      #expect(
        repeated == alone,
        "step \(step): too many \(repeated.subtracting(alone)), too few \(alone.subtracting(repeated))")
    }
  }

  @Test("lines that say too little at a message's end are told when the next message goes on with them")
  func goesOn() throws {
    var source = Seeded(3)
    let lines = Self.code(&source, lines: 200)
    let index = SourceIndex(["f.swift": lines.joined(separator: "\n")])
    let sent = SentLines()
    for end in [40, 41, 42, 43, 80, 81] {
      let text = Sample.filler + "\n" + lines[..<end].joined(separator: "\n")
      let message = Message(index, sent: sent)
      message.receive(text.utf8)
      let places = Self.places(message.finish())
      message.attributor.markSent()
      #expect(places == Self.places(attribute(text.utf8, index)), "\(end)")
      #expect(places.map(\.line).max() == end)
    }
  }

  @Test("a line that stands everywhere is not counted any more when the next request has it no longer")
  func commonLines() {
    let alone = "everybody has this line once"
    let together = (0..<3).map { "and everybody these, of which this has number \($0)" }.joined(separator: "\n")
    let index = SourceIndex([:])
    for number in 0..<12 {
      index.take("f\(number).txt", "this is \(number)\n\(alone)\nthat is \(number)\n\(together)\nall of \(number)\n")
    }
    let rest = (0..<90).map { "nobody's line, which has number \($0)" }
    let (one, two) = (rest[..<45].joined(separator: "\n"), rest[45...].joined(separator: "\n"))
    let sent = SentLines()
    for (first, count) in [(alone, 4), ("another line", 3)] {
      let message = Message(index, sent: sent)
      message.receive("Begin.\n\(first)\n\(one)\n\(together)\n\(two)\n\(Sample.filler)".utf8)
      #expect(message.finish().commonLines == count)
      message.attributor.markSent()
    }
  }

  @Test("what a request repeats counts once, and its share is of all that it is")
  func share() throws {
    let index = SourceIndex(["r.py": Sample.server])
    let sent = SentLines()
    let text = String(repeating: Sample.filler + "\n", count: 4) + Sample.server
    for step in 0..<3 {
      let body = text + "\nMore \(step)."
      let message = Message(index, sent: sent)
      message.receive(body.utf8)
      let found = message.finish()
      message.attributor.markSent()
      #expect(found.share == attribute(body.utf8, index).share)
      #expect(found.sources.map(\.isFirstSent) == [step == 0])
    }
  }
}
