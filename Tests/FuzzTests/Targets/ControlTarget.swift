internal import Confinement

/// What relay, init and host tell each other; all but the host are on the agent's side.
enum ControlTarget {
  static func check(_ bytes: [UInt8]) throws {
    if let message = try? ControlMessage(bytes) {
      let again = try ControlMessage(message.bytes)
      try demand(again == message, "what we write is read as something else")
      // A path that is no text comes out with U+FFFD, which has three bytes for one.
      try demand(message.bytes.count <= bytes.count * 3, "a message grows")
    }
    if let order = try? InitOrder(bytes) {
      try demand(try InitOrder(order.bytes) == order, "what we write is read as something else")
    }
  }
}
