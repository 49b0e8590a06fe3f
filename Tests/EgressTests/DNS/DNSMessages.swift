import NIOCore

@testable import Egress

/// Builds DNS messages, right ones and wrong ones.
struct QueryBuilder {
  var id: UInt16 = 0x1234
  var flags: UInt16 = 0x0100
  var questions: UInt16 = 1
  var answers: UInt16 = 0
  var name: [UInt8] = QueryBuilder.wire("api.example.com")
  var type: UInt16 = 1
  var recordClass: UInt16 = 1
  var additional: [[UInt8]] = []
  var trailing: [UInt8] = []

  static func wire(_ name: String) -> [UInt8] {
    name.split(separator: ".").flatMap { [UInt8(truncatingIfNeeded: $0.utf8.count)] + Array($0.utf8) } + [0]
  }

  static func options(version: UInt8 = 0, data: [UInt8] = []) -> [UInt8] {
    [0, 0, 41, 4, 0xd0, 0, version, 0, 0, 0, UInt8(truncatingIfNeeded: data.count)] + data
  }

  var message: ByteBuffer {
    var out = ByteBuffer()
    for word in [id, flags, questions, answers, 0, UInt16(additional.count)] { out.writeInteger(word) }
    out.writeBytes(name)
    out.writeInteger(type)
    out.writeInteger(recordClass)
    for record in additional { out.writeBytes(record) }
    out.writeBytes(trailing)
    return out
  }

  func query() throws -> DNSQuery { try DNSQuery.read(message) }
}

/// What a stub resolver reads out of an answer.
struct ResponseReading: Equatable {
  var id: UInt16
  var flags: UInt16
  var code: UInt16
  var name: String
  var records: [[UInt8]] = []
  var hasOptions = false

  init?(_ message: ByteBuffer) {
    var reader = DNSReader(message)
    guard let id = reader.integer(), let flags = reader.integer(), reader.integer() == 1,
      let answers = reader.integer(), reader.integer() == 0, let additionals = reader.integer(),
      let name = reader.name(), let type = reader.integer(), let recordClass = reader.integer()
    else { return nil }
    self.id = id
    self.flags = flags & 0xfff0
    self.code = flags & 0xf
    self.name = name.description
    for _ in 0..<answers {
      guard reader.name() == name, reader.integer() == type, reader.integer() == recordClass, reader.skip(4),
        let length = reader.integer(),
        let data = message.getBytes(at: message.readerIndex + reader.offset, length: Int(length)),
        reader.skip(Int(length))
      else { return nil }
      records.append(data)
    }
    for _ in 0..<additionals {
      guard reader.name()?.labels.isEmpty == true, reader.integer() == 41, reader.skip(6), reader.integer() == 0 else {
        return nil
      }
      hasOptions = true
    }
    guard reader.isAtEnd else { return nil }
  }
}
