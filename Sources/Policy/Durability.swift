/// How long evidence must last before a message goes on.
package enum Durability: String, Sendable, Hashable, CaseIterable {
  /// It outlives this process: the system has it.
  case process
  /// It outlives the machine: the disk has it.
  case disk
}
