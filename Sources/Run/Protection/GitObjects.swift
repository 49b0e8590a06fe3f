internal import Confinement
internal import Crypto

/// The loose objects of a workspace's repositories. Packs are not looked at: what a run commits is loose until somebody
/// collects it.
struct GitObjects: ~Copyable {
  private let root: TreeRoot
  private let repositories: Set<TreePath>
  /// Repositories elsewhere.
  private let outside: [String]

  init?(workspace: String, _ before: ProtectedFiles, _ after: ProtectedFiles, outside: [String]) {
    guard let root = TreeRoot(workspace) else { return nil }
    self.root = root
    repositories = before.repositories.union(after.repositories)
    self.outside = outside
  }

  /// The name under which git has what was in a place; `nil` where it has it not.
  func blob(of state: ProtectedState) -> String? {
    switch state.content {
    case .file(let bytes), .link(let bytes): Self.names(of: bytes).first { isThere($0) }
    case .long, .other, .crowd: nil
    }
  }

  private func isThere(_ name: String) -> Bool {
    let file = "objects/\(name.prefix(2))/\(name.dropFirst(2))"
    return repositories.contains { root.status($0.appending(file)) != nil }
      || outside.contains { FilePaths.exists("\($0)/\(file)") }
  }

  /// What git calls such content, in repositories of either kind (gitformat-pack(5), gitprotocol hash-function-transition).
  static func names(of content: [UInt8]) -> [String] {
    let object = Array("blob \(content.count)\0".utf8) + content
    return [hexadecimal(Insecure.SHA1.hash(data: object)), hexadecimal(SHA256.hash(data: object))]
  }

  private static func hexadecimal(_ digest: some Sequence<UInt8>) -> String {
    digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}
