"""What all pages share: styles, icons, the base template, and what a browser may do with a page."""
