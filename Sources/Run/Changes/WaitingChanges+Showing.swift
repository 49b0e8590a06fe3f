internal import Confinement
package import Evidence

extension WaitingChanges {
  /// Of one change, as `git apply` reads it where it is text; of anything else, of directories, and of permissions that
  /// git does not know a line that it passes over.
  package func patch(of change: WorkspaceChange) -> String {
    guard let upper = TreeRoot(place.upper), let lower = TreeRoot(workspace) else { return "" }
    if change.entry == .other, change.kind != .removed {
      return FilePatch.remark(onOther: change.path, isNew: change.kind == .added)
    }
    let new = change.kind == .removed ? nil : Self.side(change.path, in: upper)
    return FilePatch.remark(onModeOf: change)
      + FilePatch(change.path, from: Self.side(change.path, in: lower), to: new).text
  }

  private static func side(_ path: TreePath, in root: borrowing TreeRoot) -> FilePatch.Side? {
    guard let status = root.status(path) else { return nil }
    switch status.kind {
    case .link: return .init(isLink: true, isExecutable: false, content: .bytes(root.linkText(path) ?? []))
    case .file:
      let bytes = root.bytes(path, limit: RunLimits.placeBytes)
      return .init(
        isLink: false, isExecutable: status.permissions & 0o100 != 0, content: bytes.map { .bytes($0) } ?? .long)
    case .directory, .whiteout, .other: return nil
    }
  }

  /// "3 added, 1 changed, 2 removed (1 protected)"
  package var summary: String { Self.summary(changes) }

  /// Of as many as a list of them has lines.
  package static func summary(_ changes: [WorkspaceChange]) -> String {
    let counts = [WorkspaceChange.Kind.added, .changed, .removed, .mode].compactMap { kind -> String? in
      let count = changes.count { $0.kind == kind }
      return count == 0 ? nil : "\(count) \(kind == .mode ? "with other permissions" : kind.rawValue)"
    }
    let protected = changes.count { $0.protection != nil }
    if counts.isEmpty { return "nothing changed" }
    return counts.joined(separator: ", ") + (protected == 0 ? "" : " (\(protected) protected)")
  }

  /// One for each change, with the sizes below each other.
  package var lines: [String] {
    let columns = changes.map(\.size.count).max() ?? 0
    return changes.map { $0.line(sizeColumns: columns) }
  }

  /// What is not among these, in sentences.
  package var omissions: [String] {
    let deep = tooDeep.map { directory in
      let name = directory.shown.count > 160 ? "\(directory.shown.prefix(160))…" : directory.shown
      return
        "\(name): has paths in it of more than \(RunLimits.changePathBytes) bytes, which are not applied; they wait "
        + "until: sallyport changes discard \(run)"
    }
    return deep + (hasMore ? ["there are more than are looked at; apply or discard these first."] : [])
  }

  /// - Parameter shown: those whose differences are told too.
  package func json(showing shown: [WorkspaceChange]? = nil) -> JSONValue {
    [
      "run": .string(run.text), "workspace": .string(workspace), "incomplete": .bool(isIncomplete),
      "tooDeep": .array(tooDeep.map { .string($0.shown) }),
      "changes": .array((shown ?? changes).map { $0.json(diff: shown == nil ? nil : patch(of: $0)) }),
    ]
  }
}
