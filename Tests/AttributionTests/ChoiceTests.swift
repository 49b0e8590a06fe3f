internal import Attribution
internal import Decoding
internal import Evidence
internal import Testing

/// Which of several places is meant, and when none is.
@Suite struct ChoiceTests {
  @Test("of two files with the same lines the one that was opened last is meant, and the other is told of")
  func opened() {
    let index = SourceIndex(["a.py": Sample.server, "b.py": Sample.server])
    #expect(attribute(Array(Sample.server.utf8), index).sources.map(\.path) == ["a.py"])
    index.noteOpened("b.py")
    let found = attribute(Array(Sample.server.utf8), index)
    #expect(found.sources.map(\.path) == ["b.py"])
    #expect(found.sources.map(\.copies) == [1])
  }

  @Test("of two files the one with the longer run is meant")
  func longest() {
    let start = Sample.lines(Sample.server, 1...10)
    let index = SourceIndex(["a.py": start + "\nsomething_else(entirely)\n", "b.py": Sample.server])
    #expect(attribute(Array(Sample.server.utf8), index).places == ["b.py:1-20"])
  }

  @Test("what went to a destination before is still said to be of the same file when another was opened since")
  func history() {
    let index = SourceIndex(["a.py": Sample.server, "b.py": Sample.server])
    let sent = SentLines()
    let first = Message(index, sent: sent)
    first.receive(Sample.server.utf8)
    #expect(first.finish().sources.map(\.path) == ["a.py"])
    first.attributor.markSent()
    index.noteOpened("b.py")
    let second = Message(index, sent: sent)
    second.receive(Sample.server.utf8)
    let found = second.finish()
    #expect(found.sources.map(\.path) == ["a.py"])
    #expect(found.sources.allSatisfy { !$0.isFirstSent })
  }

  @Test("text that stands in many files is nobody's, and is counted")
  func common() {
    let header = (1...6).map { "# part \($0) of what the company wants above every one of its files" }
      .joined(separator: "\n")
    let index = SourceIndex()
    for number in 0..<20 {
      index.take("src/file\(number).py", header + "\n\nunique_\(number)_value = \(number * 77)\n")
    }
    let found = attribute(Array(header.utf8), index)
    #expect(found.sources.isEmpty)
    #expect(found.commonLines == 6)
    let whole = attribute(Array((header + "\n\nunique_7_value = 539\nmore").utf8), index)
    #expect(whole.places == ["src/file7.py:1-8"])
  }

  @Test("a licence is nobody's, even where only one file has it")
  func licence() {
    let licence = """
      # Licensed under the Apache License, Version 2.0 (the "License");
      # you may not use this file except in compliance with the License.
      # You may obtain a copy of the License at
      #
      #     http://www.apache.org/licenses/LICENSE-2.0
      """
    let index = SourceIndex(["a.py": licence + "\n\n" + Sample.server])
    #expect(attribute(Array(licence.utf8), index).sources.isEmpty)
    #expect(attribute(Array((licence + "\n\n" + Sample.server).utf8), index).places == ["a.py:1-26"])
  }
}
