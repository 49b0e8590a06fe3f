/// One content to inspect, and the name that it goes by.
package struct FileSource: Sendable, Hashable {
  /// As it is told.
  package let name: String
  /// The commit that brought it.
  let commit: String?
  let content: Content
  /// The object that stood in its place before: what was found there already is nothing new.
  let predecessor: String?
  /// The last part of its name, in which something may stand as well; `nil` where the name was there before.
  let ownName: String?
  /// The top of git's working tree, from which names of its objects count.
  let top: String?

  /// Where what is inspected comes from.
  package enum Content: Sendable, Hashable {
    /// A path as the kernel has it, which need not be UTF-8, with the zero at its end.
    case file([CChar])
    /// One that was read already.
    case bytes([UInt8])
    /// Git's object of this name.
    case object(String)
    /// Nothing: it is there for its name, as a directory is.
    case name
    /// The message of git's commit of this name.
    case message(String)
  }

  init(
    name: String, commit: String? = nil, content: Content, predecessor: String? = nil, ownName: String? = nil,
    top: String? = nil
  ) {
    self.name = name
    self.ownName = ownName
    self.commit = commit
    self.content = content
    self.predecessor = predecessor
    self.top = top
  }

  /// Where the file is, or in a working tree would be; `nil` for what came on standard input.
  var path: String? {
    switch content {
    case .file: name
    case .bytes, .message, .name: nil
    case .object: top.map { "\($0)/\(name)" }
    }
  }

  /// What a commit says of itself, which is no file.
  static func message(of commit: String) -> FileSource {
    FileSource(name: "commit message", commit: commit, content: .message(commit))
  }

  /// Something that has a name and no content of its own to look at.
  static func name(_ name: String, commit: String? = nil) -> FileSource {
    FileSource(name: name, commit: commit, content: .name, ownName: lastPart(of: name))
  }

  static func lastPart(of name: String) -> String? { name.split(separator: "/").last.map(String.init) }

  var isMessage: Bool { if case .message = content { true } else { false } }

  var isFile: Bool { content != .name && !isMessage }

  /// Whether the name is ours, and nothing can stand in it.
  var hasFixedName: Bool { isMessage || name == "-" }

  /// What came on standard input.
  package static func standardInput(_ bytes: [UInt8]) -> FileSource { FileSource(name: "-", content: .bytes(bytes)) }
}
