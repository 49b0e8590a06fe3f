package import NIOCore

extension DNSQuery {
  /// The message that answers this query, below 512 bytes for up to seven addresses, so that it fits every datagram.
  package func response(_ answer: DNSAnswer) -> ByteBuffer {
    switch answer {
    case .addresses(let addresses):
      let length = type == .a ? 4 : type == .aaaa ? 16 : 0
      return response(.noError, addresses.filter { $0.count == length })
    case .pointer(let name): return response(.noError, type == .ptr ? [DNSResponse.encode(name)] : [])
    case .noData: return response(.noError, [])
    case .noSuchName: return response(.nameError, [])
    case .refused: return response(.refused, [])
    case .failed: return response(.serverFailure, [])
    }
  }

  func response(_ code: DNSResponseCode, _ records: [[UInt8]]) -> ByteBuffer {
    var out = ByteBuffer()
    out.writeInteger(id)
    out.writeInteger(DNSResponse.flags | flags | code.rawValue & 0xf)
    for count in [1, records.count, 0, hasOptions ? 1 : 0] { out.writeInteger(UInt16(clamping: count)) }
    out.writeBytes(DNSResponse.encode(name))
    out.writeInteger(type.rawValue)
    out.writeInteger(recordClass)
    for record in records {
      // A pointer to the question's name, which begins behind the header.
      out.writeInteger(0xc00c as UInt16)
      out.writeInteger(type.rawValue)
      out.writeInteger(recordClass)
      out.writeInteger(DNSResponse.timeToLiveSeconds)
      out.writeInteger(UInt16(clamping: record.count))
      out.writeBytes(record)
    }
    if hasOptions {
      out.writeBytes([0, 0, 41])
      out.writeInteger(DNSResponse.datagramBytes)
      out.writeBytes([UInt8(truncatingIfNeeded: code.rawValue >> 4), 0, 0, 0, 0, 0])
    }
    return out
  }
}
