/// A value that never prints itself and is only seen inside a closure.
package struct Secret<Value: Sendable>: Sendable {
  private let value: Value

  package init(_ value: Value) {
    self.value = value
  }

  package func withValue<Result>(_ body: (Value) throws -> Result) rethrows -> Result {
    try body(value)
  }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { "<redacted>" }
  package var debugDescription: String { "<redacted>" }
  package var customMirror: Mirror { Mirror(self, children: []) }
}
