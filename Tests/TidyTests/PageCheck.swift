/// Pages can be found, and what they point to is there.
struct PageCheck {
  let tree: SourceTree

  /// Lines that a newcomer reads before giving up.
  static let mostReadmeLines = 150

  var violations: [Violation] {
    let pages = tree.files.filter { $0.path.hasSuffix(".md") && ($0.path.hasPrefix("docs/") || !$0.path.contains("/")) }
    return pages.flatMap(brokenLinks) + unlinkedPages(pages) + longReadme
  }

  private var longReadme: [Violation] {
    guard let readme = tree["README.md"] else {
      return [Violation(rule: "readme", path: "README.md", sentence: "the package has no README.md")]
    }
    guard readme.lines.count > Self.mostReadmeLines else { return [] }
    return [
      Violation(
        rule: "readme", path: readme.path,
        sentence: "\(readme.lines.count) lines: keep it under \(Self.mostReadmeLines)")
    ]
  }

  private func unlinkedPages(_ pages: [SourceTree.File]) -> [Violation] {
    guard let index = tree["docs/README.md"] else {
      return [Violation(rule: "page", path: "docs/README.md", sentence: "docs has no front page")]
    }
    let linked = Set(Self.links(in: index.text).map { Self.resolve($0.target, from: index.path) })
    return pages.filter { $0.path.hasPrefix("docs/") && $0.path != index.path && !linked.contains($0.path) }.map {
      Violation(rule: "page", path: $0.path, sentence: "not linked from docs/README.md")
    }
  }

  private func brokenLinks(_ page: SourceTree.File) -> [Violation] {
    Self.links(in: page.text).compactMap { link in
      let target = Self.resolve(link.target, from: page.path)
      if tree.contains(target) { return nil }
      return Violation(
        rule: "page", path: page.path, line: link.line, sentence: "links to \(link.target), which is not there")
    }
  }

  /// Relative links, without what follows a `#`.
  static func links(in text: String) -> [(target: String, line: Int)] {
    text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().flatMap { number, line in
      line.split(separator: "](", omittingEmptySubsequences: false).dropFirst().compactMap { rest in
        let target = String(rest.prefix { $0 != ")" && $0 != "#" && $0 != " " })
        return target.isEmpty || target.contains(":") ? nil : (target, number + 1)
      }
    }
  }

  static func resolve(_ target: String, from page: String) -> String {
    var parts = page.split(separator: "/").dropLast()
    for part in target.split(separator: "/") where part != "." {
      if part == ".." { _ = parts.popLast() } else { parts.append(part) }
    }
    return parts.joined(separator: "/")
  }
}
