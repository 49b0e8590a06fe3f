internal import Patterns

/// Which files a rule means: `secrets/**`, `*.pem`, `~/notes/**`, `/etc/**`.
struct SourcePattern: Sendable, Hashable {
  static let form = "files such as secrets/**, \"*.pem\", \"~/notes/**\" or /etc/** (no '!', no '..')"

  let text: String
  private let scope: Scope
  private let pattern: FilePattern

  private enum Scope: Sendable, Hashable {
    /// By name or by its last parts, in the workspace and outside.
    case anywhere
    case workspace
    case root
    case home
  }

  /// - Returns: `nil` for what is none of the forms above.
  init?(_ text: String) {
    let scope: Scope
    let rest: String
    if text.hasPrefix("~/") {
      (scope, rest) = (.home, String(text.dropFirst()))
    } else if text.hasPrefix("/") {
      (scope, rest) = (.root, text)
    } else if text.hasPrefix("./") {
      (scope, rest) = (.workspace, String(text.dropFirst()))
    } else if text.hasPrefix("**/") || !text.dropLast().contains("/") {
      (scope, rest) = (.anywhere, text)
    } else {
      (scope, rest) = (.workspace, "/" + text)
    }
    guard !text.hasPrefix("!"), PolicyReader.isPrintable(text), let pattern = FilePattern(rest) else { return nil }
    self.text = text
    self.scope = scope
    self.pattern = pattern
  }

  func covers(_ file: SourceFile) -> Truth {
    switch scope {
    case .anywhere: return Truth(pattern.matches(file.inWorkspace ?? file.path))
    case .workspace: return Truth(file.inWorkspace.map(pattern.matches) ?? false)
    case .root:
      guard let path = file.fromRoot else { return .unknown }
      return Truth(pattern.matches(path))
    case .home:
      switch file.fromHome {
      case .known(let path): return Truth(path.map(pattern.matches) ?? false)
      case .unknown: return .unknown
      }
    }
  }

  /// Whether it covers all files that the other one covers, as far as the texts tell: never true where it does not.
  func covers(_ other: SourcePattern) -> Bool {
    if isEverything { return true }
    let isNearEnough = scope == other.scope || (scope == .anywhere && other.scope == .workspace)
    return isNearEnough && pattern.covers(other.pattern)
  }

  /// Whether it means every file there is.
  var isEverything: Bool { text == "**" || text == "*" }

  /// Whether it means files of the workspace, or files anywhere by their names.
  var speaksOfWorkspace: Bool { scope == .anywhere || scope == .workspace }

  /// The text of a pattern that covers this file and no other, in all that a pattern can say.
  static func only(_ path: String) -> String {
    var text = ""
    for scalar in path.unicodeScalars {
      switch scalar {
      case "*", "?", "\\": text += "\\" + String(scalar)
      default: text += PolicyReader.isPrintable(String(scalar)) ? String(scalar) : "?"
      }
    }
    return path.hasPrefix("/") ? text : path.contains("/") && !"~!.".contains(text.first ?? "~") ? text : "./" + text
  }
}
