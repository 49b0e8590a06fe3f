/// Which network's card a number is: ranges of leading digits, and how many digits its cards have.
///
/// - Source: ISO/IEC 7812-1; the networks' ranges as payment forms know them (braintree/credit-card-type, Adyen's and
///   EBANX's lists) and, for the smaller ones, https://en.wikipedia.org/wiki/Payment_card_number.
enum CardNetwork: Sendable {
  case visa, mastercard, americanExpress, discover, jcb, dinersClub, unionPay, maestro, mir, rupay, elo, verve, troy
  case uatp, hipercard, dankort, uzcard, humo, napas, instaPayment, ukrcard, lankaPay, borica, carnet, naranja

  /// Networks whose ranges and lengths say enough for digits that nothing is said about.
  var isNarrow: Bool {
    switch self {
    case .maestro, .uatp, .instaPayment: false
    default: true
    }
  }
}

/// One range of leading digits.
struct CardIssuers: Sendable {
  /// All bounds of a range have as many digits.
  let range: ClosedRange<Int>
  let network: CardNetwork
  let lengths: ClosedRange<Int>

  private init(_ network: CardNetwork, _ range: ClosedRange<Int>, _ lengths: ClosedRange<Int>) {
    self.network = network
    self.range = range
    self.lengths = lengths
  }

  private init(_ network: CardNetwork, _ prefix: Int, _ lengths: ClosedRange<Int>) {
    self.init(network, prefix...prefix, lengths)
  }

  var prefixLength: Int { String(range.lowerBound).utf8.count }

  /// Those with the most digits first: a network's range lies within another's.
  private static let table = (international + national + brazilian + nigerian).sorted {
    $0.prefixLength > $1.prefixLength
  }

  /// The network that has numbers of this beginning and length.
  static func network(of digits: [Int]) -> CardNetwork? {
    guard digits.count >= 12 else { return nil }
    let prefixes = (0...8).map { IdentifierText.number(digits.prefix($0)) }
    let entry = table.first { $0.range.contains(prefixes[$0.prefixLength]) }
    guard let entry, entry.lengths.contains(digits.count) else { return nil }
    return entry.network
  }

  private static let international: [CardIssuers] = [
    CardIssuers(.visa, 4, 16...19), CardIssuers(.mastercard, 51...55, 16...16),
    CardIssuers(.mastercard, 2221...2720, 16...16), CardIssuers(.americanExpress, 34, 15...15),
    CardIssuers(.americanExpress, 37, 15...15), CardIssuers(.discover, 6011, 16...19),
    CardIssuers(.discover, 644...649, 16...19), CardIssuers(.discover, 65, 16...19),
    CardIssuers(.discover, 622126...622925, 16...16), CardIssuers(.jcb, 3528...3589, 16...19),
    CardIssuers(.jcb, 2131, 15...15), CardIssuers(.jcb, 1800, 15...15), CardIssuers(.dinersClub, 300...305, 14...19),
    CardIssuers(.dinersClub, 3095, 14...19), CardIssuers(.dinersClub, 36, 14...19),
    CardIssuers(.dinersClub, 38...39, 14...19), CardIssuers(.unionPay, 62, 16...19),
    CardIssuers(.unionPay, 8100...8171, 16...19), CardIssuers(.maestro, 50, 12...19),
    CardIssuers(.maestro, 56...59, 12...19), CardIssuers(.maestro, 63, 12...19), CardIssuers(.maestro, 67, 12...19),
    CardIssuers(.uatp, 1, 15...15),
  ]

  private static let national: [CardIssuers] = [
    CardIssuers(.mir, 2200...2204, 16...19), CardIssuers(.borica, 2205, 16...16),
    CardIssuers(.rupay, 508500...508999, 16...16), CardIssuers(.rupay, 606980...608599, 16...16),
    CardIssuers(.rupay, 652150...653149, 16...16), CardIssuers(.rupay, 817200...819999, 16...16),
    CardIssuers(.rupay, 353, 16...16), CardIssuers(.rupay, 356, 16...16), CardIssuers(.troy, 979200...979289, 16...16),
    CardIssuers(.dankort, 5019, 16...16), CardIssuers(.uzcard, 8600, 16...16), CardIssuers(.humo, 9860, 16...16),
    CardIssuers(.napas, 9704, 16...19), CardIssuers(.instaPayment, 637...639, 16...16),
    CardIssuers(.ukrcard, 60_400_100...60_420_099, 16...19), CardIssuers(.lankaPay, 357111, 16...16),
    CardIssuers(.carnet, 286900, 16...16), CardIssuers(.carnet, 502275, 16...16),
    CardIssuers(.naranja, 589562, 16...16),
  ]

  private static let brazilian: [CardIssuers] = [
    CardIssuers(.hipercard, 606282, 16...16), CardIssuers(.hipercard, 637095, 16...16),
    CardIssuers(.hipercard, 637568, 16...16), CardIssuers(.hipercard, 637599, 16...16),
    CardIssuers(.hipercard, 637609, 16...16), CardIssuers(.hipercard, 637612, 16...16),
    CardIssuers(.elo, 401178...401179, 16...16), CardIssuers(.elo, 431274, 16...16), CardIssuers(.elo, 438935, 16...16),
    CardIssuers(.elo, 451416, 16...16), CardIssuers(.elo, 457393, 16...16), CardIssuers(.elo, 457631...457632, 16...16),
    CardIssuers(.elo, 504175, 16...16), CardIssuers(.elo, 506699...506778, 16...16),
    CardIssuers(.elo, 509000...509999, 16...16), CardIssuers(.elo, 627780, 16...16),
    CardIssuers(.elo, 636297, 16...16), CardIssuers(.elo, 636368, 16...16), CardIssuers(.elo, 650031...650033, 16...16),
    CardIssuers(.elo, 650035...650051, 16...16), CardIssuers(.elo, 650405...650439, 16...16),
    CardIssuers(.elo, 650485...650538, 16...16), CardIssuers(.elo, 650541...650598, 16...16),
    CardIssuers(.elo, 650700...650718, 16...16), CardIssuers(.elo, 650720...650727, 16...16),
    CardIssuers(.elo, 650901...650978, 16...16), CardIssuers(.elo, 651652...651679, 16...16),
    CardIssuers(.elo, 655000...655019, 16...16), CardIssuers(.elo, 655021...655058, 16...16),
  ]

  private static let nigerian: [CardIssuers] = [
    CardIssuers(.verve, 506099...506198, 16...19), CardIssuers(.verve, 507865...507964, 16...19),
  ]
}
