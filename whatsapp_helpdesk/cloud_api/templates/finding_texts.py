"""The words for findings in English: what is wrong, why it matters, what to do.

Whoever shows findings translates them; words in braces are facts of the finding, ``{part}`` and
``{variable}`` among them.
"""

from dataclasses import dataclass

from .finding import Finding
from .word_lists import GROUP_NAMES


@dataclass(frozen=True, slots=True)
class FindingText:
    """What is wrong, why Meta minds, and what to do about it."""

    what: str
    why: str
    advice: str


def explain(finding: Finding) -> FindingText:
    """Return the English words for ``finding``."""
    text = TEXTS[finding.code]
    group = {"group": GROUP_NAMES[finding.facts["group"]]} if "group" in finding.facts else {}
    facts = {"part": finding.part, "variable": finding.variable, **finding.facts, **group}
    return FindingText(*(part.format_map(facts) for part in (text.what, text.why, text.advice)))


_REFUSED = "Meta refuses such templates as soon as they are submitted."
_REJECTED = "Meta's reviewers often reject such templates."
_PLAIN = "Meta allows only plain letters there."

TEXTS: dict[str, FindingText] = {
    # Name and frame
    "name_missing": FindingText(
        "The template has no name.", _REFUSED, "Give it a short name such as order_confirmation."
    ),
    "name_pattern": FindingText(
        "The name {name} has characters that are not allowed.",
        "Names at Meta have only small Latin letters, digits and underscores.",
        "Use a name such as order_confirmation.",
    ),
    "language_missing": FindingText(
        "The template has no language.", _REFUSED, "Choose the language that it is written in."
    ),
    "language_unknown": FindingText(
        "Meta may not have the language {language}.",
        "Templates can only be submitted in languages that Meta offers.",
        "Choose another language, or submit and see.",
    ),
    "category_missing": FindingText(
        "The template has no category.",
        _REFUSED,
        "Choose utility for news of an order or a ticket, marketing for all else.",
    ),
    "authentication_fixed": FindingText(
        "The text of an authentication template cannot be written here.",
        "Meta words authentication templates itself.",
        "Create it in WhatsApp Manager; it will appear here.",
    ),
    "ttl_range": FindingText(
        "A validity of {seconds} seconds is not allowed in this category.",
        "Meta takes {low} to {high} seconds.",
        "Change the validity, or leave it empty for Meta's default.",
    ),
    "component_unknown": FindingText(
        "The template has a part of the kind {kind}, which is not known here.",
        "It cannot be checked.",
        "Check the template in WhatsApp Manager.",
    ),
    # Texts
    "text_missing": FindingText(
        "There is no text in {part}.", _REFUSED, "Write a text, or remove this part."
    ),
    "too_long": FindingText(
        "{part} has {actual} characters.", "Meta takes at most {maximum}.", "Shorten it."
    ),
    "line_break": FindingText("There is a line break in {part}.", _PLAIN, "Write it in one line."),
    "emoji": FindingText("There is the emoji {emoji} in {part}.", _PLAIN, "Remove the emoji."),
    "markup": FindingText(
        "There is formatting ({text}) in {part}.", _PLAIN, "Remove the formatting characters."
    ),
    "blank_lines": FindingText(
        "There are {actual} line ends in a row in {part}.",
        "Meta takes at most {maximum}.",
        "Remove empty lines.",
    ),
    "wide_gap": FindingText(
        "There are more than four spaces in a row in {part}.",
        _REJECTED,
        "Use one space, or a line break.",
    ),
    "too_many_emoji": FindingText(
        "There are {actual} emoji in {part}.",
        "Meta takes at most {maximum} in marketing templates.",
        "Remove some.",
    ),
    # Variables
    "variable_at_start": FindingText(
        "The text starts with the variable {variable}.",
        "Meta refuses texts that start with a variable.",
        "Write words before it, such as a greeting.",
    ),
    "variable_at_end": FindingText(
        "The text ends with the variable {variable}.",
        "Meta refuses texts that end with a variable.",
        "Write words after it, such as a thank-you.",
    ),
    "variables_adjacent": FindingText(
        "The variables {other} and {variable} stand side by side.",
        "Meta wants words between variables.",
        "Write words between them, or make them one variable.",
    ),
    "variables_not_sequential": FindingText(
        "The numbers of the variables have gaps.",
        "Numbered variables have to be {expected}.",
        "Number them again from 1.",
    ),
    "variable_name": FindingText(
        "The name of the variable {variable} is not allowed.",
        "Names of variables have only small Latin letters, digits and underscores.",
        "Use a name such as first_name.",
    ),
    "variable_number": FindingText(
        "The variable {variable} has a number, the others have names.",
        "A template has either numbers or names.",
        "Give it a name, or use numbers throughout.",
    ),
    "variable_word": FindingText(
        "The variable {variable} has a name, the others have numbers.",
        "A template has either numbers or names.",
        "Give it a number, or use names throughout.",
    ),
    "variable_malformed": FindingText(
        "Something here looks like a variable and is none: {text}",
        "Variables are written as {{{{1}}}} or {{{{first_name}}}}, without spaces.",
        "Correct the brackets.",
    ),
    "single_braces": FindingText(
        "{text} has single brackets.",
        "Customers would see the brackets: variables are written as {{{{1}}}}.",
        "Double the brackets if it is to be a variable.",
    ),
    "variable_not_allowed": FindingText(
        "There is the variable {variable} in {part}.",
        "Meta takes no variables there.",
        "Write the text without it.",
    ),
    "too_many_variables": FindingText(
        "{count} variables are many for {words} words.",
        "Meta refuses texts that are mostly variables: it wants {needed} words.",
        "Write more text, or use fewer variables.",
    ),
    "sample_missing": FindingText(
        "The variable {variable} has no example.",
        "Reviewers at Meta see the template with examples only.",
        "Enter a typical value, not that of a real customer.",
    ),
    "sample_is_variable": FindingText(
        "The example of the variable {variable} is itself a variable.",
        "Reviewers at Meta need a typical value.",
        "Enter a typical value.",
    ),
    "sample_line_break": FindingText(
        "The example of the variable {variable} has a line break or a tab.",
        "Values of variables have to be in one line, and so have examples.",
        "Write it in one line.",
    ),
    # Header
    "header_unknown": FindingText(
        "Headers of the kind {format} are not known here.",
        "They can be neither filled in nor checked.",
        "Choose another header.",
    ),
    "header_variables": FindingText(
        "The header has {count} variables.", "Meta takes one at most.", "Move some to the text."
    ),
    "media_sample_missing": FindingText(
        "The header ({format}) has no example file.",
        "Reviewers at Meta need one; customers will get the real file.",
        "Add an example file.",
    ),
    "media_sample_address": FindingText(
        "The example file of the header ({format}) has to be given again.",
        "Meta does not keep it for new versions of the template.",
        "Add an example file.",
    ),
    # Buttons
    "too_many_buttons": FindingText(
        "There are {actual} buttons.", "Meta takes at most {maximum}.", "Remove some."
    ),
    "too_many_of_kind": FindingText(
        "There are {actual} buttons of the kind {kind}.",
        "Meta takes at most {maximum} of them.",
        "Remove some.",
    ),
    "quick_replies_split": FindingText(
        "Quick replies and other buttons are mixed.",
        "Meta wants all quick replies together, before or after the others.",
        "Move the quick replies together.",
    ),
    "label_twice": FindingText(
        "Two buttons are called {label}.",
        "Meta refuses buttons with the same text, and answers could not be told apart.",
        "Give each button a text of its own.",
    ),
    "button_unknown": FindingText(
        "Buttons of the kind {kind} are not known here.",
        "They cannot be checked.",
        "Check the template in WhatsApp Manager.",
    ),
    "url_missing": FindingText(
        "The button opens no address.", _REFUSED, "Enter an address that starts with https://."
    ),
    "url_invalid": FindingText(
        "{url} is no address of the web.",
        "Its server has to stand there in full, without a variable.",
        "Enter an address that starts with https:// and the name of your site.",
    ),
    "url_variable": FindingText(
        "The variable of the address is not at its end, or there are several.",
        "Meta takes one variable, as the last part of an address.",
        "Move it to the end.",
    ),
    "url_variable_name": FindingText(
        "The variable of the address is called {variable}.",
        "In addresses it is always {{{{1}}}}.",
        "Write {{{{1}}}}.",
    ),
    "url_of_chat": FindingText(
        "The button leads back to WhatsApp ({host}).",
        _REJECTED,
        "Use a quick reply instead: the customer is in the chat already.",
    ),
    "url_short": FindingText(
        "The address is a shortened one ({host}).",
        "Meta rejects addresses that hide where they lead.",
        "Use the full address of your own site.",
    ),
    "phone_missing": FindingText(
        "The button calls no number.", _REFUSED, "Enter a number with + and country code."
    ),
    "phone_invalid": FindingText(
        "{number} is no international phone number.",
        "Customers abroad could not call it.",
        "Enter a number with + and country code.",
    ),
    "code_missing": FindingText(
        "The button that copies a code has no example.",
        "Reviewers at Meta need one.",
        "Enter a typical code.",
    ),
    "flow_missing": FindingText(
        "The button opens no form.", _REFUSED, "Enter the id of a flow from WhatsApp Manager."
    ),
    # Offers and cards
    "offer_category": FindingText(
        "A limited-time offer is not in the category marketing.",
        "Meta takes offers in marketing templates only.",
        "Choose the category marketing.",
    ),
    "offer_footer": FindingText(
        "A template with a limited-time offer has a footer.", _REFUSED, "Remove the footer."
    ),
    "offer_header": FindingText(
        "The header of a limited-time offer is neither picture nor video.",
        _REFUSED,
        "Choose a picture or a video, or no header.",
    ),
    "offer_button": FindingText(
        "A limited-time offer has no button with an address.",
        _REFUSED,
        "Add a button that opens the offer.",
    ),
    "cards_count": FindingText(
        "The carousel has {actual} cards.", "Meta takes {low} to {high}.", "Add or remove cards."
    ),
    "cards_differ": FindingText(
        "This card is built unlike the first one.",
        "All cards need the same kind of header and the same buttons in the same order.",
        "Build it like the first card.",
    ),
    "card_header": FindingText(
        "The card has neither picture nor video.", _REFUSED, "Choose a picture or a video."
    ),
    "card_lines": FindingText(
        "The text of the card has {actual} line breaks.",
        "Meta takes at most {maximum}.",
        "Remove some.",
    ),
    "card_buttons": FindingText(
        "The card has {actual} buttons.", "A card has 1 to {maximum}.", "Add or remove buttons."
    ),
    "carousel_extra": FindingText(
        "A template with cards has a {part} of its own.",
        "Beside its cards such a template has a text only.",
        "Remove it, or put it on the cards.",
    ),
    # Words
    "promotion_words": FindingText(
        "Words of advertising in a utility template: {words}.",
        "Meta approves such templates as marketing, which costs more, and limits businesses that "
        "do it often.",
        "Leave these words out, or choose the category marketing.",
    ),
    "utility_without_variable": FindingText(
        "The utility template has no variable.",
        "Utility templates are about one order, payment or request; a text that is the same for "
        "everybody is often made marketing.",
        "Name the order or the ticket with a variable.",
    ),
    "code_words": FindingText(
        "The text seems to send a code: {words}.",
        "Meta takes codes in authentication templates only.",
        "Create an authentication template in WhatsApp Manager.",
    ),
    "sensitive_request": FindingText(
        "The text mentions personal secrets: {words}.",
        "Meta forbids to ask for full numbers of cards, accounts or identity papers.",
        "Do not ask for them in the chat; link to your own site.",
    ),
    "banned_goods": FindingText(
        "The text seems to be about {group}: {words}.",
        "WhatsApp's commerce policy bans them; offences can block the whole account.",
        "Do not offer them on WhatsApp. If the words mean something else, submit it.",
    ),
}
