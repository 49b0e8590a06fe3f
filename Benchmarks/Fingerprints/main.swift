internal import Glibc

let arguments = CommandLine.arguments
guard arguments.count >= 3 else {
  print(
    """
    usage: fingerprint-measure recall TREE [OTHERS [PUBLIC]]    what is found of TREE, and in OTHERS
           fingerprint-measure cases TREE                      each passage of TREE that is not found for redaction
           fingerprint-measure cost TREE FOLDER                 indexing TREE, and looking among five million; fills FOLDER
           fingerprint-measure query TREE FOLDER                looking once more among those
    """)
  exit(2)
}
switch arguments[1] {
case "recall":
  try Recall(
    arguments[2], others: arguments.count > 3 ? arguments[3] : nil, publicCode: arguments.count > 4 ? arguments[4] : nil
  ).print()
case "cases": try Recall(arguments[2], others: nil, publicCode: nil).printCases()
case "cost" where arguments.count > 3: try Cost.print(arguments[2], arguments[3])
case "query" where arguments.count > 3: Cost.printQueries(arguments[2], arguments[3])
default:
  print("no such measurement: \(arguments[1])")
  exit(2)
}
