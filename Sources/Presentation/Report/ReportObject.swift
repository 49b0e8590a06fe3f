internal import Evidence

/// An object of a stored report: what is asked of it is there and of its type, or the error names it.
///
/// Members that nobody asks for are no error: newer releases may have written them.
struct ReportObject {
  private let members: [String: JSONValue]

  init(_ value: JSONValue) throws(ReportError) {
    guard let members = value.object else { throw ReportError("", "is no object") }
    self.members = members
  }

  func has(_ name: String) -> Bool { members[name] != nil }

  // MARK: Members that must be there

  func string(_ name: String) throws(ReportError) -> String { try required(name, try optionalString(name)) }

  func bool(_ name: String) throws(ReportError) -> Bool { try required(name, try optionalBool(name)) }

  func integer(_ name: String) throws(ReportError) -> Int { try required(name, try optionalInteger(name)) }

  /// A number from 0.
  func count(_ name: String) throws(ReportError) -> Int { try required(name, try optionalCount(name)) }

  func time(_ name: String) throws(ReportError) -> Timestamp {
    guard let time = Timestamp(try string(name)) else { throw ReportError(name, "is no time in UTC with milliseconds") }
    return time
  }

  /// One of the words that this release knows; another one may mean anything, so nothing is made of it.
  func word<Word: RawRepresentable>(_ name: String, _: Word.Type = Word.self) throws(ReportError) -> Word
  where Word.RawValue == String {
    try required(name, try optionalWord(name))
  }

  func object(_ name: String) throws(ReportError) -> ReportObject { try required(name, try optionalObject(name)) }

  // MARK: Members that may be absent

  func optionalString(_ name: String) throws(ReportError) -> String? {
    try optional(name, "is no text", members[name]?.string)
  }

  func optionalBool(_ name: String) throws(ReportError) -> Bool? {
    try optional(name, "is neither true nor false", members[name]?.bool)
  }

  func optionalInteger(_ name: String) throws(ReportError) -> Int? {
    try optional(name, "is no whole number", members[name]?.integer)
  }

  func optionalCount(_ name: String) throws(ReportError) -> Int? {
    guard let number = try optionalInteger(name) else { return nil }
    guard number >= 0 else { throw ReportError(name, "is less than 0") }
    return number
  }

  /// 0...1.
  func optionalShare(_ name: String) throws(ReportError) -> Double? {
    let number: Double? =
      switch members[name] {
      case .integer(let whole): Double(whole)
      case .number(let number): number
      default: nil
      }
    guard let share = try optional(name, "is no number", number) else { return nil }
    guard (0...1).contains(share) else { throw ReportError(name, "is no share from 0 to 1") }
    return share
  }

  func optionalWord<Word: RawRepresentable>(_ name: String) throws(ReportError) -> Word?
  where Word.RawValue == String {
    guard let text = try optionalString(name) else { return nil }
    guard let word = Word(rawValue: text) else {
      throw ReportError(name, "is a word that this release of Sallyport does not know: read it with a newer one")
    }
    return word
  }

  func optionalObject(_ name: String) throws(ReportError) -> ReportObject? {
    guard let value = members[name] else { return nil }
    do { return try ReportObject(value) } catch { throw error.within(name) }
  }

  func strings(_ name: String) throws(ReportError) -> [String] {
    try elements(name) { value throws(ReportError) in
      guard let text = value.string else { throw ReportError("", "is no text") }
      return text
    }
  }

  func counts(_ name: String) throws(ReportError) -> [Int] {
    try elements(name) { value throws(ReportError) in
      guard let number = value.integer, number >= 0 else { throw ReportError("", "is no whole number from 0") }
      return number
    }
  }

  /// Empty where the member is absent.
  func objects<Element>(
    _ name: String, _ read: (ReportObject) throws(ReportError) -> Element
  ) throws(ReportError) -> [Element] {
    try elements(name) { value throws(ReportError) in try read(try ReportObject(value)) }
  }

  func elements<Element>(
    _ name: String, _ read: (JSONValue) throws(ReportError) -> Element
  ) throws(ReportError) -> [Element] {
    let values = try optional(name, "is no list", members[name]?.array) ?? []
    guard values.count <= ReportLimits.mostElements else {
      throw ReportError(name, "has more than \(ReportLimits.mostElements.grouped) elements, which is no run's report")
    }
    var elements: [Element] = []
    elements.reserveCapacity(values.count)
    for (position, value) in values.enumerated() {
      do { elements.append(try read(value)) } catch { throw error.within("\(name)[\(position)]") }
    }
    return elements
  }

  // MARK: What makes an error of them

  private func required<Value>(_ name: String, _ value: Value?) throws(ReportError) -> Value {
    guard let value else { throw ReportError(name, "is missing") }
    return value
  }

  private func optional<Value>(_ name: String, _ sentence: String, _ value: Value?) throws(ReportError) -> Value? {
    if value == nil, has(name) { throw ReportError(name, sentence) }
    return value
  }
}
