"""What Meta says about a template that it does not take (Meta Cloud API: template errors)."""

from ..graph_errors import GraphError

# Title by subcode of the error 100.
TITLES = {
    2388019: "Message template limit exceeded",
    2388023: "Message template language is being deleted",
    2388024: "Content in this language already exists",
    2388039: "Message template name is not valid",
    2388040: "Character limit exceeded",
    2388043: "Message template components are missing expected fields",
    2388047: "Message header format is incorrect",
    2388072: "Message body format is incorrect",
    2388073: "Message footer format is incorrect",
    2388293: "Parameters-words ratio exceeds limit",
    2388299: "Leading or trailing params not allowed",
}

LIMIT, BEING_DELETED, EXISTS, NAME, TOO_LONG, INCOMPLETE = (
    2388019,
    2388023,
    2388024,
    2388039,
    2388040,
    2388043,
)
HEADER, BODY, FOOTER, TOO_MANY_VARIABLES, AT_THE_EDGE = 2388047, 2388072, 2388073, 2388293, 2388299


def problem(subcode: int, words: str) -> GraphError:
    """Return the refusal with ``subcode``; ``words`` are for the author of the template."""
    return GraphError(
        100,
        subcode=subcode,
        message="Invalid parameter",
        user_title=TITLES[subcode],
        user_message=words,
    )


def not_possible(title: str, words: str) -> GraphError:
    """Return a refusal for which Meta names no subcode."""
    return GraphError(100, message="Invalid parameter", user_title=title, user_message=words)


def too_long(what: str, text: str, limit: int) -> None:
    """Refuse a text over ``limit`` characters."""
    if len(text) > limit:
        raise problem(TOO_LONG, f"{what} has {len(text)} characters, the limit is {limit}.")
