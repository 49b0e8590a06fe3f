package import NIOCore

/// One question, as a stub resolver asks it.
package struct DNSQuery: Sendable {
  package let id: UInt16
  package let name: DNSName
  package let type: DNSRecordType
  /// 1 is the Internet, the only class there is.
  package let recordClass: UInt16
  /// RD and CD as they were asked, to be sent back.
  let flags: UInt16
  /// Whether the query had an OPT record, so that the answer has one too (RFC 6891 §6.1.1).
  let hasOptions: Bool

  private static let responseFlag: UInt16 = 0x8000
  private static let operationMask: UInt16 = 0x7800
  private static let echoedMask: UInt16 = 0x0110

  /// Reads one message without its TCP length.
  ///
  /// - Throws: with the reply to send, where one is due.
  package static func read(_ message: ByteBuffer) throws(DNSError) -> DNSQuery {
    var reader = DNSReader(message)
    guard let id = reader.integer(), let flags = reader.integer(), let questions = reader.integer(),
      let answers = reader.integer(), let authorities = reader.integer(), let additionals = reader.integer(),
      flags & responseFlag == 0
    else { throw DNSError(reason: .noQuery, reply: nil) }
    func failure(_ reason: DNSError.Reason, _ code: DNSResponseCode) -> DNSError {
      DNSError(reason: reason, reply: DNSResponse.bare(id: id, flags: flags & (operationMask | echoedMask), code))
    }
    guard message.readableBytes <= EgressLimits.dnsQueryBytes else { throw failure(.tooLarge, .formatError) }
    guard flags & operationMask == 0 else { throw failure(.notImplemented, .notImplemented) }
    guard questions == 1, answers == 0, authorities == 0, let name = reader.name(), let type = reader.integer(),
      let recordClass = reader.integer()
    else { throw failure(.malformed, .formatError) }
    var optionsVersion: UInt8?
    for _ in 0..<additionals {
      guard let record = additionalRecord(&reader), record.isFine(first: optionsVersion == nil) else {
        throw failure(.malformed, .formatError)
      }
      if record.isOptions { optionsVersion = record.version }
    }
    guard reader.isAtEnd else { throw failure(.malformed, .formatError) }
    let query = DNSQuery(
      id: id, name: name, type: DNSRecordType(rawValue: type), recordClass: recordClass, flags: flags & echoedMask,
      hasOptions: optionsVersion != nil)
    guard optionsVersion ?? 0 == 0 else {
      throw DNSError(reason: .badVersion, reply: query.response(.badVersion, []))
    }
    return query
  }

  private struct AdditionalRecord {
    let isOptions: Bool
    let isAtRoot: Bool
    let version: UInt8

    /// One OPT record at most, and its name is the root (RFC 6891 §6.1.1).
    func isFine(first: Bool) -> Bool { !isOptions || first && isAtRoot }
  }

  private static func additionalRecord(_ reader: inout DNSReader) -> AdditionalRecord? {
    guard let name = reader.name(), let type = reader.integer(), reader.integer() != nil,
      let flagsHigh = reader.integer(), reader.integer() != nil, let length = reader.integer(),
      reader.skip(Int(length))
    else { return nil }
    return AdditionalRecord(
      isOptions: type == DNSRecordType.opt.rawValue, isAtRoot: name.labels.isEmpty,
      version: UInt8(truncatingIfNeeded: flagsHigh))
  }
}
