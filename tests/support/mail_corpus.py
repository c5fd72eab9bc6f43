"""Invented mails as the programs of complainants send them: for each what its writer typed, told apart from the rest.

What is right is written down before a mail is made of it: `typed` are the paragraphs somebody typed, in order.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from html import escape

__all__ = ["PROGRAMS", "MailCase", "mail_corpus", "reply_of"]

OFFICE = "Klantenservice De Spaak <klachten@despaak.example>"
WRITER = "Sanne Verhoeven"
ADDRESS = "s.verhoeven@mail.example"

TYPED = {
    "nl": (
        ("Beste mensen,", "De fiets die ik op 12 oktober kocht, rijdt niet meer: de ketting loopt er steeds af.\nKan iemand mij zeggen wat er nu gebeurt?"),
        ("Goedemiddag,", "Bedankt voor uw bericht van dinsdag. Ik heb de bon nog (nr. 40-1187) en stuur hem mee.", "Mag ik langskomen op vrijdag?"),
        ("L.S.,", "Uw monteur schreef mij dat alles klaar was. Dat klopt niet: het achterlicht brandt nog steeds niet -- ook niet na het opladen."),
        ("Van harte beterschap aan de collega, maar ik wacht nu drie weken.", "Groeten doet u maar aan de baas; ik wil mijn geld terug.", "P.S. Bel mij na zessen op 06-12345678."),
    ),
    "en": (
        ("Dear sir or madam,", "The lamp I bought last week went out on the first evening.\nPlease tell me what to do next."),
        ("Hello,", "Thank you for your answer. On Monday your colleague wrote that I would get a new one: I am still waiting.", "When does it come?"),
    ),
}  # fmt: skip
ANSWERS = {
    "nl": ("Ja, die heb ik nog.", "Nee, pas na de derde keer."),
    "en": ("Yes, I still have it.", "No, only the third time."),
}
ASKED = {
    "nl": ("Beste mevrouw Verhoeven,", "Hebt u de bon nog?", "Ging het meteen mis?", "Met vriendelijke groet,", "Jeroen Bakker", "Klantenservice De Spaak"),
    "en": ("Dear Ms Verhoeven,", "Do you still have the receipt?", "Did it go wrong at once?", "Kind regards,", "Jeroen Bakker", "De Spaak"),
}  # fmt: skip
SIGNED = {
    "none": (),
    "dashes": ("-- ", "Sanne Verhoeven", "Lindelaan 12, 3512 AB Utrecht", "06-12345678"),
    "wish": ("Met vriendelijke groet,", "", "Sanne Verhoeven", "Lindelaan 12", "3512 AB Utrecht", "Tel. 030-1234567"),
    "short": ("Groeten, Sanne",),
    "wish_en": ("Kind regards,", "Sanne Verhoeven"),
    "firm": ("Hoogachtend,", "", "S. Verhoeven", "Inkoper", "Verhoeven Techniek BV", "T: 030-1234567 | E: s.verhoeven@mail.example", "www.verhoeven.example"),
    "phone": ("Verzonden vanaf mijn iPhone",),
}  # fmt: skip


@dataclass(frozen=True)
class MailCase:
    """One mail: what somebody typed in it, what he did not, and the message."""

    name: str
    typed: str
    not_typed: tuple[str, ...]
    data: bytes


@dataclass(frozen=True)
class Program:
    """How a program of mail sets what it quotes: the lines above it, whether it marks it, and the HTML of it."""

    lead: dict[str, str]
    marks: bool
    page: str = ""
    own: str = ""
    """What it puts below every message."""
    wraps: bool = False


OUTLOOK_NL = "Van: Klantenservice De Spaak <klachten@despaak.example>\nVerzonden: dinsdag 3 november 2026 10:12\nAan: Sanne Verhoeven <s.verhoeven@mail.example>\nOnderwerp: Uw klacht"
OUTLOOK_EN = "From: Klantenservice De Spaak <klachten@despaak.example>\nSent: Tuesday, November 3, 2026 10:12 AM\nTo: Sanne Verhoeven <s.verhoeven@mail.example>\nSubject: Your complaint"

PROGRAMS = {
    "outlook": Program(
        {"nl": OUTLOOK_NL, "en": OUTLOOK_EN}, marks=False,
        page='<div class="WordSection1">{top}</div><div><div style="border:none;border-top:solid #E1E1E1 1.0pt"><p class="MsoNormal"><b>{lead}</b></p></div></div>{quote}',
    ),
    "outlook web": Program(
        {"nl": OUTLOOK_NL, "en": OUTLOOK_EN}, marks=False,
        page='<div dir="ltr">{top}</div><div id="appendonsend"></div><hr style="display:inline-block;width:98%"><div id="divRplyFwdMsg" dir="ltr"><font face="Calibri">{lead}</font><div>&nbsp;</div></div>{quote}',
    ),
    "outlook old": Program(
        {"nl": f"-----Oorspronkelijk bericht-----\n{OUTLOOK_NL}", "en": f"-----Original Message-----\n{OUTLOOK_EN}"}, marks=False
    ),
    "outlook android": Program(
        {"nl": f"________________________________\n{OUTLOOK_NL}", "en": f"________________________________\n{OUTLOOK_EN}"}, marks=False,
        own="Outlook voor Android downloaden<https://aka.ms/AAb9ysg>",
    ),
    "gmail": Program(
        {"nl": "Op di 3 nov 2026 om 10:12 schreef Klantenservice De Spaak <klachten@despaak.example>:",
         "en": "On Tue, Nov 3, 2026 at 10:12 AM Klantenservice De Spaak <klachten@despaak.example> wrote:"}, marks=True,
        page='<div dir="ltr">{top}</div><br><div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">{lead}<br></div><blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204)">{quote}</blockquote></div>{bottom}',
        wraps=True,
    ),
    "apple": Program(
        {"nl": "Op 3 nov. 2026, om 10:12 heeft Klantenservice De Spaak <klachten@despaak.example> het volgende geschreven:",
         "en": "On 3 Nov 2026, at 10:12, Klantenservice De Spaak <klachten@despaak.example> wrote:"}, marks=True,
        page='<html><body style="overflow-wrap: break-word;">{top}<div><br><blockquote type="cite"><div>{lead}</div><br class="Apple-interchange-newline"><div>{quote}</div></blockquote></div><br>{bottom}</body></html>',
    ),
    "iphone": Program(
        {"nl": "> Op 3 nov 2026 om 10:12 heeft Klantenservice De Spaak <klachten@despaak.example> het volgende geschreven:",
         "en": "> On 3 Nov 2026, at 10:12, Klantenservice De Spaak <klachten@despaak.example> wrote:"}, marks=True,
        page='<html><body dir="auto">{top}<div dir="ltr"><br><blockquote type="cite">{lead}<br><br></blockquote></div><blockquote type="cite"><div dir="ltr">{quote}</div></blockquote>{bottom}</body></html>',
        own="Verstuurd vanaf mijn iPhone",
    ),
    "thunderbird": Program(
        {"nl": "Op 03-11-2026 om 10:12 schreef Klantenservice De Spaak:", "en": "On 03/11/2026 10:12, Klantenservice De Spaak wrote:"}, marks=True,
        page='<p>{top}</p><div class="moz-cite-prefix">{lead}<br></div><blockquote type="cite" cite="mid:1@despaak.example">{quote}</blockquote>{bottom}',
    ),
    "samsung": Program(
        {"nl": "-------- Oorspronkelijk bericht --------\nVan: Klantenservice De Spaak <klachten@despaak.example>\nDatum: 03-11-2026 10:12 (GMT+01:00)\nAan: s.verhoeven@mail.example\nOnderwerp: Uw klacht",
         "en": "-------- Original message --------\nFrom: Klantenservice De Spaak <klachten@despaak.example>\nDate: 03/11/2026 10:12 (GMT+01:00)\nTo: s.verhoeven@mail.example\nSubject: Your complaint"}, marks=False,
        own="Verzonden vanaf mijn Galaxy-toestel",
    ),
    "yahoo": Program(
        {"nl": "Op dinsdag 3 november 2026 om 10:12:05 CET schreef Klantenservice De Spaak <klachten@despaak.example>:",
         "en": "On Tuesday, 3 November 2026 at 10:12:05 CET, Klantenservice De Spaak <klachten@despaak.example> wrote:"}, marks=False,
        page='<div>{top}</div><div id="yahoo_quoted_1" class="yahoo_quoted"><div><div>{lead}</div><div><br></div><div>{quote}</div></div></div>',
    ),
}  # fmt: skip


def mail_corpus() -> Iterator[MailCase]:
    """Give the mails: programs, languages, where somebody writes, how he signs, and plain or HTML, spread over each other."""
    yield from _first_mails()
    signs = list(SIGNED)
    turn = 0
    for program_name, program in PROGRAMS.items():
        for language in ("nl", "en"):
            for place in ("top", "bottom", "between"):
                if place != "top" and not program.marks:
                    continue
                for form in ("plain", "html", "both"):
                    if form != "plain" and not program.page:
                        continue
                    turn += 1
                    typed = TYPED[language][turn % len(TYPED[language])]
                    sign = signs[turn % len(signs)]
                    name = f"{program_name}, {language}, {place}, {form}, {sign}"
                    yield _reply(name, program, language, place, form, typed, SIGNED[sign])


def _first_mails() -> Iterator[MailCase]:
    """Give mails that answer nothing."""
    for language, texts in TYPED.items():
        for n, typed in enumerate(texts):
            for at, (sign, lines) in enumerate(SIGNED.items()):
                form = ("plain", "html", "both")[(n + at) % 3]
                text = "\n\n".join(typed)
                body = "\n\n".join(filter(None, (text, "\n".join(lines))))
                html = f"<div>{_page(typed)}{_page(['<br>'.join(lines)]) if lines else ''}</div>"
                data = _message("Klacht over mijn fiets", body, html, form, is_reply=False)
                yield MailCase(f"first, {language}, {n}, {form}, {sign}", text, lines, data)


def reply_of(program: Program, place: str, form: str, typed: tuple[str, ...]) -> MailCase | None:
    """Give one mail with words of somebody's own; None where a program cannot make it."""
    if (place != "top" and not program.marks) or (form == "html" and not program.page):
        return None
    return _reply("own", program, "nl", place, form, typed, SIGNED["wish"])


def _reply(
    name: str, program: Program, language: str, place: str, form: str, typed: tuple[str, ...], sign: tuple[str, ...]
) -> MailCase:
    asked, lead = ASKED[language], program.lead[language]
    own = (program.own,) if program.own else ()
    below = (*sign, *own)
    text = "\n\n".join(typed)
    mark = "> " if program.marks else ""
    shown_lead = lead if not (program.wraps and place == "top") else lead.replace(" <", " <\n", 1)
    quote = [f"{mark}{line}".rstrip() if line else mark.strip() for part in asked for line in (part, "")]
    if place == "top":
        plain = "\n".join([text, "", *below, "", shown_lead, mark.strip(), *quote])
        page = program.page.format(
            top=_page(typed, below), lead=_lines(lead.removeprefix("> ")), quote=_page(asked), bottom=""
        )
    elif place == "bottom":
        plain = "\n".join([shown_lead, mark.strip(), *quote, "", text, "", *below])
        page = program.page.format(
            top="", lead=_lines(lead.removeprefix("> ")), quote=_page(asked), bottom=_page(typed, below)
        )
    else:
        first, second = ANSWERS[language]
        text = "\n\n".join((typed[0], first, second))
        plain = "\n".join(
            [typed[0], "", shown_lead, *quote[:4], "", first, "", *quote[4:6], "", second, "", *below, "", *quote[6:]]
        )
        cite = '<blockquote type="cite" class="gmail_quote">{}</blockquote>'
        inside = (
            cite.format(_page(asked[:2])) + _page((first,)) + cite.format(_page(asked[2:3])) + _page((second,), below)
        )
        page = (
            f"<div>{_page(typed[:1])}</div><div class='moz-cite-prefix'>{_lines(lead.removeprefix('> '))}</div>{inside}"
        )
    data = _message("RE: Uw klacht" if language == "nl" else "Re: Your complaint", plain, page, form, is_reply=True)
    return MailCase(name, text, (*below, *asked, *lead.replace("> ", "").split("\n")), data)


def _page(paragraphs: tuple[str, ...] | list[str], sign: tuple[str, ...] = ()) -> str:
    told = "".join(f"<p>{_lines(each) if '<br>' not in each else each}</p>" for each in paragraphs)
    return told + (f"<div>{'<br>'.join(escape(line) for line in sign)}</div>" if sign else "")


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br>\n")


def _message(subject: str, plain: str, page: str, form: str, *, is_reply: bool) -> bytes:
    message = EmailMessage(policy=SMTP)
    message["From"] = f"{WRITER} <{ADDRESS}>"
    message["To"] = OFFICE
    message["Subject"] = subject
    message["Date"] = "Tue, 03 Nov 2026 18:30:00 +0100"
    message["Message-ID"] = "<typed@mail.example>"
    if is_reply:
        message["In-Reply-To"] = "<asked@despaak.example>"
    if form == "html":
        message.set_content(f"<html><body>{page}</body></html>", subtype="html")
    else:
        message.set_content(plain)
    if form == "both":
        message.add_alternative(f"<html><body>{page}</body></html>", subtype="html")
    return message.as_bytes()
