extension Validator {
  static let financial = cards + banking + securities + chains

  private static let cards: [Validator] =
    cardNetworks.map { name, network in Validator(name: name) { PaymentCard.check($0, of: network) } } + [
      Validator(name: "card-any") { PaymentCard.check($0, of: nil) },
      Validator(name: "card-track", check: CardTrack.check),
    ]

  private static let cardNetworks: [(String, CardNetwork)] = [
    ("card-visa", .visa), ("card-mastercard", .mastercard), ("card-american-express", .americanExpress),
    ("card-discover", .discover), ("card-jcb", .jcb), ("card-diners-club", .dinersClub),
    ("card-unionpay", .unionPay), ("card-maestro", .maestro), ("card-mir", .mir), ("card-rupay", .rupay),
    ("card-elo", .elo), ("card-verve", .verve), ("card-troy", .troy), ("card-uatp", .uatp),
    ("card-hipercard", .hipercard), ("card-dankort", .dankort), ("card-uzcard", .uzcard), ("card-humo", .humo),
    ("card-napas", .napas), ("card-instapayment", .instaPayment), ("card-ukrcard", .ukrcard),
    ("card-lankapay", .lankaPay), ("card-borica", .borica), ("card-carnet", .carnet), ("card-naranja", .naranja),
  ]

  private static let banking: [Validator] = [
    Validator(name: "iban", check: IBAN.check),
    Validator(name: "bic", check: BankNumbers.bic),
    Validator(name: "us-rtn", check: BankNumbers.routingNumber),
    Validator(name: "mx-clabe", check: BankNumbers.clabe),
    Validator(name: "ar-cbu", check: BankNumbers.cbu),
    Validator(name: "cz-account", check: BankNumbers.czechAccount),
    Validator(name: "no-account", check: BankNumbers.norwegianAccount),
    Validator(name: "es-ccc", check: BankNumbers.spanishAccount),
    Validator(name: "fr-rib", check: BankNumbers.frenchAccount),
    Validator(name: "iso11649", check: BankNumbers.creditorReference),
    Validator(name: "eu-at-02", check: BankNumbers.sepaCreditor),
    Validator(name: "ch-qr-reference", check: BankNumbers.swissReference),
  ]

  private static let securities: [Validator] = [
    Validator(name: "isin", check: Securities.isin),
    Validator(name: "cusip", check: Securities.cusip),
    Validator(name: "gb-sedol", check: Securities.sedol),
    Validator(name: "de-wkn", check: Securities.wkn),
    Validator(name: "lei", check: Securities.lei),
    Validator(name: "figi", check: Securities.figi),
  ]

  private static let chains: [Validator] = [
    Validator(name: "bitcoin", check: CryptoAddress.bitcoin),
    Validator(name: "litecoin", check: CryptoAddress.litecoin),
    Validator(name: "dogecoin", check: CryptoAddress.dogecoin),
    Validator(name: "dash", check: CryptoAddress.dash),
    Validator(name: "tron", check: CryptoAddress.tron),
    Validator(name: "zcash", check: CryptoAddress.zcash),
    Validator(name: "tezos", check: CryptoAddress.tezos),
    Validator(name: "ripple", check: CryptoAddress.ripple),
    Validator(name: "bitcoin-cash", check: CryptoAddress.bitcoinCash),
    Validator(name: "cardano", check: CryptoAddress.cardano),
    Validator(name: "cosmos", check: CryptoAddress.cosmos),
    Validator(name: "solana", check: CryptoAddress.solana),
    Validator(name: "ethereum", check: CryptoAddress.ethereum),
    Validator(name: "monero", check: CryptoAddress.monero),
    Validator(name: "stellar", check: CryptoAddress.stellar),
    Validator(name: "ton", check: CryptoAddress.ton),
  ]
}
