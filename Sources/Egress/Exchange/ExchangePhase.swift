/// How far a request and its answer have come.
enum ExchangePhase {
  /// On its way in; what is held has not left.
  case collecting
  /// The chamber has it.
  case deciding
  /// Admitted; an upstream stream is being opened, or what was admitted is on its way out.
  case releasing
  /// The whole request has left; only the answer is awaited.
  case answering
  case finished
}
