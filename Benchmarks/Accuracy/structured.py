"""Personal and financial data with a structure, in records, forms, letters and logs; and what has the same look."""
import ipaddress
import json
import string
import urllib.parse
import uuid

import phonenumbers
import stdnum.iban
import stdnum.luhn
from faker import Faker
from stdnum.numdb import get as numbers_of

from corpus import File, chance, fill, part_of, sample

EACH = 12
LOOKALIKES_EACH = 12

LABELS = {
    "card": ["card number", "credit card", "card", "pan"], "phone": ["phone", "mobile", "tel", "phone number"],
    "e-mail": ["email", "e-mail", "contact"], "iban": ["iban", "bank account", "account"],
    "ssn": ["ssn", "social security number"], "ip": ["ip", "client ip", "remote addr", "ip address"],
}

# @label@ as people write it, @key@ as programs do.
FORMS = {
    "record": (".json", '{"id": 8841, "name": "@name@", "@key@": "@value@", "city": "@city@", "active": true}\n'),
    "table": (".csv", "id,name,@key@,city\n17,@name@,@value@,@city@\n"),
    "sentence": (".txt", "Hi, this is @name@ from @city@. My @label@ is @value@, please change it in my file.\n"),
    "letter": (".eml", "Subject: change of details\n\nDear all,\n\nwe have a new @label@ for @name@: @value@.\n\nKind regards\n@city@ office\n"),
    "form": (".txt", "Name: @name@\nCity: @city@\n@Label@: @value@\nSignature:\n"),
    "page": (".html", "<tr><th>Name</th><td>@name@</td></tr><tr><th>@Label@</th><td>@value@</td></tr>\n"),
    "statement": (".sql", "INSERT INTO customers (name, @key@, city) VALUES ('@name@', '@value@', '@city@');\n"),
    "log": (".log", "2026-03-04T10:11:12Z INFO customer.update id=8841 @key@=@value@ status=ok\n"),
    "element": (".xml", "<customer><name>@name@</name><@key@>@value@</@key@></customer>\n"),
    "prompt": (".json", '{"model":"m","messages":[{"role":"user","content":"Write a letter to @name@.\\n@Label@: @value@\\nCity: @city@"}]}\n'),
    "fixture": (".py", 'CUSTOMER = {\n    "name": "@name@",\n    "@key@": "@value@",\n}\n'),
    "settings": (".yaml", "customer:\n  name: @name@\n  @key@: \"@value@\"\n  city: @city@\n"),
    "notes": (".md", "| name | @label@ | city |\n|---|---|---|\n| @name@ | @value@ | @city@ |\n"),
    "query": (".txt", "POST /customers HTTP/1.1\nContent-Type: application/x-www-form-urlencoded\n\nid=8841&@key@=@quoted@&city=x\n"),
    "list": (".txt", "- @name@, @city@\n  - @label@ @value@\n  - customer since 2019\n"),
}

# The issuers' ranges of ISO/IEC 7812, with the number of digits.
CARDS = {"visa": [("4", 16)], "mastercard": [("51", 16), ("53", 16), ("55", 16), ("2221", 16), ("2650", 16)], "amex": [("34", 15), ("37", 15)],
         "discover": [("6011", 16), ("645", 16), ("65", 16)], "jcb": [("3528", 16), ("3560", 16)], "diners": [("36", 14), ("300", 14)],
         "unionpay": [("622126", 16), ("6250", 16)], "mir": [("2200", 16)]}
PHONE_NATIONAL = "US CA GB IE DE AT CH FR ES IT NL BE PL SE AU NZ IN JP KR BR MX CN ZA TR".split()


def card(rng):
    start, length = rng.choice(CARDS[rng.choice(sorted(CARDS))])
    body = start + "".join(rng.choices(string.digits, k=length - 1 - len(start)))
    number = body + stdnum.luhn.calc_check_digit(body)
    groups = (4, 6, 5) if length == 15 else (4, 6, 4) if length == 14 else (4, 4, 4, 4)
    joint = rng.choice([" ", "-", ""])
    parts, at = [], 0
    for size in groups:
        parts.append(number[at:at + size])
        at += size
    return joint.join(parts)


def e_mail(rng):
    first, last = fake(rng, "en_US").first_name().lower(), fake(rng, "en_US").last_name().lower()
    user = rng.choice([f"{first}.{last}", f"{first[0]}{last}", f"{last}{rng.randint(1, 99)}", f"{first}+{rng.choice(['shop', 'news'])}", f"{first}_{last}"])
    host = rng.choice([sample("[bdfgklmnprst][aeiou][bdfgklmnprst][aeiou][bdfgklmnprst]", rng), "gmail", "outlook", "posteo"])
    return f"{user}@{host}.{rng.choice(['com', 'de', 'org', 'net', 'co.uk', 'fr', 'io', 'com.br', 'in', 'dev'])}"


def ssn(rng):
    area = rng.choice([n for n in range(1, 900) if n != 666])
    return rng.choice(["{:03}-{:02}-{:04}", "{:03}-{:02}-{:04}", "{:03} {:02} {:04}", "{:03}{:02}{:04}"]).format(area, rng.randint(1, 99), rng.randint(1, 9999))


def ip(rng):
    while True:
        if rng.random() < 0.6:
            address = ipaddress.ip_address(rng.getrandbits(32))
            text = str(address)
        else:
            address = ipaddress.ip_address(rng.choice([0x2A00, 0x2600, 0x2001, 0x2400]) << 112 | rng.getrandbits(16) << 96 | rng.getrandbits(rng.choice([16, 64, 90])))
            text = rng.choice([str(address), address.exploded])
        if address.is_global and not address.is_multicast:
            return text


def iban(country, shape, rng):
    """The registry's structure of the country's account numbers, with the check digits that the country has within it."""
    letters = {"n": string.digits, "a": string.ascii_uppercase, "c": string.digits + string.ascii_uppercase}
    while True:
        account = "".join("".join(rng.choices(letters[kind], k=size)) for size, kind in shape)
        account = OWN_CHECKS.get(country, str)(account)
        digits = "".join(str(int(character, 36)) for character in account + country + "00")
        number = f"{country}{98 - int(digits) % 97:02}{account}"
        # python-stdnum knows some countries' own checks.
        if stdnum.iban.is_valid(number):
            return stdnum.iban.format(number) if rng.random() < 0.6 else number


def mod_97(account):
    """ISO 7064 MOD 97-10 over the account, in its last two digits: Portugal, Slovenia, Serbia."""
    return account[:-2] + f"{98 - int(account[:-2] + '00') % 97:02}"


def rib(account):
    """France's clé RIB: letters count as the digits of a telephone of old."""
    digits = account[:-2].translate(str.maketrans(string.ascii_uppercase, "12345678912345678923456789"))
    key = 97 - (89 * int(digits[:5]) + 15 * int(digits[5:10]) + 3 * int(digits[10:21])) % 97
    return account[:-2] + f"{key:02}"


def sort_code(account):
    """Poland's bank number: weights 3, 9, 7, 1 in its eighth digit."""
    return account[:7] + str(-sum(int(d) * w for d, w in zip(account, (3, 9, 7, 1, 3, 9, 7))) % 10) + account[8:]


OWN_CHECKS = {"PT": mod_97, "SI": mod_97, "RS": mod_97, "FR": rib, "PL": sort_code}


def ibans():
    """Country and structure, as python-stdnum has them from the registry.

    Left out are countries with checks of their own that neither python-stdnum nor OWN_CHECKS makes right.
    """
    database = numbers_of("iban")
    for country in sorted("AD AE AT BE BG BR CH CY DE DK ES FR GB GR IE KW LI LT LU LV MT NL NO PL PT RO RS SA SE SI TR UA".split()):
        info = database.info(country)[0][1]
        pieces = info["bban"].replace("!", " ").replace("n", "n,").replace("a", "a,").replace("c", "c,").split(",")
        yield country, [(int(piece.split()[0]), piece.split()[1]) for piece in pieces if piece.strip()]


def phone(region, rng):
    """libphonenumber's example of the region with its last digits drawn anew, as long as it calls the number valid."""
    kind = rng.choice([phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE])
    example = phonenumbers.example_number_for_type(region, kind) or phonenumbers.example_number(region)
    if example is None:
        return None
    national = phonenumbers.national_significant_number(example)
    for _ in range(500):
        kept = max(2, len(national) - rng.randint(4, 7))
        drawn = national[:kept] + "".join(rng.choices(string.digits, k=len(national) - kept))
        number = phonenumbers.parse(f"+{example.country_code}{drawn}")
        if phonenumbers.is_valid_number_for_region(number, region):
            formats = [("international", phonenumbers.PhoneNumberFormat.INTERNATIONAL), ("compact", phonenumbers.PhoneNumberFormat.E164)]
            if region in PHONE_NATIONAL:
                formats.append(("national", phonenumbers.PhoneNumberFormat.NATIONAL))
            how, chosen = rng.choice(formats)
            return how, phonenumbers.format_number(number, chosen)
    return None


def fake(rng, locale):
    maker = Faker(locale)
    maker.seed_instance(rng.getrandbits(32))
    return maker


def write(kind, how, value, source, form, number, rng):
    """One file with the value in the form."""
    suffix, template = FORMS[form]
    label = rng.choice(LABELS[kind])
    person = fake(rng, rng.choice(["en_US", "en_GB", "de_DE", "fr_FR"]))
    key = label.replace(" ", "_").replace("-", "")
    if form == "record" and rng.random() < 0.5:
        key = key.split("_")[0] + "".join(word.capitalize() for word in key.split("_")[1:])
    values = {"label": label, "Label": label.capitalize(), "key": key, "name": person.name().replace("'", ""), "city": person.city().replace("'", ""),
              "value": value, "quoted": urllib.parse.quote_plus(value)}
    text, planted = fill(template, values, {"value": (kind, how), "quoted": (kind, how)})
    return File("structured", f"{kind}-{source.replace(' ', '-')}-{form}-{number}{suffix}", text, source, planted)


def files(parts):
    for kind, make in (("card", card), ("e-mail", e_mail), ("ssn", ssn), ("ip", ip)):
        for form in (form for form in FORMS if part_of("form " + form) in parts):
            for number in range(EACH):
                rng = chance(kind, form, number)
                yield write(kind, kind, make(rng), "form " + form, form, number, rng)
    for region in sorted(region for region in phonenumbers.SUPPORTED_REGIONS if part_of("phones of " + region) in parts):
        for number in range(6 if region in PHONE_NATIONAL else 2):
            rng = chance("phone", region, number)
            made = phone(region, rng)
            if made:
                yield write("phone", made[0], made[1], "phones of " + region, rng.choice(sorted(FORMS)), number, rng)
    for country, shape in ibans():
        if part_of("accounts of " + country) not in parts:
            continue
        for number in range(6):
            rng = chance("iban", country, number)
            yield write("iban", "iban", iban(country, shape, rng), "accounts of " + country, rng.choice(sorted(FORMS)), number, rng)
    for name, make in LOOKALIKES.items():
        if part_of("lookalike " + name) not in parts:
            continue
        for number in range(LOOKALIKES_EACH):
            text = make(chance("lookalike of people", name, number))
            yield File("structured", f"x-{name}-{number}.txt", text.encode(), "lookalike " + name, lookalike=name)


def _lines(make):
    return lambda rng: "".join(make(rng) + "\n" for _ in range(4))


def _digits(rng, count):
    return str(rng.randint(10 ** (count - 1), 10 ** count - 1))


def _isbn(rng):
    body = "9783" + _digits(rng, 8)
    check = -sum(int(digit) * (1, 3)[i % 2] for i, digit in enumerate(body)) % 10
    return f"ISBN {body[:3]}-{body[3]}-{body[4:7]}-{body[7:]}-{check}"


LOOKALIKES = {
    "order-numbers": _lines(lambda rng: f"order_id: {_digits(rng, rng.choice([8, 10, 12, 14]))}"),
    "times": _lines(lambda rng: f"created_at={1_700_000_000_000 + rng.getrandbits(36)} updated=2026-0{rng.randint(1, 9)}-1{rng.randint(0, 9)}T08:1{rng.randint(0, 9)}:00.{_digits(rng, 6)}Z"),
    "versions": _lines(lambda rng: f"upgraded {sample('[a-z]{6}', rng)} from version {rng.randint(1, 20)}.{rng.randint(0, 9)}.{rng.randint(0, 30)}.{rng.randint(0, 9)} to v{rng.randint(1, 20)}.{rng.randint(0, 99)}.{rng.randint(0, 9)}"),
    "hashes": _lines(lambda rng: f"{rng.randbytes(20).hex()} {rng.randbytes(16).hex()}"),
    "books": _lines(_isbn),
    "part-numbers": _lines(lambda rng: f"Part no. {sample('[A-Z]{2}-[0-9]{4}-[0-9]{3}', rng)}, drawing {sample('[0-9]{3}-[0-9]{5}', rng)} rev {rng.choice('ABC')}"),
    "guids": _lines(lambda rng: f"objectId: {uuid.UUID(int=rng.getrandbits(128), version=4)}"),
    "barcodes": _lines(lambda rng: f"EAN {_digits(rng, 13)} qty {rng.randint(1, 90)} price {rng.randint(1, 99)}.{_digits(rng, 2)}"),
    "packages": _lines(lambda rng: f"npm install {sample('[a-z]{7}', rng)}@{rng.randint(0, 9)}.{rng.randint(0, 20)}.{rng.randint(0, 9)} @types/{sample('[a-z]{5}', rng)}@latest"),
    "repositories": _lines(lambda rng: f"git clone git@github.com:{sample('[a-z]{7}', rng)}/{sample('[a-z]{5}', rng)}.git # @{sample('[a-z]{6}', rng)}"),
    "documentation-mail": _lines(lambda rng: f"Write to {sample('[a-z]{5}', rng)}@example.com or {sample('[a-z]{5}', rng)}@localhost"),
    "private-addresses": _lines(lambda rng: f"listen 192.168.{rng.randint(0, 255)}.{rng.randint(1, 254)}; upstream 10.0.{rng.randint(0, 9)}.{rng.randint(1, 99)}; mask 255.255.255.0; lo 127.0.0.1 ::1"),
    "documentation-addresses": _lines(lambda rng: f"route 192.0.2.{rng.randint(1, 254)} via 198.51.100.{rng.randint(1, 254)}, 2001:db8::{rng.getrandbits(16):x}"),
    "object-ids": _lines(lambda rng: f"SNMPv2-SMI::enterprises 1.3.6.1.4.1.{rng.randint(100, 9999)}.{rng.randint(1, 9)}.{rng.randint(1, 99)}"),
    "floats": _lines(lambda rng: f"[{rng.random():.10f}, {rng.random() * 100:.8f}, -{rng.random():.12f}, {rng.random() * 1e6:.4f}]"),
    "row-counts": _lines(lambda rng: f"processed {_digits(rng, 9)} rows in {_digits(rng, 5)} ms, {_digits(rng, 10)} bytes, offset {_digits(rng, 12)}"),
    "database-keys": _lines(lambda rng: json.dumps({"id": int(_digits(rng, 16)), "parentId": int(_digits(rng, 18)), "seq": int(_digits(rng, 9))})),
    "coordinates-of-code": _lines(lambda rng: f"File \"main.py\", line {_digits(rng, 4)}, in run 0x{rng.getrandbits(48):012x} pid={_digits(rng, 5)}"),
    "prices": _lines(lambda rng: f"total 1,{_digits(rng, 3)},{_digits(rng, 3)}.{_digits(rng, 2)} EUR, invoice {_digits(rng, 4)}-{_digits(rng, 5)}"),
    "papers": _lines(lambda rng: f"doi:10.{_digits(rng, 4)}/s{_digits(rng, 5)}-0{_digits(rng, 2)}-{_digits(rng, 5)}-{rng.randint(1, 9)}, arXiv:2{_digits(rng, 3)}.{_digits(rng, 5)}, ISSN {_digits(rng, 4)}-{_digits(rng, 4)}"),
    "parcels": _lines(lambda rng: f"shipped with 1Z{sample('[A-Z0-9]{16}', rng)}, then 94001{_digits(rng, 17)}"),
    "dates": _lines(lambda rng: f"20{_digits(rng, 2)}-0{rng.randint(1, 9)}-{rng.randint(10, 28)} until {rng.randint(10, 28)}.0{rng.randint(1, 9)}.20{_digits(rng, 2)}, week {rng.randint(1, 52)}/2026"),
}
