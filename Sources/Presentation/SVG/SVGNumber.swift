/// A coordinate, to a tenth: finer than any screen shows, and short.
struct SVGNumber: CustomStringConvertible {
  let description: String

  init(_ number: Double) {
    // Far outside of every picture, and far inside of what an Int holds.
    let bounded = number.isFinite ? min(max(number, -1e6), 1e6) : 0
    let tenths = Int((bounded * 10).rounded())
    let fraction = tenths.magnitude % 10
    description = (tenths < 0 ? "-" : "") + "\(tenths.magnitude / 10)" + (fraction == 0 ? "" : ".\(fraction)")
  }
}
