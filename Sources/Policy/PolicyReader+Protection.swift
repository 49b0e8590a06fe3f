internal import Documents
internal import Patterns

extension PolicyReader {
  mutating func protection(_ node: DocumentNode) -> Protection {
    var protection = Protection()
    let fields = reading.fields(node, keys: PolicyKeys.protect, of: "protect")
    for group in ProtectedGroup.allCases {
      guard let node = fields[group.rawValue] else { continue }
      protection.groups[group] = reading.word(node, of: ProtectionAction.self, as: "what becomes of a change")
    }
    let form = "places in the workspace such as deploy/**, \"*.sh\" or ./Makefile (no '!', no '..', no '/' in front)"
    for action in ProtectionAction.allCases {
      guard let node = fields[action.rawValue], !node.isEmpty else { continue }
      protection.own += reading.values(node, as: form) { text in
        Self.place(text).map { Protection.OwnPlace(pattern: $0, action: action) }
      }
    }
    return protection
  }

  private static func place(_ text: String) -> FilePattern? {
    guard !text.hasPrefix("/"), !text.hasPrefix("~"), !text.hasPrefix("!"), isPrintable(text) else { return nil }
    // Without its dot, as `.gitignore` would have it, the pattern is still only the one at the top.
    return FilePattern(text.hasPrefix("./") ? String(text.dropFirst()) : text)
  }
}
