extension Validator {
  /// From Estonia to North Macedonia, and Russia.
  static let easternEurope: [Validator] = centralEurope + baltic + balkan + formerlySoviet

  private static let centralEurope: [Validator] = [
    Validator(name: "cz-dic", check: Czechia.dic),
    Validator(name: "cz-rc", check: Czechia.birthNumber),
    Validator(name: "hu-anum", check: Hungary.anum),
    Validator(name: "hu-adoazonosito", check: Hungary.taxpayer),
    Validator(name: "hu-szemelyi", check: Hungary.personal),
    Validator(name: "hu-taj", check: Hungary.taj),
    Validator(name: "pl-dowod", check: Poland.identityCard),
    Validator(name: "pl-nip", check: Poland.nip),
    Validator(name: "pl-paszport", check: Poland.passport),
    Validator(name: "pl-pesel", check: Poland.pesel),
    Validator(name: "pl-regon", check: Poland.regon),
    Validator(name: "sk-dph", check: Czechia.slovakVAT),
  ]

  private static let baltic: [Validator] = [
    Validator(name: "ee-ik", check: Estonia.isikukood),
    Validator(name: "ee-kmkr", check: Estonia.kmkr),
    Validator(name: "ee-registrikood", check: Estonia.registrikood),
    Validator(name: "lt-asmens", check: Lithuania.asmens),
    Validator(name: "lt-imone", check: Lithuania.company),
    Validator(name: "lt-pvm", check: Lithuania.pvm),
    Validator(name: "lv-personas-kods", check: Latvia.personalCode),
    Validator(name: "lv-pvn", check: Latvia.pvn),
    Validator(name: "lv-registracija", check: Latvia.company),
  ]

  private static let balkan: [Validator] = [
    Validator(name: "al-nid", check: Balkans.albanianPerson),
    Validator(name: "al-nipt", check: Balkans.nipt),
    Validator(name: "bg-egn", check: Bulgaria.egn),
    Validator(name: "bg-pnf", check: Bulgaria.pnf),
    Validator(name: "bg-vat", check: Bulgaria.vat),
    Validator(name: "hr-oib", check: Balkans.oib),
    Validator(name: "me-pib", check: Balkans.montenegrinPIB),
    Validator(name: "mk-edb", check: Balkans.edb),
    Validator(name: "ro-cf", check: Romania.cf),
    Validator(name: "ro-cnp", check: Romania.cnp),
    Validator(name: "ro-cui", check: Romania.cui),
    Validator(name: "ro-onrc", check: Romania.onrc),
    Validator(name: "rs-pib", check: Balkans.serbianPIB),
    Validator(name: "si-ddv", check: Balkans.sloveneTaxNumber),
    Validator(name: "si-emso", check: Balkans.jmbg),
    Validator(name: "si-maticna", check: Balkans.sloveneCompany),
  ]

  private static let formerlySoviet: [Validator] = [
    Validator(name: "by-personal-number", check: Belarus.personalNumber),
    Validator(name: "by-unp", check: Belarus.unp),
    Validator(name: "md-idno", check: Belarus.moldova),
    Validator(name: "ru-inn-company", check: Russia.companyINN),
    Validator(name: "ru-inn-person", check: Russia.personalINN),
    Validator(name: "ru-ogrn", check: Russia.ogrn),
    Validator(name: "ru-snils", check: Russia.snils),
    Validator(name: "ua-edrpou", check: Ukraine.edrpou),
    Validator(name: "ua-rntrc", check: Ukraine.rntrc),
    Validator(name: "ua-unzr", check: Ukraine.unzr),
  ]
}
