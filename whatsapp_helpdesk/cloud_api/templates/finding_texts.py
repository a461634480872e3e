"""The words for findings in English: what is wrong, why it matters, what to do.

Whoever shows findings translates them; words in braces are facts of the finding, ``{part}`` and
``{variable}`` among them.
"""

from collections.abc import Callable
from dataclasses import dataclass

from .finding import Finding
from .word_lists import GROUP_NAMES


@dataclass(frozen=True, slots=True)
class FindingText:
    """What is wrong, why Meta minds, and what to do about it."""

    what: str
    why: str
    advice: str


def _(text: str) -> str:
    """Mark a text that is translated where it is shown."""
    return text


def _as_it_is(_fact: str, value: str | int) -> str | int:
    return value


def explain(
    finding: Finding,
    translate: Callable[[str], str] = _,
    describe: Callable[[str, str | int], str | int] = _as_it_is,
) -> FindingText:
    """Return the words for ``finding``.

    :param translate: gives an English text in the reader's language
    :param describe: gives the reader's words for a fact, by its name and value; groups of banned
        goods are translated already
    """
    text = TEXTS[finding.code]
    facts = {"part": finding.part, "variable": finding.variable, **finding.facts}
    if "group" in facts:
        facts["group"] = translate(GROUP_NAMES[facts["group"]])
    described = {name: describe(name, value) for name, value in facts.items()}
    return FindingText(
        *(translate(part).format_map(described) for part in (text.what, text.why, text.advice))
    )


_REFUSED = _("Meta refuses such templates as soon as they are submitted.")
_REJECTED = _("Meta's reviewers often reject such templates.")
_PLAIN = _("Meta allows only plain letters there.")

TEXTS: dict[str, FindingText] = {
    # Name and frame
    "name_missing": FindingText(
        _("The template has no name."),
        _REFUSED,
        _("Give it a short name such as order_confirmation."),
    ),
    "name_pattern": FindingText(
        _("The name {name} has characters that are not allowed."),
        _("Names at Meta have only small Latin letters, digits and underscores."),
        _("Use a name such as order_confirmation."),
    ),
    "language_missing": FindingText(
        _("The template has no language."),
        _REFUSED,
        _("Choose the language that it is written in."),
    ),
    "language_unknown": FindingText(
        _("Meta may not have the language {language}."),
        _("Templates can only be submitted in languages that Meta offers."),
        _("Choose another language, or submit and see."),
    ),
    "category_missing": FindingText(
        _("The template has no category."),
        _REFUSED,
        _("Choose utility for news of an order or a ticket, marketing for all else."),
    ),
    "authentication_fixed": FindingText(
        _("The text of an authentication template cannot be written here."),
        _("Meta words authentication templates itself."),
        _("Create it in WhatsApp Manager; it will appear here."),
    ),
    "ttl_range": FindingText(
        _("A validity of {seconds} seconds is not allowed in this category."),
        _("Meta takes {low} to {high} seconds."),
        _("Change the validity, or leave it empty for Meta's default."),
    ),
    "component_unknown": FindingText(
        _("The template has a part of the kind {kind}, which is not known here."),
        _("It cannot be checked."),
        _("Check the template in WhatsApp Manager."),
    ),
    # Texts
    "text_missing": FindingText(
        _("There is no text in {part}."), _REFUSED, _("Write a text, or remove this part.")
    ),
    "too_long": FindingText(
        _("{part} has {actual} characters."), _("Meta takes at most {maximum}."), _("Shorten it.")
    ),
    "line_break": FindingText(
        _("There is a line break in {part}."), _PLAIN, _("Write it in one line.")
    ),
    "emoji": FindingText(
        _("There is the emoji {emoji} in {part}."), _PLAIN, _("Remove the emoji.")
    ),
    "markup": FindingText(
        _("There is formatting ({text}) in {part}."), _PLAIN, _("Remove the formatting characters.")
    ),
    "blank_lines": FindingText(
        _("There are {actual} line ends in a row in {part}."),
        _("Meta takes at most {maximum}."),
        _("Remove empty lines."),
    ),
    "wide_gap": FindingText(
        _("There are more than four spaces in a row in {part}."),
        _REJECTED,
        _("Use one space, or a line break."),
    ),
    "too_many_emoji": FindingText(
        _("There are {actual} emoji in {part}."),
        _("Meta takes at most {maximum} in marketing templates."),
        _("Remove some."),
    ),
    # Variables
    "variable_at_start": FindingText(
        _("The text starts with the variable {variable}."),
        _("Meta refuses texts that start with a variable."),
        _("Write words before it, such as a greeting."),
    ),
    "variable_at_end": FindingText(
        _("The text ends with the variable {variable}."),
        _("Meta refuses texts that end with a variable."),
        _("Write words after it, such as a thank-you."),
    ),
    "variables_adjacent": FindingText(
        _("The variables {other} and {variable} stand side by side."),
        _("Meta wants words between variables."),
        _("Write words between them, or make them one variable."),
    ),
    "variables_not_sequential": FindingText(
        _("The numbers of the variables have gaps."),
        _("Numbered variables have to be {expected}."),
        _("Number them again from 1."),
    ),
    "variable_name": FindingText(
        _("The name of the variable {variable} is not allowed."),
        _("Names of variables have only small Latin letters, digits and underscores."),
        _("Use a name such as first_name."),
    ),
    "variable_number": FindingText(
        _("The variable {variable} has a number, the others have names."),
        _("A template has either numbers or names."),
        _("Give it a name, or use numbers throughout."),
    ),
    "variable_word": FindingText(
        _("The variable {variable} has a name, the others have numbers."),
        _("A template has either numbers or names."),
        _("Give it a number, or use names throughout."),
    ),
    "variable_malformed": FindingText(
        _("Something here looks like a variable and is none: {text}"),
        _("Variables are written as {{{{1}}}} or {{{{first_name}}}}, without spaces."),
        _("Correct the brackets."),
    ),
    "single_braces": FindingText(
        _("{text} has single brackets."),
        _("Customers would see the brackets: variables are written as {{{{1}}}}."),
        _("Double the brackets if it is to be a variable."),
    ),
    "variable_not_allowed": FindingText(
        _("There is the variable {variable} in {part}."),
        _("Meta takes no variables there."),
        _("Write the text without it."),
    ),
    "too_many_variables": FindingText(
        _("{count} variables are many for {words} words."),
        _("Meta refuses texts that are mostly variables: it wants {needed} words."),
        _("Write more text, or use fewer variables."),
    ),
    "sample_missing": FindingText(
        _("The variable {variable} has no example."),
        _("Reviewers at Meta see the template with examples only."),
        _("Enter a typical value, not that of a real customer."),
    ),
    "sample_is_variable": FindingText(
        _("The example of the variable {variable} is itself a variable."),
        _("Reviewers at Meta need a typical value."),
        _("Enter a typical value."),
    ),
    "sample_line_break": FindingText(
        _("The example of the variable {variable} has a line break or a tab."),
        _("Values of variables have to be in one line, and so have examples."),
        _("Write it in one line."),
    ),
    # Header
    "header_unknown": FindingText(
        _("Headers of the kind {format} are not known here."),
        _("They can be neither filled in nor checked."),
        _("Choose another header."),
    ),
    "header_variables": FindingText(
        _("The header has {count} variables."),
        _("Meta takes one at most."),
        _("Move some to the text."),
    ),
    "media_sample_missing": FindingText(
        _("The header ({format}) has no example file."),
        _("Reviewers at Meta need one; customers will get the real file."),
        _("Add an example file."),
    ),
    "media_sample_address": FindingText(
        _("The example file of the header ({format}) has to be given again."),
        _("Meta does not keep it for new versions of the template."),
        _("Add an example file."),
    ),
    # Buttons
    "too_many_buttons": FindingText(
        _("There are {actual} buttons."), _("Meta takes at most {maximum}."), _("Remove some.")
    ),
    "too_many_of_kind": FindingText(
        _("There are {actual} buttons of the kind {kind}."),
        _("Meta takes at most {maximum} of them."),
        _("Remove some."),
    ),
    "quick_replies_split": FindingText(
        _("Quick replies and other buttons are mixed."),
        _("Meta wants all quick replies together, before or after the others."),
        _("Move the quick replies together."),
    ),
    "label_twice": FindingText(
        _("Two buttons are called {label}."),
        _("Meta refuses buttons with the same text, and answers could not be told apart."),
        _("Give each button a text of its own."),
    ),
    "button_unknown": FindingText(
        _("Buttons of the kind {kind} are not known here."),
        _("They cannot be checked."),
        _("Check the template in WhatsApp Manager."),
    ),
    "url_missing": FindingText(
        _("The button opens no address."),
        _REFUSED,
        _("Enter an address that starts with https://."),
    ),
    "url_invalid": FindingText(
        _("{url} is no address of the web."),
        _("Its server has to stand there in full, without a variable."),
        _("Enter an address that starts with https:// and the name of your site."),
    ),
    "url_variable": FindingText(
        _("The variable of the address is not at its end, or there are several."),
        _("Meta takes one variable, as the last part of an address."),
        _("Move it to the end."),
    ),
    "url_variable_name": FindingText(
        _("The variable of the address is called {variable}."),
        _("In addresses it is always {{{{1}}}}."),
        _("Write {{{{1}}}}."),
    ),
    "url_of_chat": FindingText(
        _("The button leads back to WhatsApp ({host})."),
        _REJECTED,
        _("Use a quick reply instead: the customer is in the chat already."),
    ),
    "url_short": FindingText(
        _("The address is a shortened one ({host})."),
        _("Meta rejects addresses that hide where they lead."),
        _("Use the full address of your own site."),
    ),
    "phone_missing": FindingText(
        _("The button calls no number."), _REFUSED, _("Enter a number with + and country code.")
    ),
    "phone_invalid": FindingText(
        _("{number} is no international phone number."),
        _("Customers abroad could not call it."),
        _("Enter a number with + and country code."),
    ),
    "code_missing": FindingText(
        _("The button that copies a code has no example."),
        _("Reviewers at Meta need one."),
        _("Enter a typical code."),
    ),
    "flow_missing": FindingText(
        _("The button opens no form."), _REFUSED, _("Enter the id of a flow from WhatsApp Manager.")
    ),
    # Offers and cards
    "offer_category": FindingText(
        _("A limited-time offer is not in the category marketing."),
        _("Meta takes offers in marketing templates only."),
        _("Choose the category marketing."),
    ),
    "offer_footer": FindingText(
        _("A template with a limited-time offer has a footer."), _REFUSED, _("Remove the footer.")
    ),
    "offer_header": FindingText(
        _("The header of a limited-time offer is neither picture nor video."),
        _REFUSED,
        _("Choose a picture or a video, or no header."),
    ),
    "offer_button": FindingText(
        _("A limited-time offer has no button with an address."),
        _REFUSED,
        _("Add a button that opens the offer."),
    ),
    "cards_count": FindingText(
        _("The carousel has {actual} cards."),
        _("Meta takes {low} to {high}."),
        _("Add or remove cards."),
    ),
    "cards_differ": FindingText(
        _("This card is built unlike the first one."),
        _("All cards need the same kind of header and the same buttons in the same order."),
        _("Build it like the first card."),
    ),
    "card_header": FindingText(
        _("The card has neither picture nor video."), _REFUSED, _("Choose a picture or a video.")
    ),
    "card_lines": FindingText(
        _("The text of the card has {actual} line breaks."),
        _("Meta takes at most {maximum}."),
        _("Remove some."),
    ),
    "card_buttons": FindingText(
        _("The card has {actual} buttons."),
        _("A card has 1 to {maximum}."),
        _("Add or remove buttons."),
    ),
    "carousel_extra": FindingText(
        _("A template with cards has a {part} of its own."),
        _("Beside its cards such a template has a text only."),
        _("Remove it, or put it on the cards."),
    ),
    # Words
    "promotion_words": FindingText(
        _("Words of advertising in a utility template: {words}."),
        _(
            "Meta approves such templates as marketing, which costs more, and limits businesses "
            "that do it often."
        ),
        _("Leave these words out, or choose the category marketing."),
    ),
    "utility_without_variable": FindingText(
        _("The utility template has no variable."),
        _(
            "Utility templates are about one order, payment or request; a text that is the same "
            "for everybody is often made marketing."
        ),
        _("Name the order or the ticket with a variable."),
    ),
    "code_words": FindingText(
        _("The text seems to send a code: {words}."),
        _("Meta takes codes in authentication templates only."),
        _("Create an authentication template in WhatsApp Manager."),
    ),
    "sensitive_request": FindingText(
        _("The text mentions personal secrets: {words}."),
        _("Meta forbids to ask for full numbers of cards, accounts or identity papers."),
        _("Do not ask for them in the chat; link to your own site."),
    ),
    "banned_goods": FindingText(
        _("The text seems to be about {group}: {words}."),
        _("WhatsApp's commerce policy bans them; offences can block the whole account."),
        _("Do not offer them on WhatsApp. If the words mean something else, submit it."),
    ),
}
