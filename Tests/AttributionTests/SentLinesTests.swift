internal import Attribution
internal import Decoding
internal import Evidence
internal import Testing

/// Lines count once, and versions are told apart.
@Suite struct SentLinesTests {
  private static func send(_ text: String, _ index: SourceIndex, _ sent: SentLines, to host: String = "a") -> Attributed
  {
    let message = Message(index, to: host, sent: sent)
    message.receive(text.utf8)
    defer { message.attributor.markSent() }
    return message.finish()
  }

  @Test("a conversation that repeats its history repeats its lines, and only the new ones are first sent")
  func history() {
    let index = SourceIndex(["r.py": Sample.server])
    let sent = SentLines()
    let start = Sample.lines(Sample.server, 1...10)
    #expect(Self.send(start, index, sent).sources.map(\.isFirstSent) == [true])
    let second = Self.send(Sample.server, index, sent)
    #expect(second.places == ["r.py:1-10", "r.py:11-20"])
    #expect(second.sources.map(\.isFirstSent) == [false, true])
    #expect(Self.send(Sample.server, index, sent, to: "b").sources.map(\.isFirstSent) == [true])
  }

  @Test("a message whose lines are told only together with the one before has a share all the same")
  func shareOfRest() {
    let index = SourceIndex(["r.py": Sample.server])
    for cut in stride(from: 60, to: Sample.server.utf8.count - 20, by: 7) {
      let sent = SentLines()
      let (start, rest) = (Sample.server.prefix(cut), Sample.server.dropFirst(cut))
      _ = Self.send(String(start), index, sent)
      for end in [12, 20, 45] {
        let found = Self.send(String(rest.prefix(end)), index, sent)
        #expect((found.share > 0) == !found.sources.isEmpty, "\(cut) \(end): \(found.places)")
        #expect(found.share <= 1)
      }
    }
  }

  @Test("how long a file was in the version that was sent is known when it has changed, and when it is gone")
  func lengths() {
    let index = SourceIndex(["r.py": Sample.server])
    let length = Sample.server.split(separator: "\n", omittingEmptySubsequences: false).dropLast().count
    let sent = SentLines()
    #expect(Self.send(Sample.server, index, sent).sources.map(\.version) == [1])
    index.take("r.py", Sample.server + "# more\n")
    index.take("r.py", Sample.server + "# more\n# of it\n")
    #expect(index.lineCount(of: "r.py", version: 1) == length)
    #expect(index.lineCount(of: "r.py", version: 2) == nil, "it was never sent")
    #expect(index.lineCount(of: "r.py", version: 3) == length + 2)
    index.remove("r.py")
    #expect(index.lineCount(of: "r.py", version: 1) == length)
    #expect(index.lineCount(of: "other.py", version: 1) == nil)
  }

  @Test("a message that is not let go makes no repeats")
  func refused() {
    let index = SourceIndex(["r.py": Sample.server])
    let sent = SentLines()
    let message = Message(index, sent: sent)
    message.receive(Sample.server.utf8)
    #expect(message.finish().sources.map(\.isFirstSent) == [true])
    #expect(Self.send(Sample.server, index, sent, to: "model.test:443").sources.map(\.isFirstSent) == [true])
  }

  @Test("pieces of one message do not make each other repeats")
  func pieces() {
    let index = SourceIndex(["r.py": Sample.server])
    let message = Message(index)
    message.receive((Sample.lines(Sample.server, 1...12) + "\n").utf8)
    _ = message.attributor.attributedSoFar()
    message.attributor.markSent()
    message.receive(Sample.lines(Sample.server, 13...20).utf8)
    let found = message.finish()
    #expect(found.places == ["r.py:1-20"])
    #expect(found.sources.map(\.isFirstSent) == [true])
  }

  @Test("pieces of one message keep what they have only together with the message before, whatever changes meanwhile")
  func piecesAcross() {
    let index = SourceIndex(["r.py": Sample.server])
    let sent = SentLines()
    let (start, rest) = (Sample.server.prefix(160), Sample.server.dropFirst(160))
    _ = Self.send(String(start), index, sent, to: "model.test:443")
    let message = Message(index, sent: sent)
    message.receive(rest.prefix(90).utf8)
    let words = (0..<300).map { "words that stand in no file \($0 * 7919)" }
    message.receive("\n\(words.joined(separator: "\n"))\n".utf8)
    let before = message.attributor.attributedSoFar()
    message.attributor.markSent()
    index.take("other.py", Sample.parser)
    message.receive("and some more".utf8)
    #expect(!before.places.isEmpty)
    #expect(message.finish().places == before.places)
  }

  @Test("lines that a change leaves as they are stay sent, wherever they move; the new ones are first sent")
  func changed() {
    let index = SourceIndex(["r.py": Sample.server])
    let sent = SentLines()
    _ = Self.send(Sample.server, index, sent)
    index.take("r.py", "#!/usr/bin/env python3\n# a relay that shouts at everybody who talks to it\n" + Sample.server)
    let text = "#!/usr/bin/env python3\n# a relay that shouts at everybody who talks to it\n" + Sample.server
    let found = Self.send(text, index, sent)
    #expect(found.places == ["r.py:1-2", "r.py:3-22"])
    #expect(found.sources.map(\.version) == [2, 2])
    #expect(found.sources.map(\.isFirstSent) == [true, false])
  }

  @Test("what was sent of an earlier content is attributed to it when it comes again")
  func earlierVersion() {
    let index = SourceIndex(["r.py": Sample.server])
    let sent = SentLines()
    _ = Self.send(Sample.server, index, sent)
    index.take("r.py", Sample.server.replacing("backlog=16", with: "backlog=99"))
    let found = Self.send(Sample.server, index, sent)
    #expect(found.places == ["r.py:1-20"])
    #expect(found.sources.map(\.version) == [1])
    #expect(found.sources.map(\.isFirstSent) == [false])
  }

  @Test("what the run began with is known to its end: a diff shows what was taken away")
  func original() {
    let index = SourceIndex(["r.py": Sample.server])
    index.begin()
    index.take("r.py", Sample.parser)
    index.remove("r.py")
    #expect(attribute(Array(Sample.server.utf8), index).sources.map(\.version) == [1])
    index.take("s.py", Sample.server)
    #expect(attribute(Array(Sample.server.utf8), index).sources.map(\.path) == ["s.py"])
  }

  @Test("an earlier content that was never sent is forgotten, and so is a file that is gone")
  func forgotten() {
    let index = SourceIndex([:])
    index.begin()
    index.take("r.py", Sample.server)
    index.take("r.py", Sample.parser)
    #expect(attribute(Array(Sample.server.utf8), index).sources.isEmpty)
    index.remove("r.py")
    #expect(attribute(Array(Sample.parser.utf8), index).sources.isEmpty)
    #expect(index.contents.files == 0)
  }

  @Test("a file that is cut anywhere between two messages is found in both, and the cut line in one of them")
  func split() {
    let index = SourceIndex(["r.py": Sample.server])
    let text = Array(Sample.server.utf8)
    for cut in stride(from: 20, to: text.count - 20, by: 7) {
      let sent = SentLines()
      let lines = [text[..<cut], text[cut...]].map { part in
        Self.send(String(decoding: part, as: UTF8.self), index, sent).sources
      }
      var told: Set<Int> = []
      for source in lines.joined() { told.formUnion(source.startLine...source.endLine) }
      #expect(told.isSuperset(of: Set(1...20).subtracting([3, 5, 17])), "\(cut)")
    }
  }
}
