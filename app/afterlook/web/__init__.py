"""The My Tasks page: SharePoint's, as its users knew it, on our own script library."""
