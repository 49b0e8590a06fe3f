/// Reads what an ``ArchiveWriter`` of the same build wrote.
///
/// Nothing beyond the archive's end is read, but what its values mean is not checked: an archive is sealed, and as
/// private as the compiled patterns beside it.
package struct ArchiveReader {
  private let bytes: UnsafeRawBufferPointer
  private var position = 0

  /// - Parameter bytes: that outlive it.
  package init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  package var isAtEnd: Bool { position == bytes.count }

  private mutating func next(_ count: Int) throws(DamagedArchive) -> UnsafeRawBufferPointer {
    guard count >= 0, count <= bytes.count - position else { throw DamagedArchive() }
    defer { position += count }
    return UnsafeRawBufferPointer(rebasing: bytes[position..<position + count])
  }

  package mutating func read<Value: BitwiseCopyable>(_ type: Value.Type = Value.self) throws(DamagedArchive) -> Value {
    try next(MemoryLayout<Value>.size).loadUnaligned(as: Value.self)
  }

  /// How many there are of something.
  private mutating func count() throws(DamagedArchive) -> Int {
    let count = try read(Int.self)
    guard count >= 0, count <= bytes.count - position else { throw DamagedArchive() }
    return count
  }

  package mutating func elements<Value: BitwiseCopyable>(
    of type: Value.Type = Value.self
  ) throws(DamagedArchive) -> [Value] {
    let count = try count()
    let (size, isTooMuch) = count.multipliedReportingOverflow(by: MemoryLayout<Value>.stride)
    guard !isTooMuch else { throw DamagedArchive() }
    let source = try next(size)
    return Array(unsafeUninitializedCapacity: count) { memory, initialised in
      UnsafeMutableRawBufferPointer(memory).copyMemory(from: source)
      initialised = count
    }
  }

  package mutating func text() throws(DamagedArchive) -> String {
    String(decoding: try next(try count()), as: UTF8.self)
  }

  package mutating func texts() throws(DamagedArchive) -> [String] {
    try list { archive throws(DamagedArchive) in try archive.text() }
  }

  package mutating func value<Value: ArchivedValue>(_ type: Value.Type = Value.self) throws(DamagedArchive) -> Value {
    try Value(from: &self)
  }

  package mutating func optional<Value: ArchivedValue>(
    _ type: Value.Type = Value.self
  ) throws(DamagedArchive) -> Value? {
    try read(Bool.self) ? try Value(from: &self) : nil
  }

  package mutating func list<Element>(
    _ each: (inout Self) throws(DamagedArchive) -> Element
  ) throws(DamagedArchive) -> [Element] {
    let count = try count()
    var elements: [Element] = []
    elements.reserveCapacity(count)
    for _ in 0..<count { elements.append(try each(&self)) }
    return elements
  }

  package mutating func dictionary<Key: Hashable, Value>(
    _ each: (inout Self) throws(DamagedArchive) -> (Key, Value)
  ) throws(DamagedArchive) -> [Key: Value] {
    let count = try count()
    var elements: [Key: Value] = [:]
    elements.reserveCapacity(count)
    for _ in 0..<count {
      let (key, value) = try each(&self)
      elements[key] = value
    }
    return elements
  }

  mutating func numbersByHash() throws(DamagedArchive) -> [UInt64: [Int]] {
    try dictionary { archive throws(DamagedArchive) in (try archive.read(), try archive.elements()) }
  }

  package mutating func oneOf<Value: CaseIterable>(_ type: Value.Type = Value.self) throws(DamagedArchive) -> Value {
    let number = try read(Int.self)
    let cases = Array(Value.allCases)
    guard cases.indices.contains(number) else { throw DamagedArchive() }
    return cases[number]
  }
}

/// An archive ends too early, or holds what cannot be.
package struct DamagedArchive: Error {}
