/// Whether numbers name a day of the proleptic Gregorian calendar.
enum CalendarDate {
  static func exists(year: Int, month: Int, day: Int) -> Bool {
    guard (1...12).contains(month), day >= 1 else { return false }
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return day <= lengths[month - 1]
  }

  /// Two digits of a year, whichever century: 29 February exists where either has it.
  static func exists(shortYear: Int, month: Int, day: Int) -> Bool {
    exists(year: 1900 + shortYear, month: month, day: day) || exists(year: 2000 + shortYear, month: month, day: day)
  }
}
