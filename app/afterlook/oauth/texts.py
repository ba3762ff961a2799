"""All that the pages of a sign-in say."""

from __future__ import annotations

TEXTS = {
    "app": "Afterlook",
    "sign_in": "Sign in",
    "sign_in_as": "Who are you? This server stands in for the service, and asks for no password.",
    "for_client": "The app {client} then goes on at {place}.",
    "for_device": "The app {client} on your device then goes on by itself.",
    "no_one_listed": "This server listens to other machines too, and so lists nobody.",
    "newest": "The newest {count} users are shown.",
    "other_name": "Another name",
    "other_name_help": "Such as alice@contoso.example. Who has no mailbox yet gets one.",
    "sign_in_button": "Sign in",
    "cancel": "Cancel",
    "code_of_device": "The code on your device",
    "code_of_device_help": "Nine letters and digits; spaces and dashes don't matter.",
    "next": "Next",
    "device": "Sign in on another device",
    "device_unknown": "No device waits with this code. It may have expired; ask for a new one.",
    "device_done": "You are signed in on your device",
    "device_done_help": "You can close this page.",
    "device_declined": "The device was told that you don't want to sign in",
    "code_shown": "Your code",
    "code_shown_help": "Copy it into the app that asked you to sign in.",
    "cannot": "You cannot sign in this way",
    "go_back": "Go back to {place}",
    "signed_out": "You are signed out",
    "signed_out_help": "This server keeps no session of yours; tokens are good until they expire.",
    "nothing_here": "You can close this page",
    "posting": "Going on to {place}",
    "posting_button": "Go on",
    "elsewhere": "This form was sent by another page",
    "elsewhere_help": "Only this server's own page can sign you in.",
}


def say(key: str, **facts: object) -> str:
    """Return a text with facts in it."""
    return TEXTS[key].format(**facts)
