"""The table of times: how people write days, clock times and lengths of time, and what it means.

Of rules that match at one place the longest counts; a space in a pattern is any white space.
"""

from __future__ import annotations

from datetime import timedelta

from cxdesk.nlp.promises import time_readers as say
from cxdesk.nlp.promises.days import end_of_month
from cxdesk.nlp.promises.numbers import COUNT, HOUR, MONTH, ORDINAL, WEEKDAY
from cxdesk.nlp.promises.time_readers import NEAR, ROUGH, Piece, Reader

_MARK = r"(?:\s?(?:[ap]\.m\.|[ap]\.?\s?m\b)|\s?o'?clock\b)"
_IN = (
    r"(?:(?:with)?in|inside(?: of)?|under|after|over|give (?:me|us)|allow (?:me|us)|every"
    r"|takes? (?:me|us)|another|not more than|no more than|at most)"
)
_ABOUT = (
    r"(?:(?:just |about |around |approximately |roughly |maybe |perhaps |under |less than "
    r"|no more than |not more than |at most |at the most |a maximum of |max |maximum |only "
    r"|(?:the )?(?:next|coming|following) |up to |as little as |the space of |a period of |~\s?"
    r"|another |like |say ){0,3})"
)
_SPAN = rf"(?P<n>{COUNT})(?:\s?(?:-|–|to|or)\s?(?P<m>{COUNT}))?\s?-?\s?"
_UNIT = (
    r"(?P<unit>sec(?:ond)?s?|min(?:ute)?s?|hours?|hrs?|h|days?|weeks?|wks?|fortnights?|months?"
    r"|years?)\b"
)
_AFTER_AN_EVENT = r"(?! (?:of|after|following|from (?!now|today|tomorrow))\b| ago\b| earlier\b)"
_WORKING = r"(?:business|working|work|banking|bank|trading|office|week)[\s-]?days?\b"
_NOT_MONEY = r"(?<![£$€#.,:/0-9-])(?<!no\. )(?<!number )"
_BEFORE_BARE = (
    r"(?:(?<=\bat )|(?<=\bby )|(?<=\bbefore )|(?<=\buntil )|(?<=\btill )|(?<=\baround )"
    r"|(?<=\babout )|(?<=\bsay )|(?<=\bafter )|(?<=\bthan )|(?<=\bfrom ))"
)
_AFTER_BARE = (
    r"(?=\s*(?:$|[,;!?)–—]|[.:](?![0-9])|-(?![0-9\w])|\s(?:on|today|tomorrow|tonight|this|in the"
    r"|and|or|so|if|when|at|sharp|latest|with|to|for|because|until|then|by|from|my|your|our|local|uk"
    r"|gmt|cet|utc|that|once|as|but|about|regarding|without|every|each|next|the|you|we|i|he|she"
    r"|they|please|max|tops)\b"
    rf"|\s{WEEKDAY}\b))"
)
_MINUTE = r"(?:\s?[:.h]\s?(?P<i>[0-5][0-9]))"
_PLACE = (
    r"(?:(?:the )?(?P<place>early|mid(?:dle)?|late|later|end|start|beginning)"
    r"(?: (?:in|of|on)|-)? (?:the )?)?"
)
_NOUN_AFTER = (
    r"(?! (?:team|shift|crew|staff|desk|run|slot|appointment|delivery|flight|train|bus|class|order"
    r"|meeting|edition|sale|session|visit|booking|game|match|menu|service|market|rate|price|paper"
    r"|bank|people|guys|line|lesson|call centre)\b)"
)
_OWN = r"(?<!\bthe )(?<!\byour )(?<!\bour )(?<!\bmy )(?<!\ba )(?<!\bhis )(?<!\bher )(?<!\btheir )"
_AFTER_ORDINAL = (
    r"(?=\s*(?:$|[,;!?).–—-]|\s(?:at|by|before|between|in|if|when|and|or|but|so|as|with|of|from"
    r"|to|until|this|next|for|around|about|after|on|you|we|i|morning|afternoon|evening|latest"
    r"|because|once|which|that|then|the|our|your|via)\b))"
)

RULES: tuple[tuple[str, Reader], ...] = (
    # what has passed, and what hangs on an event: found so that nothing else is found in it
    (r"\byesterday(?: (?:morning|afternoon|evening))?\b", say.nothing),
    (rf"\blast (?:night|week|month|year|time|{WEEKDAY}|{MONTH})\b", say.nothing),
    (rf"\b{COUNT}\s?{_UNIT} (?:ago|earlier|later on|late|old)\b", say.nothing),
    (rf"\b{_IN} {_ABOUT}{_SPAN}(?:{_WORKING}|{_UNIT}) (?:of|after|following|from"
     r" (?!now|today|tomorrow))\b", say.nothing),
    (r"\bgood (?:morning|afternoon|evening|night|day)\b", say.nothing),
    (r"\b(?:have|enjoy) (?:a|the|your) (?:\w+ )?(?:rest of (?:the|your) )?"
     r"(?:weekend|day|week|evening|afternoon|morning|night)\b", say.nothing),
    # lengths of time
    (rf"\b{_IN} {_ABOUT}{_SPAN}{_WORKING}(?:'s?)?(?: time)?", say.business_days),
    (rf"\b(?P<n>{COUNT})(?P<m>) {_WORKING} from (?:now|today)\b", say.business_days),
    (r"\bthe (?:next|following) (?:working|business) (?:day|morning)\b",
     say.the_day(lambda c: c.business_days(1))),
    (r"(?<!the )\bnext (?:working|business) day\b", say.the_day(lambda c: c.business_days(1))),
    (rf"\b{_IN} {_ABOUT}{_SPAN}{_UNIT}(?P<half> and a half)?(?:'?s?'? time)?"
     rf"(?: or (?P<so>so|less|sooner))?{_AFTER_AN_EVENT}", say.length),
    (rf"\b{_IN} {_ABOUT}(?P<n>a|an|one) {_UNIT} or (?P<m>{COUNT})\b", say.length),
    (rf"\b{_IN} {_ABOUT}(?P<n>{COUNT}) and a (?P<half>half) {_UNIT}", say.length),
    (rf"\b{_IN} {_ABOUT}(?:{COUNT}) \w+ (?:to|or|and) (?P<n>{COUNT}) {_UNIT}", say.length),
    (rf"\b{_SPAN}{_UNIT}(?P<half> and a half)? from (?:now|today)\b", say.length),
    (rf"(?<=[ap] )\b{_SPAN}{_UNIT} (?:tops|max|at (?:the )?most)\b", say.length),
    (r"\b(?:in|within|inside) the (?P<unit>half[\s-]hour|hour|day|week|fortnight|month)\b",
     say.one_unit),
    (r"\b(?:every|each) (?P<unit>hour|day|week|fortnight|month)\b", say.one_unit),
    (r"\b(?:in )?(?:the )?(?:next|coming) (?P<unit>half[\s-]hour|hour|fortnight)\b",
     say.one_unit),
    (r"\b(?:in|over|during)(?: the course of)? the (?:day|course of today)\b",
     say.the_day(lambda c: c.today)),
    (rf"\b(?P<n>{COUNT}) weeks? (?:on|from|this) (?P<day>{WEEKDAY})\b", say.weeks_after_weekday),
    (rf"\b(?P<day>{WEEKDAY}) week\b", say.weeks_after_weekday),
    (r"\b(?:a|one) week (?:from )?(?:today|now)\b|\b(?:today|this day) week\b",
     say.the_day(lambda c: c.today + timedelta(days=7))),
    (r"\b(?:a|one) week (?:from )?tomorrow\b|\btomorrow week\b",
     say.the_day(lambda c: c.today + timedelta(days=8))),
    # days
    (r"\b(?:later )?today(?!'s)\b", say.the_day(lambda c: c.today)),
    (rf"{_OWN}\b(?:tomorrow(?!'s)|tmrw|tomoz)\b(?: week)?{_NOUN_AFTER}",
     say.the_day(lambda c: c.today + timedelta(days=1))),
    (r"\b(?:the )?day after tomorrow\b", say.the_day(lambda c: c.today + timedelta(days=2))),
    (r"\bovernight\b", lambda _, c: Piece(
        day=c.today + timedelta(days=1), rank=NEAR, part="first")),
    (r"\b(?:the )?(?:next|following) day\b", say.the_day(lambda c: c.today + timedelta(days=1))),
    (rf"{_OWN}\b(?P<day>{WEEKDAY})(?!'s)(?![\w-]){_NOUN_AFTER}", say.on_weekday),
    (r"\b(?:before|by|for) the weekend\b",
     lambda _, c: Piece(day=c.end_of_this_week(), rank=ROUGH, closes=True)),
    (r"\b(?:over|at|on|during|this|in|through) (?:the )?(?:coming )?weekend\b"
     + _NOUN_AFTER, say.the_day(lambda c: c.end_of_weekend(), ROUGH)),
    (r"\bnext weekend\b", say.the_day(lambda c: c.end_of_weekend() + timedelta(days=7), ROUGH)),
    (rf"\b{_PLACE}(?P<which>this|next|(?<=\bthe )following|(?<=\bthe )coming) week\b(?!end)",
     say.in_week),
    (r"\b(?P<place>end|start|beginning|middle|later) (?:of|in) (?:the )?(?P<which>)week\b",
     say.in_week),
    (r"(?P<place>)\bthe week (?P<which>after)(?: next| this)?\b", say.in_week),
    (r"\b(?:EOW|week'?s end)\b", lambda _, c: Piece(
        day=c.end_of_this_week(), rank=ROUGH, closes=True)),
    # dates
    (rf"\b(?:the )?(?P<d>{ORDINAL}|[0-3]?[0-9])(?: of)? (?P<mon>{MONTH})"
     r"(?:,? (?P<y>20[0-9][0-9]))?\b", say.on_date),
    (rf"\b(?P<mon>{MONTH}) (?:the )?(?P<d>{ORDINAL}|[0-3]?[0-9](?![0-9:]))"
     r"(?:,? (?P<y>20[0-9][0-9]))?\b", say.on_date),
    (r"(?<![0-9£$€.,/])\b(?P<a>[0-3]?[0-9])/(?P<b>[0-3]?[0-9])"
     r"(?:/(?P<y>20[0-9]{2}|[0-9]{2}))?\b(?!/)", say.numeric_date),
    (r"\b(?P<a>[0-3]?[0-9])\.(?P<b>[0-1]?[0-9])\.(?P<y>20[0-9]{2}|[0-9]{2})?", say.numeric_date),
    (r"\b20[0-9]{2}-[01][0-9]-[0-3][0-9]\b", say.iso_date),
    (rf"\bthe (?P<d>{ORDINAL}){_AFTER_ORDINAL}", say.on_monthday),
    (rf"(?:(?<=\bon )|(?<=\bby )|(?<=\bbefore )|(?<=\buntil ))"
     rf"(?P<d>[0-3]?[0-9](?:st|nd|rd|th)){_AFTER_ORDINAL}", say.on_monthday),
    (rf"\b{_PLACE[:-1]}(?P<which>)(?P<mon>{MONTH})\b(?!'s)", say.in_month),
    (rf"(?:(?<=\bin )|(?<=\bby )|(?<=\bbefore )|(?<=\buntil ))(?P<place>)(?P<which>)"
     rf"(?P<mon>{MONTH})\b(?!'s)", say.in_month),
    (rf"\b{_PLACE}(?P<which>this|next|the following) month\b(?P<mon>)", say.in_month),
    (r"\b(?P<place>end|start|beginning|middle|later) (?:of|in) (?P<which>the|this|next) "
     r"month\b(?P<mon>)", say.in_month),
    (r"\b(?:the )?last day of (?:the|this) month\b",
     say.the_day(lambda c: end_of_month(c.today), NEAR, closes=True)),
    (rf"\b(?:the )?(?P<nth>first|second|third|fourth|last) (?P<day>{WEEKDAY}) (?:of|in) (?:(?P<mon>"
     rf"{MONTH})|(?:the )?(?P<which>this|next)? ?month)\b", say.nth_weekday),
    (r"\b(?P<place>)(?P<which>)(?P<mon>)(?:the )?month'?s?[\s-]end\b|\bEOM\b",
     say.the_day(lambda c: end_of_month(c.today), ROUGH, closes=True)),
    (r"\bend of (?:the|this) (?P<what>year|quarter)\b", say.in_quarter),
    (r"\b(?:Christmas(?: Eve| Day)?|Xmas|Boxing Day|New Year(?:'?s (?:Eve|Day))?"
     r"|Valentine'?s Day|Halloween)\b", say.feast),
    # clock times
    (rf"{_NOT_MONEY}\b(?P<h>{HOUR}){_MINUTE}?(?P<p>{_MARK})?\s?(?:-|–|to|and|till|until|or)"
     rf"\s?(?P<h2>{HOUR}){_MINUTE.replace('<i>', '<i2>')}?(?P<p2>{_MARK})", say.window),
    (rf"(?:(?<=\bbetween )|(?<=\bfrom ))(?P<h>{HOUR}){_MINUTE}?(?P<p>{_MARK})?\s?(?:-|–|to"
     rf"|and|till|until)\s?(?P<h2>{HOUR}){_MINUTE.replace('<i>', '<i2>')}?(?P<p2>{_MARK})?"
     rf"{_AFTER_BARE}", say.window),
    (r"(?:(?<=y )|(?<=y, )|(?<=w )|(?<=w, ))(?P<h>[0-9]{1,2})(?P<i>)(?P<p>)\s?[-–]\s?"
     r"(?P<h2>[0-9]{1,2})(?P<i2>)(?P<p2>)\b(?![:.][0-9])", say.window),
    (rf"{_NOT_MONEY}\b(?P<h>{HOUR}):(?P<i>[0-5][0-9])(?P<p>)\s?(?:-|–|to|and)\s?"
     r"(?P<h2>[01]?[0-9]|2[0-3]):(?P<i2>[0-5][0-9])(?P<p2>)\b", say.window),
    (rf"(?P<gone>\b(?:half|(?:a )?quarter)) (?P<way>past|to|after) (?P<h>{HOUR})\b"
     rf"(?P<p>{_MARK})?", say.spoken),
    (rf"{_BEFORE_BARE}(?P<gone>five|ten|twenty|twenty-five|[1-5]?[0-9])(?: minutes)? "
     rf"(?P<way>past|to|after|before) (?P<h>{HOUR})\b(?P<p>{_MARK})?", say.spoken),
    (rf"{_BEFORE_BARE}half (?P<h>{HOUR})\b(?P<p>{_MARK})?(?P<gone>)(?P<way>)", say.spoken),
    (rf"{_NOT_MONEY}\b(?P<h>{HOUR}){_MINUTE}?(?P<p>{_MARK})", say.clock),
    (rf"{_NOT_MONEY}\b(?P<h>[01]?[0-9]|2[0-3]):(?P<i>[0-5][0-9])(?!:?[0-9])(?P<p>)", say.clock),
    (rf"{_BEFORE_BARE}(?P<h>[01]?[0-9]|2[0-3])[.h](?P<i>[0-5][0-9])(?P<p>)"
     rf"(?:\s?(?:hrs|hours|h))?{_AFTER_BARE}", say.clock),
    (rf"(?<=\bat )(?P<h>[01][0-9]|2[0-3])(?P<i>[0-5][0-9])(?P<p>){_AFTER_BARE}", say.clock),
    (r"\b(?P<h>[01][0-9]|2[0-3]):?(?P<i>[0-5][0-9])(?P<p>)\s?(?:hrs|hours|h)\b", say.clock),
    (rf"{_BEFORE_BARE}(?P<h>{HOUR})(?P<i>)(?P<p>){_AFTER_BARE}", say.clock),
    (r"\b(?:noon|midday|mid-day|lunch(?:[\s-]?time)?(?! break| menu))\b", say.fixed(12)),
    (r"\bmidnight\b", say.fixed(23, 59)),
    # parts of a day
    (r"\bfirst thing\b(?: in the morning)?|\bstart of (?:business|play|the day)\b"
     r"|\bas soon as we open\b|\bwhen we open\b", say.part("first")),
    (r"\b(?:(?:the )?(?:end|close) of (?:the |our |my |this |that )?(?:(?:working|business) )?"
     r"(?:day|business|play|today|shift)|EOD|COB|EOB|COP|clos(?:e|ing)(?: time)?(?= today"
     r"| tonight| tomorrow|$|[.,!])|the day (?:is (?:out|over|done)|ends)|we close(?: up)?"
     r"|(?:I|we) (?:finish|clock off|go home|leave))\b", say.part("close")),
    (r"\b(?:later )?this (?:early |late )?morning\b" + _NOUN_AFTER,
     lambda _, c: Piece(day=c.today, rank=NEAR, part="morning")),
    (r"\b(?:later )?this (?:early |late )?afternoon\b" + _NOUN_AFTER,
     lambda _, c: Piece(day=c.today, rank=NEAR, part="afternoon")),
    (r"\b(?:(?:later )?(?:this (?:early |late )?evening|tonight(?!'s)))\b" + _NOUN_AFTER,
     lambda _, c: Piece(day=c.today, rank=NEAR, part="evening")),
    (r"\b(?:early |late |mid[\s-]?)?morning\b" + _NOUN_AFTER, say.part("morning")),
    (r"\b(?:early |late |mid[\s-]?)?afternoon\b" + _NOUN_AFTER, say.part("afternoon")),
    (r"\b(?:early |late )?(?:evening|night)\b" + _NOUN_AFTER, say.part("evening")),
    (r"\bsame day\b", lambda *_: Piece(part="same")),
)  # fmt: skip
