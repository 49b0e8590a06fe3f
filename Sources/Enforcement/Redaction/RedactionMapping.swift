package import Crypto
package import Evidence
internal import Fingerprints
package import Inspection
internal import Synchronization

/// What was taken out of what each destination was sent, and what stands there instead.
///
/// A value has one placeholder for as long as it is kept, so that the beginning of a conversation stays what it was. It is
/// put back into the answers of the destination that was given the placeholder, and of no other.
package final class RedactionMapping: Sendable {
  /// A value that was taken out.
  package struct Entry: Sendable {
    package let destination: Destination
    package let kind: RedactedKind
    package let placeholder: [UInt8]
    package let value: Secret<[UInt8]>

    package init(destination: Destination, kind: RedactedKind, placeholder: [UInt8], value: Secret<[UInt8]>) {
      self.destination = destination
      self.kind = kind
      self.placeholder = placeholder
      self.value = value
    }
  }

  /// What one destination knows of.
  fileprivate struct Given {
    var byValue: [[UInt8]: [UInt8]] = [:]
    var entries: [(value: [UInt8], placeholder: [UInt8])] = []
    /// Made when it is asked for.
    var placeholders: PlaceholderSet?
  }

  fileprivate struct State {
    var given: [Destination: Given] = [:]
    /// What each placeholder stands for, wherever it was given.
    var meanings: [[UInt8]: [UInt8]] = [:]
    /// Every value but own code, whoever was not sent it.
    var values: [(value: [UInt8], kind: RedactedKind)] = []
    /// Made when it is asked for.
    var known: KnownValues?
    var placeholders: PlaceholderSet?
    var bytes = 0
  }

  private let state: Mutex<State>
  private let key: SymmetricKey
  private let keep: @Sendable (Entry) -> Bool

  /// - Parameters:
  ///   - key: the same key gives the same value the same placeholder.
  ///   - entries: of earlier runs.
  ///   - keep: writes an entry down before its placeholder is used for the first time; false where that failed, and then
  ///     the value is not replaced.
  package init(key: SymmetricKey, entries: [Entry] = [], keep: @escaping @Sendable (Entry) -> Bool = { _ in true }) {
    var state = State()
    // The newest first: of more than fits the oldest are forgotten.
    for entry in entries.reversed() where state.bytes < EnforcementLimits.mappedBytes / 2 {
      entry.value.withValue { state.add($0, entry) }
    }
    self.state = Mutex(state)
    self.key = key
    self.keep = keep
  }

  /// Whether anything was taken out of what the destination was sent.
  package func hasGiven(to destination: Destination) -> Bool {
    state.withLock { $0.given[destination] != nil }
  }

  /// What was taken out of anything.
  func known() -> KnownValues {
    state.withLock { state in
      if let known = state.known { return known }
      let known = KnownValues(state.values)
      state.known = known
      return known
    }
  }

  /// What stands for anything, whoever was given it.
  func placeholders() -> PlaceholderSet {
    state.withLock { state in
      if let placeholders = state.placeholders { return placeholders }
      let placeholders = PlaceholderSet(state.meanings.map { ($0.key, $0.value) })
      state.placeholders = placeholders
      return placeholders
    }
  }

  /// What stands for values in what the destination is sent.
  func pseudonyms(for destination: Destination) -> Pseudonyms {
    Pseudonyms(known: known()) { [self] value, kind in give(value, kind, to: destination) }
  }

  /// What may stand in the destination's answers; `nil` where there is nothing.
  func placeholders(from destination: Destination) -> PlaceholderSet? {
    state.withLock { state in
      guard let given = state.given[destination] else { return nil }
      if let placeholders = given.placeholders { return placeholders }
      let placeholders = PlaceholderSet(given.entries.map { ($0.placeholder, $0.value) })
      state.given[destination]?.placeholders = placeholders
      return placeholders
    }
  }

  /// The placeholder of a value in what the destination is sent; `nil` where no more can be kept.
  package func give(_ value: [UInt8], _ kind: RedactedKind, to destination: Destination) -> [UInt8]? {
    state.withLock { state -> [UInt8]? in
      if let known = state.given[destination]?.byValue[value] { return known }
      guard state.bytes + value.count <= EnforcementLimits.mappedBytes else { return nil }
      var attempt: UInt8 = 0
      var placeholder = PlaceholderText.make(for: value, detector: kind.detector, key: key)
      while let meaning = state.meanings[placeholder], meaning != value, attempt < .max {
        attempt += 1
        placeholder = PlaceholderText.make(for: value, detector: kind.detector, key: key, attempt: attempt)
      }
      let entry = Entry(destination: destination, kind: kind, placeholder: placeholder, value: Secret(value))
      guard keep(entry) else { return nil }
      state.add(value, entry)
      return placeholder
    }
  }
}

extension RedactionMapping.State {
  fileprivate mutating func add(_ value: [UInt8], _ entry: RedactionMapping.Entry) {
    guard given[entry.destination]?.byValue[value] == nil else { return }
    var given = given[entry.destination] ?? .init()
    given.byValue[value] = entry.placeholder
    given.entries.append((value, entry.placeholder))
    given.placeholders = nil
    self.given[entry.destination] = given
    if meanings.updateValue(value, forKey: entry.placeholder) == nil {
      // The indexes find own code again, in whatever lines it comes; a text of that length would seldom come again whole.
      if !OwnCodeDetector.names.contains(entry.kind.detector) {
        values.append((value, entry.kind))
        known = nil
      }
      placeholders = nil
    }
    // It is kept several times over: as a value, by value, by placeholder, in what is looked for.
    bytes += 4 * (value.count + PlaceholderText.longest)
  }
}
