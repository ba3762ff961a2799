"""The control surface: what testers do to the server, beside the services that it answers for.

`operations/` declares what can be done, as data; the HTTP API below `/_emulator/api/`, its OpenAPI
document, the commands, the console's forms and the Python client are all made from it. `handlers/`
does it, on an `Emulator`.
"""
