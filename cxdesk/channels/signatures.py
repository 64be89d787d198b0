"""What stands below a message: sign-offs with contact lines, phone footers, legal notices.

A customer's sentence counts more than a tidy screen: where a line could be a sentence, it stays.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from cxdesk.channels.quote_shapes import LONGEST_LINE, RULE

_DASHES = re.compile(r"\s?(?:--|—|–)\s*$")
_MOST_SIGNATURE_LINES = 20
_MOST_LINES_AFTER_CLOSING = 10

_DEVICE = (
    r"i[\s-]?(?:phon|pad)['’]?\w*|android|samsung|galaxy|huawei|xiaomi|redmi|pixel|blackberry|outlook|"
    r"yahoo|mobile|handy|smartphone|tablet|windows|gmx|web\.de|aol|proton|gmail|thunderbird|spark|"
    r"superhuman|bluemail|em\s+client|tuta|telefon\w*|móvil|celular|téléphone|mobil\w*|mail\s+app|"
    r"mail(?:\s+for\s+\w+)?"
)
_FOOTER = re.compile(
    rf"""\W*(?:
    (?:sent|gesendet|versendet|envoyé|enviado|enviada|inviato|verzonden|verstuurd|skickat|sendt|
       wysłane|wysłano|odesláno|odoslané|отправлено|надіслано|trimis|küldve|στάλθηκε)\s
       (?:from|via|with|using|by|mit|von|vom|über|de|depuis|desde|do|da|dal|con|vanaf|met|från|med|
       fra|z|ze|przez|с|со|из|з|de\s+pe|από|à\s+partir\s+d[eu'’])(?:\s+|(?<=['’]))
       (?!(?:the|a|an|your|our|no|out|mistake|error)\b).{{0,30}}?(?:{_DEVICE})
       \b[^.!?]{{0,40}}
    |sent\s+from\s+my\s+[\w'’+-]+(?:\s[\w'’+-]+){{0,3}}
    |(?:diese\s[\w-]+\swurde\s)?(?:von|vom)\s+(?:mein\w*\s+)?.{{0,40}}(?:{_DEVICE}).{{0,40}}\s(?:gesendet|versendet)
    |(?:get|holen\s+sie\s+sich|téléchargez|obtener|ottieni|download)\s+outlook\s+
       (?:for|für|pour|para|per)\s.{{0,40}}
    |lähetetty\s+.{{0,20}}(?:{_DEVICE}).{{0,20}}
    |iphone['’]?(?:umdan|dan)\s+gönderildi
    |.{{0,30}}iphone.{{0,10}}(?:送信|发送|發送|傳送|보냄|전송)
    |(?:从|從)?我的\s*.{{0,20}}(?:发送|發送|傳送)
    |virus-?(?:free|frei)\W.{{0,60}}
    )\W*$""",
    re.IGNORECASE | re.VERBOSE,
)

_CLOSING = re.compile(
    r"""\s*(?:
    (?:(?:with|my)\s+)?(?:(?:very|all\s+the)\s+)?(?:kind(?:est)?|best|warm(?:est)?|many)?\s*
      (?:regards|wishes|greetings)
    |best|cheers|thanks|many\s+thanks|thank\s+you|thx|sincerely(?:\s+yours)?
    |yours?\s+(?:sincerely|faithfully|truly)|respectfully(?:\s+yours)?|cordially|br|kr|rgds
    |(?:mit\s+)?(?:freundliche[nm]?|beste[nr]?|liebe[nr]?|viele[nr]?|herzliche[nr]?|schöne[nr]?)\s+
      gr(?:ü|ue)(?:ß|ss)e?n?(?:\s+aus\s+\w+)?|mfg|vg|lg|hochachtungsvoll
    |(?:bien\s+)?cordialement|bien\s+à\s+vous|sincères\s+salutations
    |(?:un\s+)?(?:cordial(?:es)?|atent[oa]s?)?\s*saludos?(?:\s+cordiales)?|atentamente
    |(?:cordiali|distinti)\s+saluti|saluti|atenciosamente|cumprimentos|att
    |met\s+vriendelijke\s+groeten?|groet(?:en|jes)?|mvg
    |(?:med\s+)?vänlig(?:a)?\s+hälsning(?:ar)?|(?:med\s+)?venlig\s+hilsen|med\s+vennlig\s+hilsen|mvh
    |(?:ystävällisin\s+)?terveisin|pozdrawiam|z\s+poważaniem|s\s+pozdravem
    |с\s+уважением|saygılarımla|με\s+εκτίμηση|üdvözlettel|cu\s+stimă|此致|敬具
    )\s*[,.!–-]*\s*$""",
    re.IGNORECASE | re.VERBOSE,
)
_CONTACT = re.compile(
    r"@|\bhttps?://|\bwww\.|(?:\+|\b(?:t|m|f|tel|phone|mob|mobile|cell|fax|fon|office)\b\s*[.:])"
    r"\s*[+\d(]|\b\d[\d ()/.-]{6,}\d\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[?!]|[.…]\s+\w|\b(?:I|you|your|we|please|ich|Sie|je|vous|not|never)\b")

_LEGAL_OPENING = re.compile(
    r"""[\W_]*(?:
    (?:legal\s+|e?-?mail\s+)?disclaimer\b|(?:important\s+)?(?:legal\s+)?(?:confidentiality|privacy)
      \s+(?:notice|statement|note)\b
    |(?:this|the\s+information\s+(?:contained\s+)?in\s+this)\s+(?:e-?mail|message|communication|
      transmission)\b.{0,160}\b(?:confidential|privileged|intended|monitored|viruses)
    |(?:p\s+)?(?:please\s+)?(?:consider|think\s+of)\s+the\s+environment\b
    |diese\s+(?:e-?mail|nachricht)\s.{0,120}(?:vertraulich|rechtlich\s+geschützt)
    |ce\s+(?:message|courriel|mail)\b.{0,160}(?:confidentiel|destinataire)
    |este\s+(?:mensaje|correo|e-?mail)\b.{0,160}(?:confidencial|destinatario)
    |esta\s+mensagem\b.{0,160}(?:confidencia|destinatário)
    |(?:questo|il\s+presente)\s+(?:messaggio|e-?mail)\b.{0,160}(?:riservat|confidenzial|destinatari)
    |(?:dit\s+bericht|deze\s+e-?mail)\b.{0,160}(?:vertrouwelijk|geadresseerde)
    )""",
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
_LEGAL_WORD = re.compile(
    r"\b(?:confidential|privileged|intended\s+recipient|addressee|unauthori[sz]ed|disclos\w+|"
    r"disseminat\w+|distribution|notify\s+the\s+sender|in\s+error|registered\s+(?:office|in)|"
    r"company\s+(?:number|no)|viruses|views\s+expressed|vertraulich\w*|irrtümlich|destinataire|"
    r"destinatario|geadresseerde|registergericht|geschäftsführer|handelsregister|ust-id\w*)\b",
    re.IGNORECASE,
)
_LEGAL_WORDS_NEEDED = 3
_LIST_FOOTER = re.compile(
    r"mailing list|unsubscribe|\bsponsor|listinfo|google\s?groups|received this (?:message|email)|"
    r"manage your subscription|abmelden|désabonner",
    re.IGNORECASE,
)


def is_footer(line: str) -> bool:
    """A line a phone or mail program adds: "Sent from my iPhone", in many languages."""
    return len(line) <= 160 and bool(_FOOTER.match(line))


def start(lines: Sequence[str], *, follows_text: bool) -> int:
    """Index of the first signature line of one author's lines; `len(lines)` when there is none.

    `follows_text`: the author wrote something above these lines, so they may all be signature.
    """
    end = _content_end(lines, len(lines))
    while True:
        trimmed = _content_end(lines, _without_notice(lines, end))
        if trimmed == end:
            break
        end = trimmed
    for is_start in (_DASHES, _CLOSING):
        found = _below(lines, end, is_start, follows_text=follows_text)
        if found is not None:
            return found
    return end


def _content_end(lines: Sequence[str], end: int) -> int:
    while end and not lines[end - 1].strip():
        end -= 1
    return end


def _without_notice(lines: Sequence[str], end: int) -> int:
    """`end` before a last paragraph that is a phone footer, a legal notice or a list footer."""
    if not end:
        return end
    if is_footer(lines[end - 1]):
        return end - 1
    first = _paragraph_start(lines, end)
    paragraph = "\n".join(lines[first:end])
    if len(paragraph) <= LONGEST_LINE * 20 and _is_legal(paragraph, is_first=first == 0):
        return first
    return _list_footer(lines, end)


def _paragraph_start(lines: Sequence[str], end: int) -> int:
    first = end
    while first and lines[first - 1].strip():
        first -= 1
    return first


def _is_legal(paragraph: str, *, is_first: bool) -> bool:
    if is_first:
        return False
    if _LEGAL_OPENING.match(paragraph):
        return True
    return len({word.lower() for word in _LEGAL_WORD.findall(paragraph)}) >= _LEGAL_WORDS_NEEDED


def _list_footer(lines: Sequence[str], end: int) -> int:
    """`end` before a ruled-off block of at most ten lines that speaks of lists or sponsors."""
    for index in range(max(0, end - 11), end):
        if RULE.match(lines[index]) and _LIST_FOOTER.search("\n".join(lines[index:end])):
            return index
    return end


def _below(
    lines: Sequence[str], end: int, mark: re.Pattern[str], *, follows_text: bool
) -> int | None:
    """Where "-- " or a sign-off stands with a card below it; None when it is not below text."""
    longest = _MOST_SIGNATURE_LINES if mark is _DASHES else _MOST_LINES_AFTER_CLOSING
    for index in range(max(0, end - longest), end):
        is_below = follows_text or any(line.strip() for line in lines[:index])
        if is_below and mark.match(lines[index]):
            filled = [line for line in lines[index + 1 : end] if line.strip()]
            if mark is _DASHES or all(map(_is_card_line, filled)):
                return index
    return None


def _is_card_line(line: str) -> bool:
    """A name, a job, an address or a number: nothing that could be a sentence to us."""
    if _CONTACT.search(line) and len(line) <= 100 and "?" not in line:
        return True
    return len(line) <= 60 and len(line.split()) <= 7 and not _SENTENCE.search(line)
