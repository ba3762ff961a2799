"""Where clients get tokens, and people sign in: endpoints as the service's libraries call them."""
