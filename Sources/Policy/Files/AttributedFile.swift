/// One file inside a message.
struct AttributedFile {
  let path: String
  /// Where its ranges stand among the message's sources.
  let ranges: Range<Int>
}
