/// What `Package.swift` declares, as far as the house is concerned.
struct Manifest: Sendable {
  /// For each target the modules it names as dependencies.
  let targets: [String: Set<String>]
  let testTargets: [String: Set<String>]

  init(_ text: String) {
    // Strings matter here, so only comment lines are left out.
    let code = text.split(separator: "\n", omittingEmptySubsequences: false)
      .filter { !$0.trimmed.hasPrefix("//") }.joined(separator: "\n")
    let products = Self.products(in: code)
    var targets: [String: Set<String>] = [:]
    var testTargets: [String: Set<String>] = [:]
    for kind in [".room(", ".executableTarget(", ".target(", ".systemLibrary(", ".tests("] {
      for call in Self.arguments(of: kind, in: code) {
        guard let name = Self.strings(in: call).first else { continue }
        let listed = Self.firstList(in: call)
        let shorthands = listed.split(separator: ",").map { $0.trimmed }
          .filter { $0.hasPrefix(".") }.compactMap { products[String($0.dropFirst())] }
        let modules = Set(Self.strings(in: listed) + shorthands)
        if kind == ".tests(" { testTargets[name] = modules } else { targets[name] = modules }
      }
    }
    self.targets = targets
    self.testTargets = testTargets
  }

  /// `static let nio = product(name: "NIOCore", …)`: `nio` → `NIOCore`.
  private static func products(in code: String) -> [String: String] {
    var products: [String: String] = [:]
    for line in code.split(separator: "\n") where line.trimmed.hasPrefix("static let ") {
      guard line.contains("= product("), let product = strings(in: String(line)).first else { continue }
      products[String(line.identifiers[2])] = product
    }
    return products
  }

  /// The text between the parentheses of each call whose first argument is a string or a `name:`.
  private static func arguments(of call: String, in code: String) -> [String] {
    var found: [String] = []
    var rest = code[...]
    while let range = rest.firstRange(of: call) {
      rest = rest[range.upperBound...]
      let argument = balanced(rest, open: "(", close: ")")
      if argument.trimmed.hasPrefix("\"") || argument.trimmed.hasPrefix("name: \"") { found.append(String(argument)) }
    }
    return found
  }

  /// From here to the bracket that closes the one already open.
  private static func balanced(_ text: Substring, open: Character, close: Character) -> Substring {
    var depth = 1
    for index in text.indices {
      if text[index] == open { depth += 1 }
      if text[index] == close { depth -= 1 }
      if depth == 0 { return text[..<index] }
    }
    return text
  }

  private static func firstList(in call: String) -> String {
    guard let start = call.firstIndex(of: "[") else { return "" }
    // `providers: [.apt(…)]` and the like are no dependencies.
    let before = call[..<start].trimmed
    guard !before.hasSuffix(":") || before.hasSuffix("dependencies:") else { return "" }
    return String(balanced(call[call.index(after: start)...], open: "[", close: "]"))
  }

  private static func strings(in code: String) -> [String] {
    code.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
      .filter { $0.offset % 2 == 1 }.map { String($0.element) }
  }
}
