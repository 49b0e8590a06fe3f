internal import Evidence

extension DetectorRule: ArchivedValue {
  package init(from archive: inout ArchiveReader) throws(DamagedArchive) {
    self.init(
      id: try archive.text(), name: try archive.text(), dataClass: try archive.oneOf(), grade: try archive.oneOf(),
      severity: try archive.oneOf(), patterns: try archive.texts(), words: try archive.texts(),
      keywords: try archive.texts(), context: try archive.optional(),
      validator: try archive.read(Bool.self) ? archive.text() : nil, minimumEntropy: try archive.read(),
      isGeneric: try archive.read(), issuers: try archive.texts(), examples: try archive.texts(),
      counterExamples: try archive.texts(), sources: try archive.texts(), exampleLines: try archive.elements(),
      counterExampleLines: try archive.elements(), file: try archive.text(), line: try archive.read(),
      lines: try archive.dictionary { archive throws(DamagedArchive) in (try archive.text(), try archive.read()) },
      wordsFile: try archive.read(Bool.self) ? archive.text() : nil)
  }

  package func write(to archive: inout ArchiveWriter) {
    archive.write(id)
    archive.write(name)
    archive.write(oneOf: dataClass)
    archive.write(oneOf: grade)
    archive.write(oneOf: severity)
    for texts in [patterns, words, keywords] { archive.write(texts) }
    archive.write(context)
    archive.write(validator != nil)
    if let validator { archive.write(validator) }
    archive.write(minimumEntropy)
    archive.write(isGeneric)
    for texts in [issuers, examples, counterExamples, sources] { archive.write(texts) }
    archive.write(elements: exampleLines)
    archive.write(elements: counterExampleLines)
    archive.write(file)
    archive.write(line)
    archive.write(lines) { archive, line in
      archive.write(line.key)
      archive.write(line.value)
    }
    archive.write(wordsFile != nil)
    if let wordsFile { archive.write(wordsFile) }
  }
}

extension DetectorContext: ArchivedValue {
  package init(from archive: inout ArchiveReader) throws(DamagedArchive) {
    self.init(words: try archive.texts(), without: try archive.read(Bool.self) ? archive.oneOf() : nil)
  }

  package func write(to archive: inout ArchiveWriter) {
    archive.write(words)
    archive.write(without != nil)
    if let without { archive.write(oneOf: without) }
  }
}
