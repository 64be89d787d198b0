"""HTML mail as plain text: what a reader would see, quotes marked by ">", nothing ever loaded."""

from __future__ import annotations

import re
from html import unescape

import lxml.html
from inscriptis import Inscriptis
from inscriptis.css_profiles import CSS_PROFILES
from inscriptis.model.config import ParserConfig
from lxml.etree import LxmlError

_CONFIG = ParserConfig(css=CSS_PROFILES["strict"])
_PARSER = lxml.html.HTMLParser(
    encoding="utf-8", no_network=True, remove_comments=True, huge_tree=True
)
_LARGEST = 2_000_000
"""Characters of HTML that get a full layout; beyond that (a pasted log) tags are only removed."""

_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>", re.IGNORECASE)
_INVISIBLE = re.compile(r"<(style|script|head|title)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_BREAKS = re.compile(r"<(?:br|/p|/div|/tr|/li|/h[1-6])\b[^>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_HIDING_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|"
    r"(?:font-size|max-height)\s*:\s*0(?:px|pt|em)?\s*(?:;|$|!)",
    re.IGNORECASE,
)
_DROPPED_TAGS = ("script", "style", "noscript", "template", "object", "title")
_QUOTE_MARK = "\ue000quote{}\ue001"  # private use: no mail has it, inscriptis leaves it alone
_QUOTE_MARKS = re.compile(r"[ \t]*\ue000quote(\d+)\ue001[ \t]*")
_WIDE_GAP = re.compile(r"[ \t]{4,}")
_DEEPEST_INDENT = 6
_BLANK_LINES = re.compile(r"\n(?:[ \t]*\n){2,}")


def to_text(html: str) -> str:
    """The visible text of an HTML body. Never raises: broken HTML loses its tags, not its words."""
    html = _XML_DECLARATION.sub("", html).replace("\x00", "")
    if len(html) > _LARGEST:
        return _without_tags(html)
    try:
        text = _laid_out(html)
    except (LxmlError, ValueError, RecursionError, AttributeError, IndexError):
        return _without_tags(html)
    # libxml2 writes U+FFFD for references to impossible characters ("&#0;")
    return text if "\ufffd" in html else text.replace("\ufffd", "")


def _laid_out(html: str) -> str:
    tree = lxml.html.document_fromstring(html.encode("utf-8", "ignore"), parser=_PARSER)
    _drop_hidden(tree)
    quotes = _take_quotes(tree)
    rendered = [_render(quote) for quote in quotes]
    text = _QUOTE_MARKS.sub(
        lambda mark: "\n" + _marked(rendered[int(mark[1])]) + "\n", _render(tree)
    )
    return _BLANK_LINES.sub("\n\n", text).strip("\n")


def _render(tree: lxml.html.HtmlElement) -> str:
    text: str = Inscriptis(tree, _CONFIG).get_text()
    return "\n".join(map(_narrowed, text.split("\n"))).strip("\n")


def _narrowed(line: str) -> str:
    """A line without the padding of layout tables, which set a few words far apart."""
    words = line.strip()
    indent = min(len(line) - len(line.lstrip()), _DEEPEST_INDENT)
    return " " * indent + _WIDE_GAP.sub("   ", words)


def _marked(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))


def _drop_hidden(tree: lxml.html.HtmlElement) -> None:
    styled = tree.xpath("//*[@style]")
    hidden = [
        *tree.iter(*_DROPPED_TAGS),
        *(each for each in styled if _HIDING_STYLE.search(each.get("style"))),
        *tree.xpath("//*[@hidden]"),
    ]
    for each in hidden:
        if each.getparent() is not None and each.tag != "body":
            each.drop_tree()


def _take_quotes(tree: lxml.html.HtmlElement) -> list[lxml.html.HtmlElement]:
    """Cut the outermost quotes out of the tree, leaving a numbered mark in each one's place."""
    quotes = [
        each for each in tree.iter("blockquote") if _is_quote(each) and not _inside_quote(each)
    ]
    for number, quote in enumerate(quotes):
        mark = lxml.html.Element("div")
        mark.text = _QUOTE_MARK.format(number)
        mark.tail, quote.tail = quote.tail, None
        quote.getparent().replace(quote, mark)
        quote.tag = "div"
    return quotes


def _inside_quote(block: lxml.html.HtmlElement) -> bool:
    return any(_is_quote(above) for above in block.iterancestors("blockquote"))


def _is_quote(block: lxml.html.HtmlElement) -> bool:
    """A block quoted by a mail program; people also indent their own words with blockquote."""
    marks = f"{block.get('class', '')} {block.get('style', '')}".lower()
    is_indented = "border:none" in marks.replace(" ", "")
    return block.get("type") == "cite" or (
        not is_indented and ("quote" in marks or "border-left" in marks)
    )


def _without_tags(html: str) -> str:
    html = _BREAKS.sub("\n", _INVISIBLE.sub(" ", html))
    return _BLANK_LINES.sub("\n\n", unescape(_TAG.sub(" ", html))).strip()
