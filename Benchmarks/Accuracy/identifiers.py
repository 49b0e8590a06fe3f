"""Identifiers with a check digit: what python-stdnum says is one, and the same with a digit that is wrong.

The numbers in a module's own documentation are where each walk starts: some digits are drawn anew until python-stdnum,
whose word decides, says that the number is valid. The beginning, which tells a country, an office or a date, stays, and so
do letters but for a last one, which is a check. The name that the module's first line gives is what stands beside it.
"""
import functools
import importlib
import json
import re
import string

from corpus import File, chance, fill, part_of

# python-stdnum's module: the detectors that may name such a number.
DETECTORS = """
ar.cbu ar-cbu; ar.cuit ar-cuit ar-cuil; at.tin at-tax-number; at.uid vat-at; at.vnr at-social-insurance; au.abn au-abn;
au.acn au-acn; au.tfn au-tfn; be.nn be-national-number; be.bis be-national-number; be.eid be-identity-card;
be.vat be-enterprise-number vat-be; bg.egn bg-egn; bg.pnf bg-foreigner-number; bg.vat vat-bg bg-company-number;
br.cnpj br-cnpj; br.cpf br-cpf; by.unp by-unp; ca.bc_phn ca-bc-health-number; ca.bn ca-business-number; ca.sin ca-sin ca-sin-assigned;
ch.esr ch-qr-reference; ch.ssn ch-social-insurance; ch.uid vat-ch; ch.vat vat-ch; cl.rut cl-rut; cn.ric cn-resident-id;
cn.uscc cn-uscc; co.nit co-nit; cusip cusip; cy.vat vat-cy; cz.dic vat-cz cz-company-number; cz.rc cz-birth-number;
de.idnr de-tax-id; de.vat vat-de; dk.cvr dk-company-number vat-dk; do.cedula do-cedula; do.rnc do-rnc; ec.ci ec-ci; ec.ruc ec-ruc;
ee.ik ee-personal-code; ee.kmkr vat-ee; ee.registrikood ee-company-number; es.ccc es-ccc; es.cif es-company-number vat-es;
es.cups es-supply-point; es.dni es-dni; es.nie es-nie; eu.at_02 sepa-creditor-id; eu.oss vat-eu-oss; fi.alv vat-fi; fi.hetu fi-hetu;
fi.ytunnus fi-company-number; figi figi; fr.nif fr-tax-number; fr.nir fr-social-security; fr.siren fr-siren; fr.siret fr-siret;
fr.tva vat-fr; gb.nhs gb-nhs-number; gb.sedol sedol; gb.upn gb-pupil-number; gb.utr gb-taxpayer-reference; gb.vat vat-gb; gh.tin gh-tin;
gn.nifp gn-nif; gr.amka gr-amka; gr.vat gr-tax-number vat-el; gt.nit gt-nit; hr.oib hr-oib vat-hr; hu.anum hu-tax-number vat-hu;
id.npwp id-npwp; ie.pps ie-pps-number; ie.vat vat-ie; il.hp il-company; il.idnr il-identity; imei imei; in_.aadhaar in-aadhaar;
in_.epic in-voter-id; in_.gstin in-gstin; in_.vid in-aadhaar-vid; is_.kennitala is-kennitala; isin isin; iso11649 creditor-reference;
it.codicefiscale it-tax-code; it.iva vat-it it-company-number; jp.cn jp-corporate-number; jp.in_ jp-my-number;
kr.brn kr-business-registration; kr.rrn kr-rrn; lei lei; lt.asmens lt-personal-code; lt.pvm vat-lt; lu.tva vat-lu;
lv.pvn vat-lv lv-personal-code lv-company-number; ma.ice ma-ice; mc.tva vat-fr; md.idno md-company-number; me.pib me-pib; mk.edb mk-edb;
mt.vat vat-mt; mx.curp mx-curp; mz.nuit mz-nuit; nl.bsn nl-bsn; nl.btw vat-nl; nl.onderwijsnummer nl-education-number;
no.fodselsnummer no-national-number; no.mva vat-no; no.orgnr no-organisation-number vat-no; nz.bankaccount nz-bank-account;
nz.ird nz-ird; pe.ruc pe-ruc; pl.nip pl-nip vat-pl; pl.pesel pl-pesel; pl.regon pl-regon; pt.cc pt-citizen-card; pt.nif pt-nif vat-pt;
py.ruc py-ruc; ro.cnp ro-cnp; ro.cui ro-company-number vat-ro; rs.pib rs-pib; ru.inn ru-company-inn ru-personal-inn; ru.ogrn ru-ogrn;
se.orgnr se-organisation-number; se.personnummer se-personal-number se-coordination-number; se.vat vat-se; sg.uen sg-uen;
si.ddv vat-si si-tax-number; si.emso si-emso; si.maticna si-company-number; sk.dph vat-sk; sk.rc cz-birth-number; sn.ninea sn-ninea;
sv.nit sv-nit; th.pin th-pin; th.moa th-tax-id; tn.mf tn-mf; tr.tckimlik tr-identity-number; tr.vkn tr-tax-number;
tw.ubn tw-business-number; ua.edrpou ua-company-number; ua.rntrc ua-taxpayer-number; us.rtn us-routing-number; uy.rut uy-rut;
ve.rif ve-rif; vn.mst vn-tax-code; za.idnr za-identity; za.tin za-tax-number; az.voen az-voen; cz.bankaccount cz-bank-account; no.kontonr no-bank-account; meid meid imei
"""
# Numbers for tax on sales are written with their country before them (VIES).
PREFIXED = {"at.uid": "AT", "be.vat": "BE", "bg.vat": "BG", "cy.vat": "CY", "cz.dic": "CZ", "de.vat": "DE", "dk.cvr": "DK",
            "ee.kmkr": "EE", "es.cif": "ES", "fi.alv": "FI", "fr.tva": "FR", "gb.vat": "GB", "gr.vat": "EL", "hu.anum": "HU",
            "ie.vat": "IE", "it.iva": "IT", "lt.pvm": "LT", "lu.tva": "LU", "lv.pvn": "LV", "mc.tva": "FR", "mt.vat": "MT",
            "nl.btw": "NL", "se.vat": "SE", "si.ddv": "SI", "sk.dph": "SK"}
VALID_EACH, WRONG_EACH = 12, 6

FORMS = [
    ("named", ".txt", "Please update the record.\n@headline@: @value@\nThank you\n"),
    ("named", ".json", '{"field": "@headline@", "value": "@value@", "verified": false}\n'),
    ("short", ".csv", "date;@short@;amount\n2026-03-01;@value@;118.20\n"),
    ("short", ".txt", "@short@ @value@\n"),
]


def detectors() -> dict[str, frozenset[str]]:
    table = {}
    for entry in DETECTORS.split(";"):
        name, *ids = entry.split()
        table[name] = frozenset(ids) - {"-"}
    return table


@functools.cache
def module(name: str):
    return importlib.import_module("stdnum." + name)


def is_valid(name: str, number: str) -> bool:
    try:
        return module(name).is_valid(number)
    except (KeyError, ValueError, TypeError):  # Some modules trip over what is none of theirs.
        return False


def headline(name: str) -> tuple[str, str]:
    """All that the module's first line says, and its first name alone."""
    line = module(name).__doc__.strip().split("\n")[0].rstrip(".")
    return line, re.split(r" ?[(,]", line)[0]


@functools.cache
def templates(name: str) -> tuple[str, ...]:
    found = re.findall(r"'([^'\n]{4,40})'", module(name).__doc__)
    return tuple(dict.fromkeys(module(name).compact(text) for text in found if is_valid(name, text)))


def valid(name: str, rng) -> str:
    number = rng.choice(templates(name))
    last = len(number) - 1
    places = [i for i, c in enumerate(number) if c.isdigit() or i == last and c.isalpha() and c.isascii()]
    places = [i for i in places if i >= 3] if sum(i >= 3 for i in places) > 3 else places
    for _ in range(40_000):
        changed = list(number)
        for place in rng.sample(places, min(len(places), rng.randint(3, 5))):
            changed[place] = another(changed[place], rng)
        candidate = "".join(changed)
        if candidate != number and is_valid(name, candidate):
            return module(name).compact(candidate)
    return number


def another(character: str, rng) -> str:
    return rng.choice(string.digits if character.isdigit() else string.ascii_uppercase)


def wrong(name: str, number: str, rng) -> str | None:
    """The number with one digit changed, so that nobody who may name it takes it for valid."""
    same = [other for other, ids in detectors().items() if ids & detectors()[name] or other == name]
    places = [i for i, character in enumerate(number) if character.isdigit()]
    for _ in range(200):
        place = rng.choice(places)
        changed = number[:place] + rng.choice(string.digits) + number[place + 1:]
        if not any(is_valid(other, changed) for other in same):
            return changed
    return None


def written(name: str, number: str, rng) -> str:
    shaped = module(name).format(number) if hasattr(module(name), "format") and rng.random() < 0.5 else number
    prefix = PREFIXED.get(name, "")
    return shaped if shaped.upper().startswith(prefix) and prefix else prefix + shaped


def files(parts):
    for name in detectors():
        if part_of("identifier " + name) not in parts:
            continue
        long, short = headline(name)
        for number in range(VALID_EACH + WRONG_EACH):
            rng = chance("identifier", name, number)
            value = valid(name, rng)
            is_wrong = number >= VALID_EACH
            if is_wrong:
                value = wrong(name, value, rng)
                if value is None:
                    continue
            how, suffix, template = FORMS[number % len(FORMS)]
            spelled = (lambda text: json.dumps(text, ensure_ascii=False)[1:-1]) if suffix == ".json" else str
            values = {"value": spelled(written(name, value, rng)), "headline": spelled(long), "short": short}
            text, planted = fill(template, values, {} if is_wrong else {"value": (name, "identifier-" + how)})
            yield File("identifiers", f"{name}-{number}{suffix}", text, "identifier " + name, planted, wrong=name if is_wrong else None)
