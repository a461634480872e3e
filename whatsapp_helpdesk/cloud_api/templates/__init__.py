"""Message templates: reading, writing, filling in, checking and choosing them, as plain data.

`model` has the classes, `read` and `write` Meta's JSON, `slots` what a template asks for, `values`
the checks of what is filled in, `send` and `render` what comes of it, `lint` Meta's rules for new
ones in the words of `finding_texts`, `editing` the limits of changes, `languages` the choice of a
variant, `news` the webhooks, `calls` the client. Source: Meta Cloud API: message templates.
"""
