/// What went wrong at the door, in one sentence for the person who runs the agent.
package struct EgressError: Error, Hashable, CustomStringConvertible {
  package let code: Code
  package let sentence: String

  package enum Code: Sendable, Hashable {
    /// A long body could not be held on disk.
    case spool
    /// The client said something that is not what it claims to speak.
    case client
    /// A listening socket could not be taken over.
    case listener
  }

  package var description: String { sentence }
}
