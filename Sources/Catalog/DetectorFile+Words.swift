internal import Documents
internal import Yams

/// The phrases of a detector that looks for words as they are.
extension DetectorFile {
  /// What a detector of words has no use for: a phrase is a finding wherever it stands.
  private static let others = ["patterns", "keywords", "context", "validator", "entropy", "issuers"]

  /// - Returns: `nil` where the detector has patterns.
  func words(in directory: String?) throws(DetectorFileError) -> [String]? {
    let list = nodes["words"]
    let file = nodes["words-file"]
    guard list != nil || file != nil else { return nil }
    if let other = Self.others.first(where: { nodes[$0] != nil }) {
      throw error(nodes[other], "'\(other)' stands beside words", "write two detectors, or leave it out")
    }
    let words =
      try (list.map(listed) ?? []) + (file.map { node throws(DetectorFileError) in try read(node, directory) } ?? [])
    guard !words.isEmpty else { throw error(list ?? file, "there are no words", "give at least one phrase") }
    guard words.count <= CatalogLimits.words else { throw tooMany(file ?? list) }
    return words
  }

  private func tooMany(_ node: Node?) -> DetectorFileError {
    error(node, "there are more than \(CatalogLimits.words) phrases", "split them into several detectors")
  }

  private func listed(_ node: Node) throws(DetectorFileError) -> [String] {
    guard let sequence = node.sequence else { throw error(node, "'words' should be a list", "write '- …' lines") }
    guard sequence.count <= CatalogLimits.words else { throw tooMany(node) }
    var words: [String] = []
    for item in sequence {
      guard let word = item.scalar?.string else {
        throw error(item, "an item of 'words' should be a text", "write '- Project Zephyr'")
      }
      do throws(PhraseProblem) {
        words.append(try WordListFile.phrase(word))
      } catch {
        throw self.error(item, error.sentence, error.remedy)
      }
    }
    return words
  }

  /// The file that its words are in, where they are in one.
  func wordsFile(in directory: String?) -> String? {
    directory.flatMap { directory in nodes["words-file"]?.scalar.map { "\(directory)/\($0.string)" } }
  }

  private func read(_ node: Node, _ directory: String?) throws(DetectorFileError) -> [String] {
    guard let path = node.scalar?.string, !path.isEmpty, !path.hasPrefix("/"), let directory else {
      throw error(
        node, "'words-file' should be a path from the detector's own file on", "write 'words-file: names.txt'")
    }
    let text: String
    do throws(FileProblem) {
      text = try RegularFile.text(directory + "/" + path, limit: DocumentLimits.bytes)
    } catch {
      throw self.error(node, "the file of words \(path) \(error.sentence)", "put one phrase a line there")
    }
    return try WordListFile.phrases(text, file: directory + "/" + path)
  }
}
