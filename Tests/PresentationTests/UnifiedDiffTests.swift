internal import Presentation
internal import Testing

@Suite struct UnifiedDiffTests {
  @Test("texts that are the same differ in nothing")
  func same() {
    #expect(UnifiedDiff.text(from: "a\nb\n", to: "a\nb\n", name: "f") == "")
    #expect(UnifiedDiff.text(from: "", to: "", name: "f") == "")
  }

  @Test("a change is shown with the lines around it")
  func change() {
    let old = (1...10).map { "\($0)\n" }.joined()
    #expect(
      UnifiedDiff.text(from: old, to: old.replacing("5\n", with: "five\nsix\n"), name: "/x/f") == """
        --- a/x/f
        +++ b/x/f
        @@ -2,7 +2,8 @@
         2
         3
         4
        -5
        +five
        +six
         6
         7
         8

        """)
  }

  @Test("changes far from each other are apart, near ones together")
  func hunks() {
    let old = (1...30).map { "\($0)\n" }.joined()
    let far = old.replacing("\n5\n", with: "\nx\n").replacing("\n20\n", with: "\ny\n")
    #expect(UnifiedDiff.text(from: old, to: far, name: "f").split(separator: "\n").count { $0.hasPrefix("@@") } == 2)
    let near = old.replacing("\n5\n", with: "\nx\n").replacing("\n11\n", with: "\ny\n")
    #expect(UnifiedDiff.text(from: old, to: near, name: "f").split(separator: "\n").count { $0.hasPrefix("@@") } == 1)
  }

  @Test("a new file, and a missing last line end, are written as patch reads them")
  func ends() {
    #expect(UnifiedDiff.text(from: nil, to: "a\n", name: "f") == "--- /dev/null\n+++ b/f\n@@ -0,0 +1 @@\n+a\n")
    #expect(
      UnifiedDiff.text(from: "a", to: "a\n", name: "f")
        == "--- a/f\n+++ b/f\n@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a\n")
  }

  @Test("whoever applies a diff to the old text has the new one")
  func applied() {
    var seed: UInt64 = 5
    func next(_ bound: Int) -> Int {
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(truncatingIfNeeded: seed >> 33) % bound
    }
    for _ in 0..<400 {
      let old = (0..<next(40)).map { _ in "line \(next(6))" }
      var new = old
      for _ in 0..<next(6) {
        switch next(3) {
        case 0 where !new.isEmpty: new.remove(at: next(new.count))
        case 1 where !new.isEmpty: new[next(new.count)] = "other \(next(3))"
        default: new.insert("new \(next(3))", at: next(new.count + 1))
        }
      }
      func text(_ lines: [String]) -> String { lines.map { $0 + "\n" }.joined() }
      let diff = UnifiedDiff.text(from: text(old), to: text(new), name: "f")
      #expect(Self.apply(diff, to: old) == new)
    }
  }

  /// As `patch` does, without looking for a place.
  private static func apply(_ diff: String, to old: [String]) -> [String] {
    var result: [String] = []
    var position = 0
    for line in diff.split(separator: "\n", omittingEmptySubsequences: false).dropFirst(2).dropLast() {
      if line.hasPrefix("@@ -") {
        let span = line.dropFirst(4).prefix { $0 != " " }.split(separator: ",").compactMap { Int($0) }
        let start = span.count > 1 && span[1] == 0 ? span[0] : span[0] - 1
        result += old[position..<start]
        position = start
        continue
      }
      switch line.first {
      case " ":
        result.append(old[position])
        position += 1
      case "-": position += 1
      case "+": result.append(String(line.dropFirst()))
      default: break
      }
    }
    return result + old[position...]
  }

  @Test("very different long texts are given as replaced, at once")
  func bounded() {
    let old = (0..<20_000).map { "old \($0)\n" }.joined()
    let new = (0..<20_000).map { "new \($0)\n" }.joined()
    let duration = ContinuousClock().measure {
      #expect(UnifiedDiff.text(from: old, to: new, name: "f").utf8.count > old.utf8.count)
    }
    #expect(duration < .seconds(5))
  }

  @Test("texts that look alike and are not the same differ, and only a line feed ends a line")
  func bytes() {
    // The second is U+037E, which counts as equal to a semicolon.
    #expect(UnifiedDiff.text(from: "a;\n", to: "a\u{37e}\n", name: "f").hasSuffix("@@ -1 +1 @@\n-a;\n+a\u{37e}\n"))
    #expect(
      UnifiedDiff.text(from: nil, to: "a\rb\u{2028}c\r\nd\n", name: "f").hasSuffix(
        "@@ -0,0 +1,2 @@\n+a\rb\u{2028}c\r\n+d\n"))
  }

  @Test("a name in quotes has its side within them")
  func quoted() {
    #expect(
      UnifiedDiff.text(from: "a\n", to: nil, name: "\"odd\\377\"")
        == "--- \"a/odd\\377\"\n+++ /dev/null\n@@ -1 +0,0 @@\n-a\n")
  }
}
