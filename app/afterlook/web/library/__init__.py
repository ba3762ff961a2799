"""The script library that programs for browsers call: SharePoint's JSOM, our own writing."""
