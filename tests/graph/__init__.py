"""Microsoft Graph, over the wire."""
