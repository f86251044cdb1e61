"""An explanation as one HTML page that needs nothing else: messages with what hit in them marked.

displaCy draws the marks; the page around it is ours, because displaCy's has no dark colours.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from spacy import displacy

from notalone.instruments.conversation_file import Conversation
from notalone.instruments.explain import Explained, Explanation, Sign
from notalone.instruments.explain_text import author_of, describe, sign_label
from notalone.instruments.explain_words import LEVELS, Language
from notalone.model import STAGES
from notalone.wording import STAGE_NAMES

# Dark words on pale, pale words on dark: each pair above 7:1. The label says the stage too.
_STYLE = """
:root { color-scheme: light dark; --page: #fff; --ink: #1b1b1f; --line: #b9bcc6;
  --contact: #d9e2ff; --trust: #cfeee0; --isolate: #ffe3b8; --secrecy: #f3d7fb; --demand: #ffd9d4;
  --none: #e6e6ea }
@media (prefers-color-scheme: dark) { :root { --page: #16171b; --ink: #ececf1; --line: #555a66;
  --contact: #26386e; --trust: #14503a; --isolate: #5c3d00; --secrecy: #55246a; --demand: #6b1f1a;
  --none: #3a3b42 } }
body { background: var(--page); color: var(--ink); font: 1rem/1.6 system-ui, sans-serif;
  max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
.message { border: 1px solid var(--line); border-radius: .6rem; padding: .3rem 1rem;
  margin: .6rem 15% .6rem 0 }
.message.mine { margin: .6rem 0 .6rem 15% }
.message > p { margin: 0; font-size: .85rem }
.entities { white-space: pre-wrap; overflow-wrap: anywhere }
mark { color: inherit; border-radius: .3rem; padding: .15rem .3rem; background: var(--none) }
mark small { font-weight: 600; margin-left: .4rem }
pre { overflow-x: auto; font-size: .85rem; border-top: 1px solid var(--line); padding-top: 1rem }
""" + "\n".join(f"mark.{stage} {{ background: var(--{stage}) }}" for stage in STAGES)

_PAGE = """\
<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
{body}
</body>
</html>
"""
_MARK = '<mark class="{stage}">{text}<small>{label}</small></mark>'


def draw(
    explained: Sequence[tuple[Conversation, Explanation]], *, language: Language = "vi"
) -> str:
    """The page for some conversations, one after the other."""
    body = "\n".join(
        part
        for conversation, explanation in explained
        for part in _conversation(conversation, explanation, language)
    )
    return _PAGE.format(language=language, title="notalone rules explain", style=_STYLE, body=body)


def _conversation(
    conversation: Conversation, explanation: Explanation, language: Language
) -> Iterable[str]:
    level = LEVELS[explanation.weighed.level]
    said = level.vi if language == "vi" else level.en
    title = f"{said} · {conversation.title}" if conversation.title else said
    yield f"<h1>{escape(title)}</h1>"
    yield f"<p>{_legend(language)}</p>"
    for one in explanation.messages:
        yield _message(one, language)
    text = "\n".join(describe(conversation, explanation, language=language))
    yield f"<pre>{escape(text)}</pre>"


def _legend(language: Language) -> str:
    return " ".join(
        f'<mark class="{stage}">{escape(name.vi if language == "vi" else name.en)}</mark>'
        for stage, name in STAGE_NAMES.items()
    )


def _message(one: Explained, language: Language) -> str:
    drawn = displacy.render(
        {"text": one.message.text, "ents": _marks(one.signs, language)},
        style="ent",
        manual=True,
        jupyter=False,
        options={"template": _MARK},
    )
    kind = "message mine" if one.message.from_me else "message"
    author = escape(f"{one.message.id} · {author_of(one.message, language=language)}")
    return f'<div class="{kind}"><p>{author}</p>{drawn}</div>'


def _marks(signs: Iterable[Sign], language: Language) -> list[dict[str, object]]:
    """One mark for each stretch of text; signs that overlap share it."""
    marks: list[dict[str, object]] = []
    end = -1
    stretch: list[Sign] = []
    for sign in sorted(signs, key=lambda sign: (sign.start, sign.end)):
        if stretch and sign.start >= end:
            marks.append(_mark(stretch, language))
            stretch = []
        stretch.append(sign)
        end = max(end, sign.end)
    return [*marks, _mark(stretch, language)] if stretch else marks


def _mark(stretch: Sequence[Sign], language: Language) -> dict[str, object]:
    counted = [sign for sign in stretch if sign.fate == "counted"]
    loudest = max(counted, key=lambda sign: sign.counted, default=None)
    said = [sign for sign in stretch if sign.fate != "again"] or stretch
    labels = dict.fromkeys(sign_label(sign, language=language) for sign in said)
    return {
        "start": min(sign.start for sign in stretch),
        "end": max(sign.end for sign in stretch),
        "label": escape(" + ".join(labels)),
        "params": {"stage": loudest.signal.stage if loudest else "none"},
    }
