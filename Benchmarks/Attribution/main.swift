internal import Glibc

let arguments = CommandLine.arguments
guard arguments.count >= 3 else {
  print("usage: attribution-measure accuracy|requests TREES, attribution-measure index FOLDER")
  exit(2)
}
switch arguments[1] {
case "accuracy":
  exit(AccuracyTable(arguments[2], shows: arguments.count > 3 ? Int(arguments[3]) ?? 0 : 0).print() ? 0 : 1)
case "index": exit(Cost.index(arguments[2]) ? 0 : 1)
case "requests": exit(Cost.requests(arguments[2], only: arguments.count > 3 ? arguments[3] : nil) ? 0 : 1)
case "show":
  // Misses of one combination: attribution-measure show TREES COUNT TRANSFORMATION...
  let changes = arguments.dropFirst(4).compactMap { Transformation(rawValue: $0) }
  var accuracy = Accuracy(SourceTree(arguments[2] + "/workspace"), SourceTree(arguments[2] + "/others"))
  accuracy.showsMisses = arguments.count > 3 ? Int(arguments[3]) ?? 0 : 0
  print(
    arguments.contains("others")
      ? accuracy.countOthers(changes) : accuracy.count(changes, lines: 5...40, messages: 4000)
  )
  exit(0)
default:
  print("no such measurement: \(arguments[1])")
  exit(2)
}
