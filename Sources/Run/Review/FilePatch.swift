internal import Presentation

/// The difference of one file or link as `git apply` reads it; for what is no text, a line that says so.
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

  /// Nothing where git knows no difference, as in permissions other than to execute.
  var text: String {
    // As git has it, a link does not become a file: the one goes and the other comes.
    if let old, let new, old.isLink != new.isLink { return section(old, nil) + section(nil, new) }
    return old == new ? "" : section(old, new)
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
    if old?.content == .long || new?.content == .long { return text + "Files too long to be shown differ\n" }
    let (before, after) = (old.map(\.text), new.map(\.text))
    if before == .some(nil) || after == .some(nil) {
      return old?.content == new?.content ? text : text + "Binary files differ\n"
    }
    return text + UnifiedDiff.text(from: before ?? nil, to: after ?? nil, name: name)
  }
}
