"""How mail programs announce what they quote: attribution lines, forward marks, header blocks.

Patterns only, by language where a language matters. Most attributions of webmail need no language:
a line that holds a date and an address in angle brackets and ends in a colon is one everywhere.
"""

from __future__ import annotations

import re

LONGEST_LINE = 400
"""No mail program announces a quote in more characters; longer lines are never looked at."""

QUOTED_LINE = re.compile(r"\s{0,3}>")

# ------------------------------------------------------------------ who wrote when

_ADDRESS = re.compile(r"[<(\[](?:mailto:)?[^\s<>()\[\]]+@[^\s<>()\[\]]+[>)\]]")
_YEAR = r"(?:(?<!\d)(?:19|20)\d\d(?!\d)|[٢][٠-٩]{3})"
_DATE = re.compile(rf"{_YEAR}|(?<!\d)\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{2}}(?!\d)")
_TIME = re.compile(r"(?<!\d)\d{1,2}\s?[:.h]\s?\d{2}(?!\d)|[٠-٩]{1,2}:[٠-٩]{2}")
_VERB = re.compile(
    # Where the verb closes the announcement only there: "I wrote to you and asked:" is a sentence
    r"\b(?:wrote|writes|a écrit|escribió|ha scritto|escreveu|a scris)\s*(?:[:：*_]|-{2})|"
    r"\b(?:schrieb|schreibt|schreef|skrev|napisał(?:\(a\)|a)?|pisze|kirjoitti|написал(?:\(а\)|а)?|"
    r"пишет|пише|написав|napsal(?:\(a\)|a)?|napísal(?:\(a\)|a)?|yazdı|έγραψε|írta|написа)\b|"
    r"写道|寫道|写了|작성|のメッセージ|書きました|さんは|כתב|كتب"
)
_OPENING = re.compile(
    r"\W*(?:(?:On|Am|Le|El|Il giorno|Il|Em|No dia|Op|Den|Dne|Dňa|W dniu|Στις|În|Pe|La data de|"
    r"Στις|בתאריך|في|Em|A|At)\b|\w{2,5}[.,]|\d)"
)
_ENDS = re.compile(r"[:：]\s*$|wrote\s*-{2,}\s*$")
_SHORT_NAME = re.compile(
    r"""["'*_]*[A-ZÀ-ÞА-Я][\w.'’"-]*(?:\s+[\w.,'’"()@<>:+-]+){0,6}\s+"""
    r"(?:wrote|writes|schrieb|a écrit|escribió|ha scritto|escreveu|schreef|skrev)\s*:[*_]*\s*$"
)
_NOT_A_NAME = re.compile(r"(?:I|You|Your|We|They|This|That|The|My|He|She|It)\b")


def is_attribution(line: str) -> bool:
    """A line that surely announces a quote: who, when, and the colon (or a dashed frame)."""
    if len(line) > LONGEST_LINE or not _ENDS.search(line):
        return False
    has_time = bool(_TIME.search(line))
    has_date = bool(_DATE.search(line))
    if _ADDRESS.search(line):
        return has_date or has_time or bool(_VERB.search(line))
    says_when = has_date and has_time
    return says_when and bool(_OPENING.match(line)) and bool(_VERB.search(line))


def is_short_attribution(line: str) -> bool:
    """A line that announces a quote if marked lines follow: "Maria Lopez wrote:"."""
    if len(line) > 120 or not _ENDS.search(line) or _NOT_A_NAME.match(line.lstrip("\"'")):
        return False
    if _SHORT_NAME.match(line):
        return True
    return bool(_DATE.search(line) or _TIME.search(line)) and bool(_VERB.search(line))


def may_start_attribution(line: str) -> bool:
    """Whether a wrapped attribution can begin here: it opens with a date, a name or "On"."""
    return len(line) <= LONGEST_LINE and bool(
        _ADDRESS.search(line) or (_OPENING.match(line) and re.search(r"\d", line))
    )


def opens_with_date(line: str) -> bool:
    """ "On Fri, 04 Oct 2002 16:07:12 -0700", the first half of a wrapped attribution."""
    return bool(
        len(line) <= LONGEST_LINE
        and _OPENING.match(line)
        and _DATE.search(line)
        and _TIME.search(line)
    )


def ends_attribution(line: str) -> bool:
    """Whether the line ends as announcements do: in a colon or a dashed frame."""
    return line.rstrip()[-1:] in (":", "：", "-") and bool(
        len(line) <= LONGEST_LINE and _ENDS.search(line)
    )


# ------------------------------------------------------------------ dividing lines

_ORIGINAL = (
    r"original(?:e|a)?\s+(?:message|e?-?mail|appointment)|forwarded\s+(?:message|by)|"
    r"ursprüngliche\s+(?:nachricht|e-?mail)|original(?:e)?\s*nachricht|weitergeleitete\s+nachricht|"
    r"message\s+(?:d'origine|d’origine|original|initial|transféré|transmis|transfér[eé]\b)|"
    r"courriel\s+original|mensaje\s+(?:original|reenviado)|mensagem\s+(?:original|encaminhada)|"
    r"messaggio\s+(?:originale|inoltrato)|(?:oorspronkelijk|doorgestuurd)\s+bericht|"
    r"(?:ursprungligt|vidarebefordrat)\s+meddelande|originalmeddelande|"
    r"(?:opprinnelig|videresendt)\s+melding|(?:oprindelig|videresendt)\s+(?:meddelelse|besked)|"
    r"alkuperäinen\s+viesti|välitetty\s+viesti|(?:oryginalna|przekazana)\s+wiadomość|"
    r"wiadomość\s+oryginalna|(?:původní|přeposlaná)\s+zpráva|"
    r"(?:исходное|пересылаемое|пересланное)\s+сообщение|orijinal\s+(?:mesaj|ileti)|"
    r"iletilen\s+(?:mesaj|ileti)|原始邮件|转发邮件|原始郵件|転送メッセージ|元のメッセージ|원본\s*메시지|전달된\s*메시지"
)
_FRAMED = re.compile(rf"\s*[-_*=—]{{2,}}\s*.{{0,20}}(?:{_ORIGINAL}).{{0,80}}$", re.IGNORECASE)
_FRAMES = ("--", "__", "**", "==", "——", "-=", "=-")
_UNFRAMED = re.compile(
    r"\s*(?:begin forwarded message|anfang der weitergeleiteten (?:nachricht|e-?mail)|"
    r"début du message (?:réexpédié|transféré)|inicio del mensaje reenviado|"
    r"inizio messaggio inoltrato|begin doorgestuurd bericht|início da mensagem reencaminhada|"
    r"vidarebefordrat brev|başlangıç iletilen ileti|開始轉寄郵件|下に転送されたメッセージ)"
    r"\s*[:：]\s*$",
    re.IGNORECASE,
)
_REPLY_ABOVE = re.compile(
    r"[\s#=*—–-]*(?:please\s+)?(?:type|write|enter)?\s*(?:your\s+)?(?:reply|answer|response)s?\s+"
    r"above\s+this\s+line\b.{0,80}$",
    re.IGNORECASE,
)
RULE = re.compile(r"\s*(?:[_=*-]\s?){8,}\s*$")


def is_divider(line: str) -> bool:
    """A line below which another message stands: "-----Original Message-----" and its kin."""
    if len(line) > LONGEST_LINE:
        return False
    is_framed = line.lstrip()[:2] in _FRAMES and _FRAMED.match(line)
    is_unframed = line.rstrip()[-1:] in (":", "：") and _UNFRAMED.match(line)
    return bool(is_framed or is_unframed or ("above" in line and _REPLY_ABOVE.match(line)))


# ------------------------------------------------------------------ the head of a quoted mail

_FIELD_WORDS = {
    "from": "from|von|de|da|van|från|fra|od|lähettäjä|от|від|kimden|gönderen|από|feladó|de la|"
    "发件人|寄件者|差出人|보낸 사람|מאת|من",
    "sent": "sent|date|gesendet|datum|envoyé(?:e)?|date|enviado(?: el)?|fecha|enviada(?: em)?|data|"
    "inviato|data|verzonden|skickat|sendt|dato|lähetetty|päivämäärä|wysłano|odesláno|odoslané|"
    "отправлено|дата|надіслано|gönderildi|gönderilme tarihi|tarih|εστάλη|στάλθηκε|ημερομηνία|"
    "küldve|elküldve|trimis|发送时间|日期|寄件日期|送信日時|日時|보낸 날짜|날짜|נשלח|تاريخ|sent on",
    "to": "to|an|à|a|para|aan|till|til|vastaanottaja|do|komu|кому|kime|alıcı|προς|címzett|către|"
    "收件人|收件者|宛先|받는 사람|אל|إلى",
    "cc": "cc|kopie|kopi|kopia|copie à|kopio|dw|копия|bilgi|κοιν|másolat|抄送|副本|참조|bcc|"
    "reply-to|antwort an|importance|wichtigkeit|attachments?|anlagen?|organization|mobile|tel",
    "subject": "subject|betreff|objet|asunto|assunto|oggetto|onderwerp|ämne|emne|aihe|temat|"
    "předmět|predmet|тема|konu|θέμα|tárgy|subiect|主题|主旨|件名|제목|נושא|الموضوع",
}
_FIELDS = {
    kind: re.compile(rf"[\s>*_]*(?:{words})[*_]*\s{{0,2}}[:：][*_]*(?=\s|$|\S)", re.IGNORECASE)
    for kind, words in _FIELD_WORDS.items()
}
_CANDIDATE = re.compile(r"[\s>*_]*[^\W\d][\w -]{0,20}?[*_]*\s{0,2}[:：]")


def field_kind(line: str) -> str:
    """Which field of a quoted mail's head this line is: from, sent, to, cc, subject; else ""."""
    if len(line) > LONGEST_LINE * 5 or not _CANDIDATE.match(line[:60]):
        return ""
    return next((kind for kind, field in _FIELDS.items() if field.match(line)), "")


ANSWERS_INSIDE = re.compile(
    r"\b(?:(?:answer|comment|repl(?:y|ie)|respon[sd]e?|note)s?\b.{0,40}\b|see\s+(?:my\s+)?)"
    r"(?:in[- ]?line|in\s+(?:red|blue|green|bold|capitals|caps))\b|\binline\s+(?:below|answers)\b",
    re.IGNORECASE,
)
"""The author says that answers stand between the quoted lines, which carry no marks in text."""
