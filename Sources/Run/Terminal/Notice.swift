internal import Glibc
internal import Presentation

/// A line for the person at the terminal that no summary can say, because it is about now.
enum Notice {
  static func say(_ sentence: String) {
    let bytes = Array("sallyport: \(Sanitised(sentence).text)\n".utf8)
    _ = write(STDERR_FILENO, bytes, bytes.count)
  }
}
