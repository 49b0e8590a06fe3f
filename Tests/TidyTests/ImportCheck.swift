/// Imports run down, as the house and the manifest say, and state who may see them.
struct ImportCheck {
  let house: House
  let manifest: Manifest

  struct Import: Hashable {
    let module: String
    let access: String?
    let line: Int
    let isTestable: Bool
  }

  static func imports(in text: SwiftText) -> [Import] {
    text.lines.enumerated().compactMap { number, line in
      guard line.holds("import ") else { return nil }
      let words = line.trimmed.split(separator: " ")
      guard let keyword = words.firstIndex(of: "import"), keyword + 1 < words.count else { return nil }
      let before = words[..<keyword]
      guard before.allSatisfy({ $0.hasPrefix("@") || Self.accessLevels.contains(String($0)) }) else { return nil }
      // `import struct Module.Name` names the kind of what it imports.
      let kinds: Set<Substring> = ["struct", "class", "enum", "protocol", "func", "var", "let", "typealias"]
      let name =
        kinds.contains(words[keyword + 1]) && keyword + 2 < words.count ? words[keyword + 2] : words[keyword + 1]
      return Import(
        module: String(name.prefix { $0 != "." }),
        access: before.first { Self.accessLevels.contains(String($0)) }.map(String.init), line: number + 1,
        isTestable: before.contains("@testable"))
    }
  }

  private static let accessLevels: Set<String> = ["public", "package", "internal", "fileprivate", "private"]

  /// A file of a room.
  func violations(in path: String, room name: String, _ text: SwiftText) -> [Violation] {
    guard let room = house.rooms[name] else {
      return [
        Violation(rule: "house", path: path, sentence: "\(name) has no row in the table of docs/architecture.md")
      ]
    }
    return Self.imports(in: text).flatMap { item -> [Violation] in
      var found: [Violation] = []
      if item.access == nil {
        found.append(
          Violation(
            rule: "import-access", path: path, line: item.line,
            sentence: "say who sees \(item.module): internal import \(item.module)"))
      }
      let allowed = room.imports.union(room.outside).union(House.everywhere)
      if !allowed.contains(item.module) {
        found.append(
          Violation(
            rule: "import-direction", path: path, line: item.line,
            sentence: "\(name) may not import \(item.module): see the table in docs/architecture.md"))
      } else if house.rooms[item.module] != nil, manifest.targets[name]?.contains(item.module) != true {
        found.append(
          Violation(
            rule: "import-undeclared", path: path, line: item.line,
            sentence: "\(name) imports \(item.module) without naming it in Package.swift"))
      }
      return found
    }
  }

  /// A file of a test target: what it imports of ours is declared.
  func violations(in path: String, testTarget name: String, _ text: SwiftText) -> [Violation] {
    Self.imports(in: text).flatMap { item -> [Violation] in
      var found: [Violation] = []
      if house.rooms[item.module] != nil, manifest.testTargets[name]?.contains(item.module) != true {
        found.append(
          Violation(
            rule: "import-undeclared", path: path, line: item.line,
            sentence: "\(name) imports \(item.module) without naming it in Package.swift"))
      }
      return found
    }
  }

  /// The table and the manifest against each other, and the floors.
  func violationsOfPlan() -> [Violation] {
    var found: [Violation] = []
    func add(_ sentence: String) {
      found.append(Violation(rule: "house", path: "docs/architecture.md", sentence: sentence))
    }
    for name in manifest.targets.keys.sorted() where house.rooms[name] == nil {
      add("\(name) is a target without a row in the table")
    }
    for room in house.rooms.values.sorted(by: { $0.name < $1.name }) {
      guard let declared = manifest.targets[room.name] else {
        add("\(room.name) has a row and is no target of Package.swift")
        continue
      }
      for module in declared.subtracting(room.imports).subtracting(room.outside).sorted() {
        add("Package.swift lets \(room.name) import \(module), the table does not")
      }
      for module in room.imports.subtracting(declared).sorted() {
        add("the table lets \(room.name) import \(module), Package.swift does not")
      }
      for other in room.imports.compactMap({ house.rooms[$0] }).sorted(by: { $0.name < $1.name }) {
        if other.floor > room.floor { add("\(room.name) on floor \(room.floor) imports up: \(other.name)") }
        if other.name.hasPrefix("C"), other.name.dropFirst().first?.isUppercase ?? false, room.floor > 2 {
          add("\(room.name) on floor \(room.floor) imports the C shim \(other.name)")
        }
      }
    }
    return found
  }
}
