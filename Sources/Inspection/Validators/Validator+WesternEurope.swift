extension Validator {
  /// From Iceland to Cyprus and Turkey.
  static let westernEurope: [Validator] = germanSpeaking + romance + islandsAndLowCountries + nordic + mediterranean

  private static let germanSpeaking: [Validator] = [
    Validator(name: "at-tin", check: Austria.tin),
    Validator(name: "at-uid", check: Austria.uid),
    Validator(name: "at-vnr", check: Austria.vnr),
    Validator(name: "ch-ssn", check: Switzerland.ssn),
    Validator(name: "ch-uid", check: Switzerland.uid),
    Validator(name: "de-ausweis", check: Germany.identityDocument),
    Validator(name: "de-fuehrerschein", check: Germany.drivingLicence),
    Validator(name: "de-idnr", check: Germany.idnr),
    Validator(name: "de-kvnr", check: Germany.kvnr),
    Validator(name: "de-lanr", check: Germany.lanr),
    Validator(name: "de-stnr", check: Germany.stnr),
    Validator(name: "de-svnr", check: Germany.svnr),
    Validator(name: "de-vat", check: Germany.vat),
    Validator(name: "li-peid", check: Switzerland.peid),
  ]

  private static let romance: [Validator] = [
    Validator(name: "ad-nrt", check: Andorra.nrt),
    Validator(name: "es-cif", check: Spain.cif),
    Validator(name: "es-cups", check: Spain.cups),
    Validator(name: "es-dni", check: Spain.dni),
    Validator(name: "es-naf", check: Spain.socialSecurity),
    Validator(name: "es-nie", check: Spain.nie),
    Validator(name: "es-nif", check: Spain.nif),
    Validator(name: "es-referenciacatastral", check: Spain.cadastralReference),
    Validator(name: "fr-nif", check: France.nif),
    Validator(name: "fr-nir", check: France.nir),
    Validator(name: "fr-rpps", check: France.rpps),
    Validator(name: "fr-siren", check: France.siren),
    Validator(name: "fr-siret", check: France.siret),
    Validator(name: "fr-tva", check: France.tva),
    Validator(name: "it-codicefiscale", check: Italy.codiceFiscale),
    Validator(name: "it-iva", check: Italy.iva),
    Validator(name: "pt-cc", check: Portugal.cc),
    Validator(name: "pt-nif", check: Portugal.nif),
    Validator(name: "pt-niss", check: Portugal.niss),
    Validator(name: "sm-coe", check: Italy.sanMarino),
  ]

  private static let islandsAndLowCountries: [Validator] = [
    Validator(name: "be-eid", check: Belgium.eid),
    Validator(name: "be-ssn", check: Belgium.nationalNumber),
    Validator(name: "be-vat", check: Belgium.vat),
    Validator(name: "eu-oss", check: EuropeanUnion.oss),
    Validator(name: "gb-chi", check: UnitedKingdom.chi),
    Validator(name: "gb-driving-licence", check: UnitedKingdom.drivingLicence),
    Validator(name: "gb-nhs", check: UnitedKingdom.nhs),
    Validator(name: "gb-nino", check: UnitedKingdom.nino),
    Validator(name: "gb-upn", check: UnitedKingdom.upn),
    Validator(name: "gb-utr", check: UnitedKingdom.utr),
    Validator(name: "gb-vat", check: UnitedKingdom.vat),
    Validator(name: "ie-pps", check: Ireland.pps),
    Validator(name: "ie-vat", check: Ireland.vat),
    Validator(name: "lu-matricule", check: Luxembourg.nationalNumber),
    Validator(name: "lu-tva", check: Luxembourg.tva),
    Validator(name: "nl-bsn", check: Netherlands.bsn),
    Validator(name: "nl-btw", check: Netherlands.btw),
    Validator(name: "nl-identiteitskaartnummer", check: Netherlands.identityDocument),
    Validator(name: "nl-onderwijsnummer", check: Netherlands.onderwijsnummer),
  ]

  private static let nordic: [Validator] = [
    Validator(name: "dk-cpr", check: Denmark.cpr),
    Validator(name: "dk-cvr", check: Denmark.cvr),
    Validator(name: "fi-alv", check: Finland.alv),
    Validator(name: "fi-hetu", check: Finland.hetu),
    Validator(name: "is-kennitala", check: Iceland.kennitala),
    Validator(name: "no-fodselsnummer", check: Norway.fodselsnummer),
    Validator(name: "no-mva", check: Norway.mva),
    Validator(name: "no-orgnr", check: Norway.orgnr),
    Validator(name: "se-orgnr", check: Sweden.orgnr),
    Validator(name: "se-personnummer", check: Sweden.personnummer),
    Validator(name: "se-samordningsnummer", check: Sweden.samordningsnummer),
    Validator(name: "se-vat", check: Sweden.vat),
  ]

  private static let mediterranean: [Validator] = [
    Validator(name: "cy-vat", check: Cyprus.vat),
    Validator(name: "gr-amka", check: Greece.amka),
    Validator(name: "gr-vat", check: Greece.vat),
    Validator(name: "mt-vat", check: Malta.vat),
    Validator(name: "tr-tckimlik", check: Turkey.kimlik),
    Validator(name: "tr-vkn", check: Turkey.vkn),
  ]
}
