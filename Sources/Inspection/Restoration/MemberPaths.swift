/// The names that lead to the members of a JSON text, each path once.
struct MemberPaths {
  /// Of the text itself.
  static let root = 0
  /// Of what is deeper than any path that counts, or one of too many.
  static let other = 1

  private struct Step: Hashable {
    let parent: Int
    let name: String
  }

  private(set) var paths = ["", ""]
  private(set) var names = ["", ""]
  private var known: [Step: Int] = [:]

  /// More than a body with the schemas of a hundred tools has.
  private static let maximumPaths = 16 * 1024
  /// Twice the longest that is known.
  private static let maximumBytes = 96

  /// The path of a member.
  mutating func index(of name: String, in parent: Int) -> Int {
    guard parent != Self.other else { return Self.other }
    let step = Step(parent: parent, name: name)
    if let index = known[step] { return index }
    let path = parent == Self.root ? name : "\(paths[parent]).\(name)"
    guard paths.count < Self.maximumPaths, path.utf8.count <= Self.maximumBytes else { return Self.other }
    paths.append(path)
    names.append(name)
    known[step] = paths.count - 1
    return paths.count - 1
  }
}
