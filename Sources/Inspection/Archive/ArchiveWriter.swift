/// Values one behind the other, laid out as this build of the program has them in memory: for files that no other
/// build reads.
package struct ArchiveWriter {
  package private(set) var bytes: [UInt8] = []

  package init() {}

  package mutating func write<Value: BitwiseCopyable>(_ value: Value) {
    withUnsafeBytes(of: value) { bytes += $0 }
  }

  package mutating func write<Value: BitwiseCopyable>(elements: [Value]) {
    elements.withUnsafeBufferPointer { write(buffer: $0) }
  }

  package mutating func write<Value: BitwiseCopyable>(buffer: UnsafeBufferPointer<Value>) {
    write(buffer.count)
    bytes += UnsafeRawBufferPointer(buffer)
  }

  package mutating func write(_ text: String) {
    write(text.utf8.count)
    bytes += text.utf8
  }

  package mutating func write<Value: ArchivedValue>(_ value: Value) { value.write(to: &self) }

  package mutating func write<Value: ArchivedValue>(_ value: Value?) {
    write(value != nil)
    if let value { write(value) }
  }

  package mutating func write<Elements: Collection>(
    _ elements: Elements, _ each: (inout Self, Elements.Element) -> Void
  ) {
    write(elements.count)
    for element in elements { each(&self, element) }
  }

  package mutating func write<Element: ArchivedValue>(_ elements: [Element]) {
    write(elements) { $0.write($1) }
  }

  package mutating func write(_ texts: [String]) {
    write(texts) { $0.write($1) }
  }

  mutating func write(numbersByHash numbers: [UInt64: [Int]]) {
    write(numbers) { archive, entry in
      archive.write(entry.key)
      archive.write(elements: entry.value)
    }
  }

  /// One of a few cases, by its number.
  package mutating func write<Value: CaseIterable & Equatable>(oneOf value: Value) {
    write(Array(Value.allCases).firstIndex(of: value) ?? .max)
  }
}

/// What can be written into an archive and read back.
package protocol ArchivedValue {
  func write(to archive: inout ArchiveWriter)

  /// - Throws: ``DamagedArchive``.
  init(from archive: inout ArchiveReader) throws(DamagedArchive)
}
