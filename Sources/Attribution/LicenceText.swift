/// Tells lines of the licences that stand above source code everywhere.
package enum LicenceText {
  /// Part of a line of one each, in small letters: Apache 2.0, MIT, BSD, ISC, GPL and LGPL, MPL 2.0, Boost, Unlicense.
  ///
  /// By their first letters.
  private static let phrases: [[[UInt8]]] = [
    "copyright", "source file is part of", "file is part of", "licensed under", "licence", "license", "spdx-",
    "all rights reserved", "you may not use this file",
    "may obtain a copy of", "required by applicable law", "warranties", "warranty", "implied", "permission is hereby",
    "permission to use", "free of charge", "associated documentation", "without restriction", "sublicense",
    "to whom the software", "following conditions", "in all copies", "substantial portions", "as is\"",
    "noninfringement",
    "shall the authors", "holders be liable", "liability", "arising from", "in connection with the software",
    "other dealings in", "redistribution", "source and binary forms", "are permitted provided", "conditions and the",
    "this list of conditions", "disclaimer", "contributors may be used", "products derived", "prior written permission",
    "provided by the", "merchantability", "particular purpose", "damages", "substitute goods", "loss of use",
    "however caused", "theory of liability", "negligence", "way out of the use", "possibility of such", "redistribute",
    "free software", "either version", "later version", "gnu general public", "gnu lesser", "see <http",
    "mozilla public", "distribute this", "modify, merge", "publish, distribute", "governing permissions",
    "source form is subject", "was not distributed with", "consequential", "contributors", "the following disclaimer",
  ].reduce(into: Array(repeating: [], count: 26)) { table, phrase in
    let bytes = Array(phrase.utf8)
    if let first = bytes.first { table[Int(first) - 0x61].append(bytes) }
  }

  /// Whether a line belongs to a licence, as far as its words tell. Comment signs before it do not matter.
  package static func holds(_ text: UnsafePointer<UInt8>, _ count: Int) -> Bool {
    // Code has short lines, and signs that no licence has.
    guard count >= 8, count <= 160 else { return false }
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: count) { small in
      for index in 0..<count {
        let byte = text[index]
        if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "=") || byte == UInt8(ascii: "[") { return false }
        small.initializeElement(at: index, to: (0x41...0x5a).contains(byte) ? byte | 0x20 : byte)
      }
      var isWord = false
      for index in 0..<count {
        let isLetter = (0x61...0x7a).contains(small[index])
        if isLetter, !isWord, begins(small, index, count) { return true }
        isWord = isLetter
      }
      return false
    }
  }

  /// Whether one of the phrases begins there.
  private static func begins(_ text: UnsafeMutableBufferPointer<UInt8>, _ start: Int, _ count: Int) -> Bool {
    for phrase in phrases[Int(text[start]) - 0x61] where phrase.count <= count - start {
      var length = 1
      while length < phrase.count, text[start + length] == phrase[length] { length += 1 }
      if length == phrase.count { return true }
    }
    return false
  }
}
