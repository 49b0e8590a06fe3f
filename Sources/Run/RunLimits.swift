/// The bounds of this room, each with its unit and its reason.
enum RunLimits {
  /// What an agent gets between the hang-up of its terminal and SIGKILL: time to write its state down, and little
  /// enough that nobody finds it alive an hour later.
  static let hangUpGrace: Duration = .seconds(5)
}
