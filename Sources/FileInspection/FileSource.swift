/// One content to inspect, and the name that it goes by.
package struct FileSource: Sendable, Hashable {
  /// As it is told.
  package let name: String
  /// The commit that brought it.
  let commit: String?
  let content: Content
  /// The object that stood in its place before: what was found there already is nothing new.
  let predecessor: String?
  /// The top of git's working tree, from which names of its objects count.
  let top: String?

  enum Content: Sendable, Hashable {
    /// A path as the kernel has it, which need not be UTF-8, with the zero at its end.
    case file([CChar])
    /// One that was read already.
    case bytes([UInt8])
    /// Git's object of this name.
    case object(String)
  }

  init(name: String, commit: String? = nil, content: Content, predecessor: String? = nil, top: String? = nil) {
    self.name = name
    self.commit = commit
    self.content = content
    self.predecessor = predecessor
    self.top = top
  }

  /// Where the file is, or in a working tree would be; `nil` for what came on standard input.
  var path: String? {
    switch content {
    case .file: name
    case .bytes: nil
    case .object: top.map { "\($0)/\(name)" }
    }
  }

  /// What came on standard input.
  package static func standardInput(_ bytes: [UInt8]) -> FileSource { FileSource(name: "-", content: .bytes(bytes)) }
}
