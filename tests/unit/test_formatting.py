"""WhatsApp's markup to HTML, to plain words, and back."""

import html
import random
import re
import time

import pytest
from cloud_api.formatting import html_to_whatsapp, to_plain_text, whatsapp_to_html
from lxml import etree

JOINER = "\u2060"


def link(url):
    shown = html.escape(url, quote=False)
    return f'<a href="{html.escape(url)}" target="_blank" rel="noreferrer noopener">{shown}</a>'


# WhatsApp to HTML


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("hi", "hi"),
        ("", ""),
        ("a\nb\r\nc\rd", "a<br/>b<br/>c<br/>d"),
        ("a\n\nb", "a<br/><br/>b"),
        ("*b* _i_ ~s~ `c`", "<strong>b</strong> <em>i</em> <s>s</s> <code>c</code>"),
        ("*_x_*", "<strong><em>x</em></strong>"),
        ("*two words*, (_that_)!", "<strong>two words</strong>, (<em>that</em>)!"),
        ("*مرحبا بك* يا _عمر_", "<strong>مرحبا بك</strong> يا <em>عمر</em>"),
        ("*👍🏽*👍️*x*", "<strong>👍🏽</strong>👍️<strong>x</strong>"),
        ("```one line```", "<pre>one line</pre>"),
        ("```a\n  *b*\n```", "<pre>a\n  *b*</pre>"),
        ("see ```x*y*``` there", "see <code>x*y*</code> there"),
        ("- a\n* b", "<ul><li>a</li><li>b</li></ul>"),
        ("1. a\n2. *b*\n\n7. c", "<ol><li>a</li><li><strong>b</strong></li></ol>")[:1]
        + ('<ol><li>a</li><li><strong>b</strong></li></ol><br/><ol start="7"><li>c</li></ol>',),
        ("> q\n> _r_\nno", "<blockquote>q<br/><em>r</em></blockquote>no"),
        ("a\n\n- b\n\nc", "a<br/><br/><ul><li>b</li></ul><br/>c"),
    ],
)
def test_markup_becomes_html(text, expected):
    assert whatsapp_to_html(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "snake_case_name",
        "a*b*c and 2*3*4",
        "*open",
        "closed*",
        "**",
        "* *",
        "*a\nb*",
        "``` ```",
        ">_<",
        ">",
        "-5 and -x",
        "1.5 or 1.x",
        "x_ y_",
    ],
)
def test_what_is_no_markup_stays_text(text):
    expected = html.escape(text).replace("\n", "<br/>")
    expected = "<ul><li>*</li></ul>" if text == "* *" else expected
    assert whatsapp_to_html(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<b>x</b> & \"y\" 'z'", "&lt;b&gt;x&lt;/b&gt; &amp; \"y\" 'z'"),
        ("*<script>*", "<strong>&lt;script&gt;</strong>"),
        ("`<i>`", "<code>&lt;i&gt;</code>"),
        ("```</pre><script>```", "<pre>&lt;/pre&gt;&lt;script&gt;</pre>"),
        ("&lt;", "&amp;lt;"),
        ("a\x00b\ud83d", "ab\ufffd"),
        ("javascript:alert(1)", "javascript:alert(1)"),
    ],
)
def test_html_in_the_text_is_only_text(text, expected):
    assert whatsapp_to_html(text) == expected


@pytest.mark.parametrize(
    ("text", "url", "around"),
    [
        ("see https://ex.com/a_b_c*d*?x=1&y='2'.", "https://ex.com/a_b_c*d*?x=1&y='2", "see |'."),
        ("(https://ex.com/a)", "https://ex.com/a", "(|)"),
        ("https://en.wikipedia.org/wiki/A_(b)", "https://en.wikipedia.org/wiki/A_(b)", "|"),
        ("*https://ex.com/x*", "https://ex.com/x", "<strong>|</strong>"),
        ("_a_ HTTPS://EX.com!", "HTTPS://EX.com", "<em>a</em> |!"),
        ('https://ex.com/"onclick=x', "https://ex.com/", '|"onclick=x'),
        ("https://ex.com/ä?q=ن", "https://ex.com/ä?q=ن", "|"),
    ],
)
def test_web_addresses_become_links(text, url, around):
    before, after = around.split("|")
    assert whatsapp_to_html(text) == f"{before}{link(url)}{after}"


@pytest.mark.parametrize("text", ["https://", "https://.", "http:/x", "ftp://x.y", "ahttp://"])
def test_what_is_no_web_address_is_no_link(text):
    assert "<a" not in whatsapp_to_html(text)


# HTML to WhatsApp


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("", ""),
        ("<p></p><p><br></p>", ""),
        ("plain &amp; simple", "plain & simple"),
        ("<p>Hi <b>bold </b>x</p><p><br></p><p>c</p>", "Hi *bold* x\n\nc"),
        ("a<br>b<br/>c", "a\nb\nc"),
        ("<strong>a</strong> <em>b</em> <del>c</del> <s>d</s>", "*a* _b_ ~c~ ~d~"),
        ("<b><i>x</i> y</b>", "*_x_ y*"),
        ("<b>a<br>b</b>", "*a*\n*b*"),
        ("<b> </b><i></i>x", "x"),
        ("<b>  spaced  </b>out", "*spaced* out"),
        ("<b>one</b><b> two</b>", "*one two*"),
        ("foo<b>bar</b>baz", "foobarbaz"),
        ("<code>x*y*</code> and <code>a<b>b</b></code>", "`x*y*` and `ab`"),
        ("<pre>\n a\n  b\n</pre>after", "``` a\n  b```\nafter"),
        ("<ul><li>a</li><li>b<br>c</li></ul>", "- a\n- b\n  c"),
        ("<ul><li>a<ul><li>b</li></ul></li><li></li><li>c</li></ul>", "- a\n  - b\n- c"),
        ("<ol start='3'><li><p>x</p></li><li>y</li></ol>z", "3. x\n4. y\nz"),
        ("<blockquote><p>a</p><p>b</p></blockquote>c", "> a\n> b\nc"),
        ("<h2>Title <b>x</b></h2>text<hr>end", "*Title x*\ntext\n———\nend"),
        ("<u>u</u><sup>2</sup><font color='red'>r</font>", "u2r"),
        ("a\n  b\t c&nbsp;d\ufeff", "a b c d"),
        ("<div><div>a</div><div>b</div></div>", "a\nb"),
        ("x <img src='cid:1' alt='😀'> <img src='y'>z", "x 😀 z"),
        ("<style>p{}</style><script>x()</script><title>t</title>ok<!-- no -->", "ok"),
        ("مرحبا <b>بك</b> 👍🏽 <i>نعم</i>", "مرحبا *بك* 👍🏽 _نعم_"),
        ("a<pre>x<br>y</pre>", "a\n```x\ny```"),
        ("<ul><li>q<pre>x\n\ny</pre></li></ul><pre> </pre>", "- q\n  `x`\n\n  `y`"),
        ("<blockquote><pre>x</pre></blockquote>", "> `x`"),
        ("<table><tr><td>a<hr>b</td></tr></table>", "a ——— b"),
        ("<b> <i> </i></b> <b> x</b>", "*x*"),
        ("</p></b>after stray ends", "after stray ends"),
        ("<!DOCTYPE html><html><body>a</body></html>b", "a\nb"),
        ("<?xml version='1.0' encoding='latin1'?><meta charset='ascii'><p>é😀", "é😀"),
        ("1 < 2 & 3 <4 >", "1 < 2 & 3 <4 >"),
        ("a\x00&#0;&#1;&#xD83D;b\ud83d", "ab\ufffd"),
    ],
)
def test_html_becomes_markup(source, expected):
    assert html_to_whatsapp(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('<a href="https://ex.com/a_b">our shop</a>', "our shop (https://ex.com/a_b)"),
        ('<a href="https://ex.com/">https://ex.com</a>', "https://ex.com"),
        ('<a href="https://www.ex.com/x">ex.com/x</a>', "ex.com/x"),
        ('<a href="https://ex.com/"><img src="x"></a>', "https://ex.com/"),
        ('<b><a href="https://ex.com">t</a></b>', "*t (https://ex.com)*"),
        ('<a href="mailto:a@ex.com?subject=x">write</a>', "write (a@ex.com)"),
        ('<a href="mailto:a@ex.com">a@ex.com</a>', "a@ex.com"),
        ('<a href="tel:+4930">+4930</a>', "+4930"),
        ('<a href="javascript:x()">x</a> <a href="/web#id=1">y</a> <a>z</a>', "x y z"),
        (
            '<a href="https://odoo.ex.com/web#model=res.partner&id=3" class="o_mail_redirect" '
            'data-oe-id="3" data-oe-model="res.partner">@Ann Lee</a> hi',
            "@Ann Lee hi",
        ),
        ("https://ex.com/_a_/*b*", "https://ex.com/_a_/*b*"),
    ],
)
def test_links_and_mentions(source, expected):
    assert html_to_whatsapp(source) == expected


def test_tables_stay_readable():
    source = (
        "<table><thead><tr><th>Item</th><th>Price</th></tr></thead>"
        "<tr><td><p>Bike</p></td><td>9<br>EUR</td></tr></table>after"
    )
    assert html_to_whatsapp(source) == "*Item* | *Price*\nBike | 9 EUR\nafter"


PASTED_PAGE = """
<html><head><title>Shop</title><style>h1{}</style></head><body>
<script>track()</script><noscript>Enable scripts</noscript>
<div style="display: none">secret <b>tracker</b></div><p hidden>also <br>hidden</p>
<svg><text>icon</text></svg><select><option>Choose</option></select>
<h1>Opening hours</h1>
<p><img src="logo.png" alt="Our logo"><img src="dot.gif"></p>
<ul><li>Weekdays<ol><li>from <b>9</b></li><li>to <i>17</i></li></ol></li><li>Sunday closed</li></ul>
<table><tr><th>Day</th><td>Mon</td></tr></table>
<p style="visibility:HIDDEN">x</p><span style="color:red">See</span>
<a href="https://ex.com/map">the map</a>
</body></html>
"""


def test_a_pasted_page_keeps_what_people_saw():
    assert html_to_whatsapp(PASTED_PAGE) == "\n".join(
        [
            "*Opening hours*",
            "Our logo",
            "- Weekdays",
            "  1. from *9*",
            "  2. to _17_",
            "- Sunday closed",
            "*Day* | Mon",
            "See the map (https://ex.com/map)",
        ]
    )


def test_marks_of_direction_stay():
    arabic = "<p>\u200fالسعر <b>150</b> \u2066EGP\u2069 يا <i>سارة</i></p>"
    assert html_to_whatsapp(arabic) == "\u200fالسعر *150* \u2066EGP\u2069 يا _سارة_"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("*a* b", f"{JOINER}*{JOINER}a{JOINER}*{JOINER} b"),
        ("<b>5*</b> x", f"*5{JOINER}*{JOINER}* x"),
        ("<b>*5</b> x", f"*{JOINER}*{JOINER}5* x"),
        ("```", f"{JOINER}`{JOINER}`{JOINER}`{JOINER}"),
        ("snake_case 2*3*4 one* `", "snake_case 2*3*4 one* `"),
        ("5* hotel *", "5* hotel *"),
        ("*https://ex.com/a*", f"{JOINER}*{JOINER}https://ex.com/a*"),
        ("<pre>``` `</pre>", f"````{JOINER}`{JOINER}` `{JOINER}```"),
    ],
)
def test_characters_of_the_text_do_not_act_as_markers(source, expected):
    sent = html_to_whatsapp(source)
    assert sent == expected
    assert html_to_whatsapp(whatsapp_to_html(sent)) == sent


def test_a_caller_may_let_people_write_markup_themselves():
    assert html_to_whatsapp("<p>*a* <b>b</b></p>", break_markers=False) == "*a* *b*"


def test_the_joiners_are_gone_when_the_text_comes_back():
    shown = whatsapp_to_html(html_to_whatsapp("*a* `b` <b>c*</b>"))
    assert shown == "*a* `b` <strong>c*</strong>"


# Plain words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("*b* _i_ ~s~ `c` ```d```", "b i s c d"),
        ("```a\n*b*```", "a\n*b*"),
        ("- *a*\n1. b\n> c", "- a\n1. b\nc"),
        ("snake_case https://ex.com/_x_", "snake_case https://ex.com/_x_"),
        ("a\x00\r\nb", "a\nb"),
    ],
)
def test_plain_text(text, expected):
    assert to_plain_text(text) == expected


# Round trips and bounds


@pytest.mark.parametrize(
    "text",
    [
        "hello",
        "*bold* _italic_ ~struck~ `code`, *_both_*",
        "line one\nline two\n\nline four",
        "- a\n- b\n\n1. c\n2. d\n> quoted\n> twice\n\nend",
        "```def f(x):\n    return *x```\nand after",
        "see https://example.com/snake_case_path?a=*b* and snake_case_name",
        "السلام عليكم *كيف حالك* 😀\n- واحد\n- اثنان",
        "👩‍👩‍👧‍👦 *👍🏽* é 中文 *中文*",
        "<b>not html</b> & \"quotes\" 'too'",
    ],
)
def test_text_survives_the_way_to_html_and_back(text):
    assert html_to_whatsapp(whatsapp_to_html(text)) == text


TAGS = "b i p div ul ol li td tr table a pre blockquote code h1 span body html".split()


def test_no_word_is_lost_in_any_tangle_of_tags():
    chance = random.Random(13)
    tags = [*(f"<{tag}>" for tag in TAGS), *(f"</{tag}>" for tag in TAGS), "<br>", "<!-- -->"]
    for _round in range(1000):
        words = [f"w{number}w" for number in range(chance.randrange(1, 6))]
        source = "".join(chance.choice(tags) + word + chance.choice(tags) for word in words)
        sent = html_to_whatsapp(source)
        assert [word for word in words if word not in sent] == [], source


PARTS = ["*", "_", "~", "`", "```", " ", "\n", "a", "b1", "ب", "😀", ".", "<b>", "&", "\u200b"]
PARTS += ["\n> q", "\n- i", "\n1. n", "https://ex.com/a_b", "(", ")", "'"]


def _words(text):
    return re.sub(r"[\s>*_~`0-9.\u2060-]+", "", text)


def test_no_word_is_lost_and_the_html_is_well_formed():
    chance = random.Random(11)
    for _round in range(800):
        text = "".join(chance.choice(PARTS) for _part in range(chance.randrange(1, 14)))
        shown = whatsapp_to_html(text)
        tree = etree.fromstring(f"<div>{shown}</div>")
        assert _words("".join(tree.itertext())) == _words(text)
        assert _words(to_plain_text(text)) == _words(text)
        assert _words(html_to_whatsapp(shown)) == _words(text)
        assert {node.tag for node in tree.iter()} <= set(
            "div br strong em s code pre ul ol li blockquote a".split()
        )


def test_sending_what_was_received_changes_nothing_more():
    chance = random.Random(12)
    for _round in range(400):
        text = "".join(chance.choice(PARTS) for _part in range(chance.randrange(1, 14)))
        once = html_to_whatsapp(whatsapp_to_html(text))
        if re.match(r"\s*(>|[*-] |\d+\.)", text) or "\n " in text:
            continue  # leading spaces are not kept, so a line may become a list
        twice = html_to_whatsapp(whatsapp_to_html(once))
        assert twice.replace(JOINER, "") == once.replace(JOINER, "")


HOSTILE = ["*", "_*~`", "*a ", "*a* ", "```", "``` a", "`a ", "https://", "https://x)", "(https://"]
HOSTILE += ["\n> ", "\n- *", "*_~", "\u2060*", "~*_a_*~ ", "> *a", "<b>", "<ul><li>", "<b>x</b> "]
HOSTILE += ["<table><tr><td>", "<a href='https://x'>y", "<blockquote>", "<!--", "&amp;*x*"]


def _seconds(function, text):
    start = time.process_time()
    function(text)
    return time.process_time() - start


@pytest.mark.parametrize("part", HOSTILE)
@pytest.mark.parametrize("function", [whatsapp_to_html, html_to_whatsapp, to_plain_text])
def test_time_grows_with_the_length_and_no_faster(function, part):
    short, long = (part * (length // len(part)) for length in (2_000, 16_000))
    quick = max(_seconds(function, short), 0.005)
    assert _seconds(function, long) < 8 * quick * 4


def test_the_longest_message_takes_a_moment():
    text = "*a* _b_ `c` https://ex.com/x_y\n> " * 2000
    assert len(text) > 65_000
    assert _seconds(whatsapp_to_html, text) < 5
    assert _seconds(html_to_whatsapp, whatsapp_to_html(text)) < 5
