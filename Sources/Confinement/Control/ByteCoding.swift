/// Writes values one after the other: integers little-endian, lists and texts with their count before them.
package struct ByteWriter: Sendable {
  package private(set) var bytes: [UInt8] = []

  package init() {}

  package mutating func put(_ value: some FixedWidthInteger) {
    withUnsafeBytes(of: value.littleEndian) { bytes += $0 }
  }

  package mutating func put(_ flag: Bool) { put(UInt8(flag ? 1 : 0)) }

  package mutating func put(_ text: String) {
    put(UInt32(text.utf8.count))
    bytes += Array(text.utf8)
  }

  package mutating func put(_ data: [UInt8]) {
    put(UInt32(data.count))
    bytes += data
  }

  package mutating func put<Element>(_ list: [Element], _ each: (inout ByteWriter, Element) -> Void) {
    put(UInt32(list.count))
    for element in list { each(&self, element) }
  }
}

/// Reads what a ``ByteWriter`` wrote, and survives anything else.
package struct ByteReader: Sendable {
  private let bytes: [UInt8]
  private var offset = 0

  package init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  package var isAtEnd: Bool { offset == bytes.count }

  package mutating func integer<Value: FixedWidthInteger>(_ type: Value.Type) throws(MalformedMessage) -> Value {
    let size = MemoryLayout<Value>.size
    guard bytes.count - offset >= size else { throw MalformedMessage() }
    var value: Value = 0
    for index in (0..<size).reversed() { value = value << 8 | Value(truncatingIfNeeded: bytes[offset + index]) }
    offset += size
    return value
  }

  package mutating func flag() throws(MalformedMessage) -> Bool {
    switch try integer(UInt8.self) {
    case 0: false
    case 1: true
    default: throw MalformedMessage()
    }
  }

  package mutating func data() throws(MalformedMessage) -> [UInt8] {
    let count = Int(try integer(UInt32.self))
    guard bytes.count - offset >= count else { throw MalformedMessage() }
    defer { offset += count }
    return Array(bytes[offset..<offset + count])
  }

  /// Bytes that are no UTF-8 come out with U+FFFD in their place: paths on Linux are bytes.
  package mutating func text() throws(MalformedMessage) -> String {
    String(decoding: try data(), as: UTF8.self)
  }

  package mutating func list<Element>(
    _ each: (inout ByteReader) throws(MalformedMessage) -> Element
  ) throws(MalformedMessage) -> [Element] {
    let count = Int(try integer(UInt32.self))
    // Every element takes a byte at least, so a lying count cannot make us reserve more than the message holds.
    guard count <= bytes.count - offset else { throw MalformedMessage() }
    var list: [Element] = []
    for _ in 0..<count { list.append(try each(&self)) }
    return list
  }
}

/// Bytes that are no message of ours.
package struct MalformedMessage: Error, Hashable {
  package init() {}
}
