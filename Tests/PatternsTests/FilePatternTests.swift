internal import Patterns
internal import Testing

@Suite struct FilePatternTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let pattern: String
    let matching: [String]
    let other: [String]
    var testDescription: String { pattern }
  }

  /// The examples of gitignore(5) and of GitHub's page on code owners, and what they leave open.
  static let rows = [
    Row(pattern: "*", matching: ["a", "a/b/c"], other: []),
    Row(pattern: "**", matching: ["a", "a/b/c"], other: []),
    Row(pattern: "*.js", matching: ["a.js", "deep/down/b.js", "x.js/inside"], other: ["a.jsx", "a.js.map"]),
    Row(
      pattern: "/build/logs/", matching: ["build/logs/a", "build/logs/b/c"], other: ["x/build/logs/a", "build/logs"]),
    Row(
      pattern: "docs/*", matching: ["docs/getting-started.md"], other: ["docs/build-app/troubleshooting.md", "docs"]),
    Row(pattern: "docs/*/", matching: ["docs/build-app/troubleshooting.md"], other: ["docs/getting-started.md"]),
    Row(pattern: "apps/", matching: ["apps/a", "x/apps/b/c"], other: ["apps", "apps2/a"]),
    Row(pattern: "/docs/", matching: ["docs/a"], other: ["x/docs/a"]),
    Row(pattern: "**/logs", matching: ["build/logs/a", "logs", "deeply/nested/logs/b"], other: ["logs2"]),
    Row(
      pattern: "/apps/github", matching: ["apps/github", "apps/github/a/b"], other: ["apps/githubs", "x/apps/github"]),
    Row(pattern: "a/**/b", matching: ["a/b", "a/x/b", "a/x/y/b", "a/x/b/c"], other: ["a/xb", "ab", "x/a/b"]),
    Row(
      pattern: "secrets/**", matching: ["secrets/a", "secrets/a/b"], other: ["secrets", "x/secrets/a", "Secrets/a"]),
    Row(
      pattern: "src/**/*.sw?ft", matching: ["src/a.swift", "src/x/y/a.sw\u{e4}ft"],
      other: ["src/a.swft", "src/a.swiift"]),
    Row(pattern: "foo", matching: ["foo", "a/foo", "foo/bar"], other: ["foobar", "a/foob"]),
    Row(pattern: "a**b", matching: ["axxb", "ab", "d/axb"], other: ["a/b"]),
    Row(pattern: "\\#a\\ \\*b", matching: ["#a *b"], other: ["#a xb"]),
    Row(pattern: "/*.md", matching: ["README.md"], other: ["docs/README.md"]),
    Row(pattern: "[id].tsx", matching: ["app/[id].tsx"], other: ["i.tsx"]),
  ]

  @Test("a pattern matches what git would ignore by it", arguments: rows)
  func gitignore(_ row: Row) throws {
    let pattern = try #require(FilePattern(row.pattern))
    for path in row.matching { #expect(pattern.matches(path), "\(path)") }
    for path in row.other { #expect(!pattern.matches(path), "\(path)") }
  }

  @Test(
    "what can be no pattern is none",
    arguments: ["", "/", "//", "a//b", "../a", "a/..", "./a", "a\\", "a\0b", String(repeating: "a", count: 600)])
  func refused(_ text: String) { #expect(FilePattern(text) == nil) }

  @Test("a pattern agrees with a slow and plain reading of it")
  func oracle() {
    var seed: UInt64 = 3
    func next(_ bound: Int) -> Int {
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(truncatingIfNeeded: seed >> 33) % bound
    }
    var matched = 0
    for _ in 0..<20_000 {
      let pattern = (0..<1 + next(7)).map { _ in ["a", "b", "*", "/", "**/", "?"][next(6)] }.joined()
      let path = (0..<1 + next(6)).map { _ in ["a", "b", "/", "ab"][next(4)] }.joined()
      let parts = path.split(separator: "/").map(String.init)
      guard !parts.isEmpty, let compiled = FilePattern(pattern) else { continue }
      let expected = Self.plainly(pattern, parts)
      #expect(compiled.matches(path) == expected, "\(pattern) on \(path)")
      if expected { matched += 1 }
    }
    #expect(matched > 500)
  }

  /// By trying every way.
  private static func plainly(_ pattern: String, _ path: [String]) -> Bool {
    var body = pattern[...]
    let isAnchored = body.dropLast().contains("/")
    let isDirectory = body.hasSuffix("/")
    if body.hasPrefix("/") { body = body.dropFirst() }
    if isDirectory, body.hasSuffix("/") { body = body.dropLast() }
    var parts = body.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    if !isAnchored { parts.insert("**", at: 0) }
    if parts.last == "**" { parts.append("*") }
    let isStar = parts.last.map { !$0.isEmpty && $0.allSatisfy { $0 == "*" } } == true
    func whole(_ parts: ArraySlice<String>, _ path: ArraySlice<String>) -> Bool {
      guard let first = parts.first else { return path.isEmpty }
      if first == "**" {
        return whole(parts.dropFirst(), path) || (!path.isEmpty && whole(parts, path.dropFirst()))
      }
      guard let name = path.first else { return false }
      return named(first[...], name[...]) && whole(parts.dropFirst(), path.dropFirst())
    }
    func named(_ pattern: Substring, _ name: Substring) -> Bool {
      guard let first = pattern.first else { return name.isEmpty }
      if first == "*" { return named(pattern.dropFirst(), name) || (!name.isEmpty && named(pattern, name.dropFirst())) }
      guard let letter = name.first, first == "?" || first == letter else { return false }
      return named(pattern.dropFirst(), name.dropFirst())
    }
    if !isDirectory, whole(parts[...], path[...]) { return true }
    guard isDirectory || !isStar else { return false }
    return (1..<max(path.count, 1)).contains { whole(parts[...], path[..<$0]) }
  }

  @Test("a hostile pattern on a hostile path is answered at once")
  func bounded() throws {
    let stars = try #require(FilePattern(String(repeating: "*a", count: 240) + "b"))
    let deep = try #require(FilePattern(String(repeating: "**/a/", count: 30) + "b"))
    let path = String(repeating: String(repeating: "a", count: 255) + "/", count: 16)
    let duration = ContinuousClock().measure {
      for _ in 0..<20 {
        #expect(!stars.matches(path))
        #expect(!deep.matches(String(repeating: "a/", count: 2000)))
      }
    }
    #expect(duration < .seconds(5))
  }
}
