internal import Presentation

/// The difference of one file or link as `git apply` reads it; for what is no text, a line that says so and that git
/// passes over.
struct FilePatch {
  private let name: String
  private let old: Side?
  private let new: Side?

  /// What is, or was, at the name.
  struct Side: Equatable {
    let isLink: Bool
    let isExecutable: Bool
    let content: Content

    enum Content: Equatable {
      case bytes([UInt8])
      /// More than is shown.
      case long
    }

    fileprivate var mode: String { isLink ? "120000" : isExecutable ? "100755" : "100644" }

    fileprivate var isText: Bool { text != nil }

    fileprivate var text: String? {
      guard case .bytes(let bytes) = content, !bytes.contains(0) else { return nil }
      return String(validating: bytes, as: UTF8.self)
    }
  }

  /// - Parameters:
  ///   - old: `nil` for what was not there; a directory is not there either.
  ///   - new: `nil` for what is gone.
  init(_ path: TreePath, from old: Side?, to new: Side?) {
    name = path.shown
    self.old = old
    self.new = new
  }

  /// Nothing where git knows no difference, as in permissions other than to execute and in directories.
  var text: String {
    if let whyNot { return Self.remark(name, old == nil ? "added" : new == nil ? "removed" : "changed", whyNot) }
    // As git has it, a link does not become a file: the one goes and the other comes.
    if let old, let new, old.isLink != new.isLink { return section(old, nil) + section(nil, new) }
    return old == new ? "" : section(old, new)
  }

  /// Why it cannot be shown.
  private var whyNot: String? {
    if old?.content == .long || new?.content == .long { return "is too long to be shown" }
    let isText = old?.isText ?? true && new?.isText ?? true
    return isText || old?.content == new?.content && old?.isLink == new?.isLink ? nil : "is no text"
  }

  private func section(_ old: Side?, _ new: Side?) -> String {
    var text = "diff --git \(UnifiedDiff.label("a", name)) \(UnifiedDiff.label("b", name))\n"
    switch (old, new) {
    case (nil, .some(let new)): text += "new file mode \(new.mode)\n"
    case (.some(let old), nil): text += "deleted file mode \(old.mode)\n"
    case (.some(let old), .some(let new)) where old.mode != new.mode:
      text += "old mode \(old.mode)\nnew mode \(new.mode)\n"
    default: break
    }
    if let old, let new, old.content == new.content { return text }
    return text + UnifiedDiff.text(from: old?.text, to: new?.text, name: name)
  }

  /// Git passes over what stands between its sections.
  private static func remark(_ name: String, _ what: String, _ why: String) -> String {
    "# \(name): \(what), but \(why)\n"
  }

  /// For a directory, and for a file's permissions where git's two modes do not tell them; nothing for any other change.
  static func remark(onModeOf change: WorkspaceChange) -> String {
    let modes = change.modes
    if change.entry == .directory {
      let what =
        switch (modes.old, modes.new) {
        case (_, .some(let new)) where change.kind != .mode:
          "new directory, mode \(WorkspaceChange.Modes.text(new))"
        case (_, .none): "removed directory"
        default: modes.change.map { "directory, old mode \($0.old), new mode \($0.new)" } ?? "directory"
        }
      return "# \(change.path.shown)/: \(what)\n"
    }
    guard let (old, new) = modes.change, !gitModes.isSuperset(of: [old, new]) else { return "" }
    return "# \(change.path.shown): old mode \(old), new mode \(new)\n"
  }

  private static let gitModes: Set = ["0644", "0755"]

  /// For a pipe or a socket.
  static func remark(onOther path: TreePath, isNew: Bool) -> String {
    remark(path.shown, isNew ? "added" : "changed", "is a pipe or a socket, which is never applied")
  }
}
