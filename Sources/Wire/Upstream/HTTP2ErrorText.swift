internal import NIOHTTP2

/// What went wrong in HTTP/2, in the standard's words, without the names of our functions and files.
struct HTTP2ErrorText {
  let text: String

  /// As RFC 9113 §7 names it.
  init(_ code: HTTP2ErrorCode) {
    let names = [
      "NO_ERROR", "PROTOCOL_ERROR", "INTERNAL_ERROR", "FLOW_CONTROL_ERROR", "SETTINGS_TIMEOUT", "STREAM_CLOSED",
      "FRAME_SIZE_ERROR", "REFUSED_STREAM", "CANCEL", "COMPRESSION_ERROR", "CONNECT_ERROR", "ENHANCE_YOUR_CALM",
      "INADEQUATE_SECURITY", "HTTP_1_1_REQUIRED",
    ]
    let number = code.networkCode
    text = names.indices.contains(number) ? names[number] : "error \(number)"
  }

  /// SwiftNIO's errors are called what they are: `UnableToParseFrame` is "unable to parse frame".
  init(_ error: any Error) {
    guard error is any NIOHTTP2Error else {
      text = "\(error)"
      return
    }
    var words = ""
    for letter in String(describing: type(of: error)) {
      if letter.isUppercase, let last = words.last, last.isLowercase { words += " " }
      words.append(letter)
    }
    text = words.split(separator: " ").map {
      $0.dropFirst().contains(where: \.isUppercase) ? String($0) : $0.lowercased()
    }
    .joined(separator: " ")
  }
}
